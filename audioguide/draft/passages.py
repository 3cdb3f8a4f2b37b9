"""From blocks of text to passages of one exercise each: what is an exercise, and where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audioguide.draft.counts import breaths, counts, rate_per_day
from audioguide.draft.text import Block, Passage, Sentence
from audioguide.draft.times import times
from audioguide.draft.titles import (
    clauses_of,
    cleaned,
    is_byline,
    is_collection,
    is_exercise_name,
    is_part,
    is_skipped,
    named_in,
    shortened,
    split_lead,
)
from audioguide.draft.vocabulary import equipment_of, is_action, is_order, position_of

_GENERAL = re.compile(
    r"\b(?:each|every|all)(?: of (?:the|these|them))?(?: (?:the|these|"
    r"following))*(?: \w+)? (?:stretch(?:es)?|exercises?|poses?|movements?|positions?|"
    r"postures?|one)\b|"
    r"\b(?:these|the following) (?:\w+ )?(?:stretches|exercises|poses|movements|moves)\b|"
    r"\b(?:for|with|do|repeat|hold) (?:each|them)\b(?! (?:side|leg|arm|foot|hand|knee|other))",
    re.IGNORECASE,
)
_KITCHEN = re.compile(
    r"\b(?:pan|oven|onions?|garlic|flour|sugar|butter|salt|pepper|simmer|boil\w*|bake|baking|"
    r"fry|stir|recipe|tablespoons?|tbsp|teaspoons?|tsp|cups? of|"
    r"dough|sauce|whisk|preheat|saucepan|skillet|serve (?:with|hot|warm|immediately)|"
    r"chop(?:ped)?|oil|sauté|grill|ingredients|batter|potatoes|chicken|cheese|eggs?)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\W*(?:hold|repeat|stay|remain|then|now|next|after|return|switch|relax|release|"
    r"slowly return|lower|continue|pause|perform|do (?:this|it|\d+)|"
    r"complete|rest|breathe|inhale|exhale|finally|come back|go back|keep|alternate|\d+)\b",
    re.IGNORECASE,
)

# "Next, lie on your back" begins another exercise; "Then hold" goes on with the same.
_NEXT = re.compile(
    r"^\W*(?:(?:next|then|now|after that|after this|afterwards|finally|lastly|last|the (?:next|"
    r"last|second|third) one|once you are done)\b,? *)+"
    r"(?:please )?(?:lie|lay|stand|sit|kneel|get (?:down |up )?(?:on|onto|into)|come onto|"
    r"turn over|roll over|start|go (?:down )?on(?:to)?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Section:
    """A heading and what stands below it."""

    title: str
    level: int
    line: int
    blocks: list[Block] = field(default_factory=list)


def passages_of(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """Return the exercises of a text, in order; what is not an exercise is left out."""
    found: list[Passage] = []
    general: list[Sentence] = []
    for section in _sections(blocks):
        made = list(_in_section(section))
        if not made:
            general += [
                each for block in section.blocks for each in block.sentences if _is_general(each.text)
            ]
        elif section.title or len(made) > 1:
            general += [each for each in _intro(section, made) if _is_general(each.text)]
        found += made
    named = [replace(each, title=each.title or f"Exercise {index}") for index, each in enumerate(found, 1)]
    return tuple(replace(each, general=tuple(general)) for each in named)


_ASKS = re.compile(r"\b(?:hold|stay|remain|repeat|do|perform|held|repeated|keep|breaths?)\b", re.IGNORECASE)


def _is_general(sentence: str) -> bool:
    """Tell whether a sentence asks for a length or a count in every exercise."""
    asks = re.search(
        r"\b(?:hold|stay|remain|repeat|do|perform|held|repeated|keep|breaths?)\b", sentence, re.I
    )
    return bool(asks and _GENERAL.search(sentence) and _is_dosed(sentence))


def _intro(section: _Section, made: Sequence[Passage]) -> list[Sentence]:
    used = {id(block) for passage in made for block in passage.blocks}
    return [each for block in section.blocks if id(block) not in used for each in block.sentences]


def _sections(blocks: Sequence[Block]) -> list[_Section]:
    """Group blocks below their headings; parts of an exercise (How to, Reps) go to the heading above."""
    sections = [_Section("", 0, 1)]
    skipped = 0  # the level of a heading whose text nobody needs
    for index, block in enumerate(blocks):
        if not _is_heading(block, blocks, index):
            if not skipped:
                sections[-1].blocks.append(block)
            continue
        level = block.level if block.kind == "heading" else 9
        title = cleaned(block.text)
        if is_byline(title):
            continue
        if is_part(title) and sections[-1].title and not is_collection(sections[-1].title):
            skipped = 0
            if label := re.match(
                r"(?:reps|repetitions|sets|hold|duration|time|frequency|repeat)\b", title, re.I
            ):
                sections[-1].blocks.append(replace(block, text=f"{label.group()}:", kind="text"))
        elif is_skipped(title):
            skipped = level
            if level <= sections[-1].level or not sections[-1].title:
                sections.append(_Section("", level, block.line))
        else:
            skipped = 0
            sections.append(_Section(title, level, block.line))
    return [_joined(each) for each in sections if each.blocks]


def _joined(section: _Section) -> _Section:
    """Join a label such as `Reps:` with the block after it."""
    joined: list[Block] = []
    for block in section.blocks:
        whole = block
        if joined and re.fullmatch(r"[\w ]{1,18}:", joined[-1].text):
            label = joined.pop().text
            starts = (0, *(start + len(label) + 1 for start in block.starts[1:]))
            whole = replace(block, text=f"{label} {block.text}", starts=starts)
        joined.append(whole)
    section.blocks = joined
    return section


def _is_heading(block: Block, blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a block is a heading; a short item with text or deeper items below it is one as well."""
    if block.kind == "heading":
        return True
    words = block.text.rstrip(":").split()
    if len(words) > 9 or re.search(r"[.!?;,]$", block.text) or _is_dosed(block.text):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.kind == "heading":
        return False
    named = not is_order(block.text) or is_exercise_name(block.text)
    if block.kind != "item":
        return block.text.endswith(":") and following.kind == "item" and named
    deeper = following.level > block.level or (bool(block.mark) and not following.mark)
    return (following.kind == "text" or deeper) and (bool(block.mark) or named)


