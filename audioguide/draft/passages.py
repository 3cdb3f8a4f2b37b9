"""From blocks of text to passages of one exercise each: what is an exercise, and where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audioguide.draft.judge import is_dose, is_dosed, is_exercise, is_general, name_and_dose
from audioguide.draft.running import CONTINUES, is_next, name_of, paragraphs
from audioguide.draft.text import Block, Passage, Sentence
from audioguide.draft.times import bare_hold
from audioguide.draft.titles import (
    called,
    dotted_lead,
    is_byline,
    is_collection,
    is_exercise_name,
    is_of_page,
    is_part,
    is_skipped,
    named_in,
    split_lead,
)
from audioguide.draft.vocabulary import is_action, is_order, position_of

MOST_GENERAL = 20  # sentences that count for all exercises; each exercise reads all of them


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
        made = list(_in_section(section, general=bool(general)))
        if not made:
            general += [each for block in section.blocks for each in block.sentences if is_general(each.text)]
        elif section.title or len(made) > 1:
            general += [each for each in _intro(section, made) if is_general(each.text)]
        found += made
    if len(found) > 2:
        general += [
            each
            for passage in found
            for each in passage.sentences
            if _is_of_all(each.text) and each not in general
        ]
    named = [replace(each, title=each.title or f"Exercise {index}") for index, each in enumerate(found, 1)]
    return tuple(replace(each, general=tuple(general[:MOST_GENERAL])) for each in named)


# Inside of an exercise, only these words mean the others as well.
_ALL = re.compile(
    r"\b(?:each|every|all(?: of)?(?: the| these)?) (?:of these )?(?:stretch(?:es)?|exercises?|poses?|"
    r"movements?|moves?|positions)\b",
    re.IGNORECASE,
)


def _is_of_all(sentence: str) -> bool:
    return bool(_ALL.search(sentence)) and is_general(sentence)


def _intro(section: _Section, made: Sequence[Passage]) -> list[Sentence]:
    used = {id(block) for passage in made for block in passage.blocks}
    return [each for block in section.blocks if id(block) not in used for each in block.sentences]


def _sections(blocks: Sequence[Block]) -> list[_Section]:
    """Group blocks below their headings; parts of an exercise (How to, Reps) go to the heading above."""
    sections = [_Section("", 0, 1)]
    skipped = 0  # the level of a heading whose text nobody needs
    for index, block in enumerate(blocks):
        if is_of_page(block.text):
            continue
        if not _is_heading(block, blocks, index):
            if not skipped:
                _add(block, blocks[index + 1 : index + 2], sections)
            continue
        level = block.level if block.kind == "heading" else 9
        title, dose = name_and_dose(block.text)
        if is_byline(title) or _is_value(title, blocks, index):
            continue
        if is_skipped(title) and not is_part(title):
            skipped = level
            if level <= sections[-1].level or not sections[-1].title:
                sections.append(_Section("", level, block.line))
            continue
        skipped = 0
        if not _goes_on(title, block, sections):
            sections.append(_Section(title, level, block.line))
            if dose:
                sections[-1].blocks.append(replace(block, text=f"{dose}.", kind="text", starts=(0,), lead=""))
    return [_joined(each) for each in sections if each.blocks]


def _is_value(title: str, blocks: Sequence[Block], index: int) -> bool:
    """Return whether a heading only fills in the one right above it, as `Hamstrings` below `Muscles:`."""
    above = blocks[index - 1] if index else None
    return (
        above is not None
        and above.kind == "heading"
        and is_skipped(above.text)
        and above.text.endswith(":")
        and not is_exercise_name(title)
        and not is_part(title)
    )


def _add(block: Block, following: Sequence[Block], sections: list[_Section]) -> None:
    if _lists_again(block, following, sections[-1]):
        sections.append(_Section("", sections[-1].level, block.line))
    sections[-1].blocks.append(block)


def _lists_again(block: Block, following: Sequence[Block], section: _Section) -> bool:
    """Return whether "Do each movement 3 times" stands above a list of its own, below other items."""
    listed = any(each.kind == "item" for each in section.blocks) and block.kind == "text"
    return listed and any(each.kind == "item" for each in following) and is_general(block.sentences[-1].text)


_DOSE_LABEL = re.compile(r"(?:reps|repetitions|sets|hold|duration|time|frequency|repeat)\b", re.IGNORECASE)


def _goes_on(title: str, block: Block, sections: list[_Section]) -> bool:
    """Return whether a heading goes on with the exercise above it: a part of it, or below a picture."""
    if not is_part(title):
        return _is_caption(title, sections[-1])
    while len(sections) > 1 and not sections[-1].title and not sections[-1].blocks:
        sections.pop()
    above = sections[-1]
    if above.title and not is_collection(above.title):
        if label := _DOSE_LABEL.match(title):
            above.blocks.append(replace(block, text=f"{label.group()}:", kind="text"))
        return True
    name = next((name for each in reversed(above.blocks) if (name := _introduced(each))), "")
    sections.append(_Section(name, block.level, block.line))
    return True


def _introduced(block: Block) -> str:
    """Return the exercise that a paragraph names above its instructions; "" for none."""
    names = [called(each.text) or named_in(each.text) for each in block.sentences]
    return next(filter(None, names), "")


def _is_caption(title: str, above: _Section) -> bool:
    """Return whether a title right below that of an exercise begins like it, as that of a picture does."""
    several = re.search(r"\b(?:exercises|stretches|poses|moves)\b", above.title, re.IGNORECASE)
    if above.blocks or several or not is_exercise_name(above.title):
        return False
    first, again = (re.findall(r"[a-z]+", each.lower()) for each in (above.title, title))
    return again[:1] == first[:1]


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
    """Return whether a block is a heading; a short item with text or deeper items below it is one as well."""
    if is_dose(block.text):
        return False
    if block.kind == "heading":
        return True
    words = block.text.rstrip(":").split()
    if (
        len(words) > 9
        or re.search(r"[.!?;,]$", block.text)
        or (is_dosed(block.text) and not (block.kind == "item" and name_and_dose(block.text)[1]))
    ):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.kind == "heading":
        return False
    named = not is_order(block.text) or is_exercise_name(block.text)
    if block.kind != "item":
        return block.text.endswith(":") and following.kind == "item" and named
    deeper = following.level > block.level or (bool(block.mark) and not following.mark)
    return (following.kind == "text" or deeper) and (bool(block.mark) or named)


def _in_section(section: _Section, *, general: bool = False) -> Iterator[Passage]:
    """Yield the exercises of one section; `general` says that a length for all of them came before."""
    single = (
        bool(section.title)
        and not is_collection(section.title)
        and (_names_one(section) or not _has_names(section.blocks))
    )
    items = [block for block in section.blocks if block.kind == "item"]
    top = min((block.level for block in items), default=0)
    tops = [block for block in items if block.level == top]
    general = general or any(
        is_general(each.text) for block in section.blocks if block.kind == "text" for each in block.sentences
    )
    if tops and _is_list_of_exercises(section.title, tops, general=general and not single):
        yield from _by_item(section, top, sure=True)
    elif len(tops) > 1 and _are_exercises(tops, single=single):
        yield from _by_item(section, top, sure=not _has_names(tops) and not single)
    elif (parts := paragraphs(section.blocks)) and (not single or _are_all_whole(section.title, parts)):
        yield from parts
    else:
        passage = Passage(
            title=section.title or name_of(section.blocks),
            blocks=tuple(section.blocks),
            line=section.line,
            titled=bool(section.title),
        )
        if is_exercise(passage):
            yield passage


def _names_one(section: _Section) -> bool:
    """Return whether a title names an exercise, and not the subject of several: "Steady: balance at 70"."""
    words = {*re.findall(r"[a-z]{3,}", section.title.lower())}
    others = [
        block
        for block in section.blocks
        if block.kind == "text"
        and is_exercise_name(lead := split_lead(block)[0])
        and not words & {*re.findall(r"[a-z]{3,}", lead.lower())}
        and any(is_action(each.text) for each in block.sentences)
        and any(is_dosed(each.text) for each in block.sentences)
    ]
    return is_exercise_name(section.title) and len(others) < 2


def _are_all_whole(title: str, parts: Sequence[Passage]) -> bool:
    """Return whether each paragraph below a title such as "Unwind" takes a position and says how long."""
    return not is_exercise_name(title) and all(
        is_next(part.blocks[0])
        or (
            len(part.blocks) == 1
            and position_of(each.text for each in part.sentences)
            and any(is_dosed(each.text) for each in part.sentences)
        )
        for part in parts
    )


def _is_list_of_exercises(title: str, items: Sequence[Block], *, general: bool) -> bool:
    """Return whether a title such as "Neck stretches" stands above movements, one in each bullet.

    With `general`, a sentence such as "do each of these ten times" says that each item is one.
    """
    named = bool(re.search(r"\b(?:stretches|exercises|poses|moves)$", title, re.I))
    return (named or general) and all(
        (general or not block.mark)
        and (sentences := block.sentences)
        and is_action(sentences[0].text)
        and not CONTINUES.match(sentences[0].text)
        for block in items
    )


def _has_names(blocks: Sequence[Block]) -> bool:
    dotted = sum(bool(dotted_lead(block)[0]) for block in blocks)
    return sum(bool(split_lead(block)[0]) for block in blocks) > 1 or 2 < dotted > len(blocks) / 2


def _are_exercises(items: Sequence[Block], *, single: bool) -> bool:
    """Return whether the items of a list are exercises of their own, and not the steps of one."""
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
        goes_on = any(CONTINUES.match(block.text) for block in items)
        return not goes_on and len(whole) > 2 and len(whole) >= 0.75 * len(items)
    return len(whole) >= max(2, 0.6 * len(items)) and _stands_alone(items[0])


def _stands_alone(block: Block) -> bool:
    """Return whether one item holds a whole exercise: a movement, and how long or how often."""
    sentences = [each.text for each in block.sentences]
    actions = sum(map(is_action, sentences))
    if not actions or CONTINUES.match(sentences[0]):
        return False
    if any(map(is_dosed, sentences)) or (len(sentences) > 1 and bare_hold(sentences[-1])):
        return True
    return actions > 1 and position_of(sentences) is not None


def _of_item(block: Block) -> Passage:
    lead, rest = split_lead(block)
    title, dose = name_and_dose(lead) if lead else ("", "")
    blocks = (replace(rest, text=f"{dose}.", starts=(0,)), rest) if dose else (rest,)
    return Passage(title=title or name_of([rest]), blocks=blocks, line=block.line)


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
        begins = sure and is_action(made.sentences[0].text) and not CONTINUES.match(made.sentences[0].text)
        made = replace(made, blocks=(*made.blocks, *others), sure=begins)
        if is_exercise(made):
            yield made