def _in_section(section: _Section) -> Iterator[Passage]:
    """Yield the exercises of one section."""
    single = (
        bool(section.title)
        and not is_collection(section.title)
        and (is_exercise_name(section.title) or not _has_names(section.blocks))
    )
    items = [block for block in section.blocks if block.kind == "item"]
    top = min((block.level for block in items), default=0)
    tops = [block for block in items if block.level == top]
    if tops and _is_list_of_exercises(section.title, tops):
        yield from _by_item(section, top, sure=True)
    elif len(tops) > 1 and _are_exercises(tops, single=single):
        yield from _by_item(section, top)
    elif not single and (parts := _paragraphs(section)):
        yield from parts
    else:
        passage = Passage(
            title=section.title or _name(section.blocks), blocks=tuple(section.blocks), line=section.line
        )
        if is_exercise(passage):
            yield passage


def _is_list_of_exercises(title: str, items: Sequence[Block]) -> bool:
    """Tell whether a title such as "Neck stretches" stands above movements, one in each bullet."""
    return bool(re.search(r"\b(?:stretches|exercises|poses|moves)$", title, re.I)) and all(
        not block.mark
        and (sentences := block.sentences)
        and is_action(sentences[0].text)
        and not _CONTINUES.match(sentences[0].text)
        for block in items
    )


def _has_names(blocks: Sequence[Block]) -> bool:
    return sum(bool(split_lead(block)[0]) for block in blocks) > 1


def _are_exercises(items: Sequence[Block], *, single: bool) -> bool:
    """Tell whether the items of a list are exercises of their own, and not the steps of one."""
    led = [
        block
        for block in items
        if (lead := split_lead(block)[0])
        and (not is_order(lead) or is_exercise_name(lead))
        and not is_part(lead)
    ]
    if len(led) >= 0.6 * len(items) and any(is_exercise(_of_item(block)) for block in led):
        return True
    whole = [block for block in items if _stands_alone(block)]
    if single:
        return len(whole) == len(items) and len(whole) > 2
    return len(whole) >= max(2, 0.6 * len(items)) and _stands_alone(items[0])


def _stands_alone(block: Block) -> bool:
    """Tell whether one item holds a whole exercise: a movement, and how long or how often."""
    sentences = [each.text for each in block.sentences]
    actions = sum(map(is_action, sentences))
    if not actions or _CONTINUES.match(sentences[0]):
        return False
    return any(map(_is_dosed, sentences)) or (actions > 1 and position_of(sentences) is not None)


def _of_item(block: Block) -> Passage:
    title, rest = split_lead(block)
    return Passage(title=cleaned(title) or _name([rest]), blocks=(rest,), line=block.line)


def _by_item(section: _Section, top: int, *, sure: bool = False) -> Iterator[Passage]:
    """Yield each item of a list, with what stands below it, as an exercise."""
    groups: list[list[Block]] = []
    for block in section.blocks:
        if block.kind == "item" and block.level == top:
            groups.append([block])
        elif groups:
            groups[-1].append(block)
    for first, *others in groups:
        made = _of_item(first)
        made = replace(made, blocks=(*made.blocks, *others), sure=sure)
        if is_exercise(made):
            yield made


def _paragraphs(section: _Section) -> list[Passage]:
    """Split running text, where it holds two or more exercises; else return nothing.

    Another one begins with a name or a position, once the one before says how long or how often.
    """
    groups: list[list[Block]] = []
    names: list[str] = []
    divided = list(_divided(section.blocks))
    listed = sum(bool(split_lead(block)[0]) for block in divided) > 2
    for block in divided:
        lead, rest = split_lead(block)
        name = lead if lead and (is_exercise_name(lead) or (listed and not is_order(lead))) else ""
        open_yet = bool(groups) and not any(map(_has_dose, groups[-1])) and not names[-1]
        if block.kind == "text" and (name or (_begins(block) and not open_yet)):
            groups.append([rest if name else block])
            names.append(cleaned(name) or named_in(block.sentences[0].text if block.sentences else ""))
        elif groups and (block.kind == "item" or _belongs(block)):
            groups[-1].append(block)
    if len(groups) < 2:
        return []
    made = [
        Passage(title=name or _name(group), blocks=tuple(group), line=group[0].line)
        for name, group in zip(names, groups, strict=True)
    ]
    return [each for each in made if is_exercise(each)]


def _has_dose(block: Block) -> bool:
    return any(_is_dosed(each.text) for each in block.sentences)


def _divided(blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut a paragraph where a sentence takes another position, after one that says how long or how often."""
    for block in blocks:
        if block.kind != "text":
            yield block
            continue
        held: list[Sentence] = []
        dosed = False
        whole = block.sentences
        for each in whole:
            if dosed and _TAKES.match(each.text):
                yield _of_sentences(held)
                held, dosed = [], False
            elif (
                held
                and not dosed
                and _TAKES.match(each.text)
                and not any(map(is_action, (one.text for one in held)))
            ):
                yield _of_sentences(held)
                held = []
            held.append(each)
            dosed = dosed or _is_dosed(each.text)
        yield block if len(held) == len(whole) else _of_sentences(held)


_TAKES = re.compile(
    r"^\W*(?:(?:next|then|now|first|after that|finally|lastly),? )*(?:lie|lying|lay|stand|"
    r"standing|sit|sitting|kneel|kneeling|in (?:a|the) \w+ position|on (?:your )?(?:hands and|"
    r"all|your back)|"
    r"get (?:down )?on|come onto|starting? (?:by lying|in|on|face|from))\b",
    re.IGNORECASE,
)


def _of_sentences(sentences: Sequence[Sentence]) -> Block:
    text, starts = "", []
    for each in sentences:
        starts.append(len(text) + bool(text))
        text = f"{text} {each.text}" if text else each.text
    return Block(text, tuple(each.line for each in sentences), starts=tuple(starts))


def _begins(block: Block) -> bool:
    """Tell whether a paragraph begins an exercise: it takes a position and moves, and is no sequel."""
    sentences = [each.text for each in block.sentences]
    if not sentences or (_CONTINUES.match(sentences[0]) and not _NEXT.match(sentences[0])):
        return False
    actions = sum(map(is_action, sentences))
    placed = position_of(sentences) is not None or bool(named_in(sentences[0]))
    return (actions > 0 and any(map(_is_dosed, sentences))) or (actions > 1 and placed)


def _belongs(block: Block) -> bool:
    return any(is_order(each.text) or _is_dosed(each.text) for each in block.sentences)


def _name(blocks: Sequence[Block]) -> str:
    """Return a name for an exercise without a heading: one that its text names, or its first movement."""
    sentences = [each.text for block in blocks for each in block.sentences]
    for sentence in sentences[:2]:
        if name := named_in(sentence):
            return name
    clauses = [part for each in sentences for part in clauses_of(each)]
    moves = [each for each in clauses if is_action(each)]
    placing = [each for each in moves if position_of((each,)) is None and not each.lower().startswith("hold")]
    return shortened((placing or moves or clauses or [""])[0])


_HELD = re.compile(
    r"\W*(?:then )?(?:hold|stay|remain)\b(?: (?:it|here|there|the \w+|(?:in )?this(?: \w+)?))? "
    r"(?:for|as long as)\b",
    re.IGNORECASE,
)


def _is_dosed(sentence: str) -> bool:
    """Tell whether a sentence says how long or how often, with or without a number."""
    if breaths(sentence) is not None or counts(sentence) or _HELD.match(sentence):
        return True
    return any(each.meaning in ("hold", "duration") for each in times(sentence)) and not (
        rate_per_day(sentence) and not re.search(r"\bhold\b", sentence, re.I)
    )


def is_exercise(passage: Passage) -> bool:
    """Tell whether a passage is an exercise: movements, and how long, how often, or a name."""
    if passage.sure:
        return True
    texts = [each.text for each in passage.sentences]
    actions = sum(map(is_action, texts))
    if sum(len(_KITCHEN.findall(each)) for each in texts) > actions:
        return False
    if is_collection(passage.title) and actions < 2:
        return False
    dosed = any(map(_is_dosed, texts))
    in_text = is_order(passage.title) and passage.title.lower() in " ".join(texts).lower()
    if is_exercise_name(passage.title) and not in_text:
        asked = dosed or 2 * sum(map(is_order, texts)) >= len(texts)
        return asked if actions else dosed and len(texts) < 4
    return _is_dosed_soon(texts) if dosed and actions else _is_undosed(passage, texts)


def _is_undosed(passage: Passage, texts: Sequence[str]) -> bool:
    """Tell whether a text without a name, a time or a count still asks mostly for movements."""
    actions = [each for each in texts if is_action(each)]
    if len(actions) < 2 or 2 * len(actions) < len(texts):
        return False
    first = actions[: 1 if len(actions) < 3 else 2]
    return position_of((*first, passage.title)) is not None or any(map(equipment_of, first))


def _is_dosed_soon(texts: Sequence[str]) -> bool:
    """Tell whether a movement is followed, within three sentences, by how long or how often."""
    last = -10
    for index, each in enumerate(texts):
        last = index if is_action(each) else last
        if index - last <= 3 and _is_dosed(each):
            return True
    return False
