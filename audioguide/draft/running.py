"""Running text: where one exercise ends in it and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audioguide.draft.judge import is_dosed, is_exercise, name_and_dose
from audioguide.draft.text import Block, Passage, Sentence
from audioguide.draft.titles import (
    called,
    clauses_of,
    dotted_lead,
    introduced,
    is_exercise_name,
    is_label,
    is_part,
    is_skipped,
    leading_name,
    named_in,
    shortened,
    split_lead,
)
from audioguide.draft.vocabulary import is_action, is_order, position_of

CONTINUES = re.compile(
    r"^\W*(?:hold|repeat|stay|remain|then|now|next|after|return|switch|relax|release|"
    r"slowly return|lower|continue|pause|perform|do (?:this|it|\d+)|"
    r"complete|rest(?! (?:your|one|both|the)\b)|breathe|inhale|exhale|"
    r"finally|come back|go back|keep|alternate|\d+)\b",
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


def paragraphs(blocks: Sequence[Block]) -> list[Passage]:
    """Split running text, where it holds two or more exercises; else return nothing.

    Another one begins with a name or a position, once the one before says how long or how often.
    """
    groups: list[list[Block]] = []
    names: list[str] = []
    divided = list(_divided(blocks))
    texts = [block for block in divided if block.kind == "text"]
    led = sum(bool(split_lead(block)[0]) for block in texts)
    listed = led > 2 or (led > 1 and 3 * led >= 2 * len(texts))
    dotted = sum(bool(dotted_lead(block)[0]) for block in texts)
    dotted = dotted if 2 * dotted > len(texts) else 0
    for index, block in enumerate(divided):
        lead, rest = split_lead(block)
        if not lead and dotted > 2:
            lead, rest = dotted_lead(block)
        name = (
            lead
            if lead and (is_exercise_name(lead) or ((listed or dotted > 2) and not is_order(lead)))
            else ""
        )
        open_yet = bool(groups) and not any(map(_has_dose, groups[-1])) and not names[-1]
        name, dose = name_and_dose(name) if name else ("", "")
        if block.kind == "text" and (name or (_begins(block) and (not open_yet or is_next(block)))):
            groups.append([rest if name else block])
            if dose:
                groups[-1].insert(0, replace(rest, text=f"{dose}.", starts=(0,)))
            names.append(name or _named(block))
        elif groups and not open_yet and _begins_again(divided, index):
            groups.append([block])
            names.append("")
        elif groups and (block.kind == "item" or _belongs(block)):
            groups[-1].append(block)
    if len(groups) < 2:
        return []
    made = [
        Passage(title=name or name_of(group), blocks=tuple(group), line=group[0].line)
        for name, group in zip(names, groups, strict=True)
    ]
    return [each for each in made if is_exercise(each)]


def _begins_again(blocks: Sequence[Block], index: int) -> bool:
    """Return whether an item takes a position after a remark that ends the list before it."""
    if index == 0 or blocks[index].kind != "item" or blocks[index - 1].kind != "text":
        return False
    first = blocks[index].sentences[:1]
    is_remark = not any(is_order(each.text) or is_dosed(each.text) for each in blocks[index - 1].sentences)
    return (
        is_remark and bool(first) and is_action(first[0].text) and position_of((first[0].text,)) is not None
    )


def is_next(block: Block) -> bool:
    """Return whether a paragraph begins with "The next exercise"."""
    return bool(block.sentences) and bool(_NUMBERED.match(block.sentences[0].text))


def _named(block: Block) -> str:
    first = block.sentences[0].text if block.sentences else ""
    return called(first) or named_in(first) or (introduced(first) if _introduces(first) else "")


def _has_dose(block: Block) -> bool:
    return any(is_dosed(each.text) for each in block.sentences)


def _divided(blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut a paragraph where a sentence takes another position, after one that says how long or how often."""
    for block in blocks:
        if block.kind != "text":
            yield block
            continue
        held: list[Sentence] = []
        dosed = False
        whole = block.sentences
        labelled = sum(bool(_colon_lead(each.text)) for each in whole) > 2
        for each in whole:
            if held and _ends_before(each.text, held, dosed=dosed, labelled=labelled):
                yield _of_sentences(held)
                held, dosed = [], False
            held.append(each)
            dosed = dosed or is_dosed(each.text)
        yield block if len(held) == len(whole) else _of_sentences(held)


def _ends_before(sentence: str, held: Sequence[Sentence], *, dosed: bool, labelled: bool) -> bool:
    """Return whether a sentence begins another exercise than the sentences before it."""
    if labelled and _colon_lead(sentence):
        return True
    if dosed:
        begun = len(held) > 1 or not leading_name(held[0].text)
        return begun and bool(_TAKES.match(sentence) or _introduces(sentence) or _is_led(sentence))
    named = (len(held) == 1 and len(held[0].text.split()) < 6) or named_in(held[-1].text)
    takes = _TAKES.match(sentence) and not named and not _NUMBERED.match(held[0].text)
    return bool(takes or _is_led(sentence)) and not any(is_action(each.text) for each in held)


# "Calves: put your hands on a tree": three of these in one paragraph are the names of exercises.
_COLON = re.compile(r"^(?P<title>[A-Z][A-Za-z'/-]+(?: [A-Za-z'/-]+){0,3}): \S")


def _colon_lead(sentence: str) -> str:
    """Return a few words before a colon that are no label, such as "Tip:", and no order; "" for none."""
    found = _COLON.match(sentence)
    name = found["title"] if found else ""
    return "" if is_label(name) or is_part(name) or is_skipped(name) or is_order(name) else name


def _is_led(sentence: str) -> bool:
    """Return whether a sentence begins with a name and a colon: "Chest stretch: clasp your hands"."""
    name = leading_name(sentence)
    return bool(name) and sentence.lower().startswith(f"{name.lower()}:")


_INTRODUCES = re.compile(
    r"^\W*(?:(?:the |your )?(?:first|second|third|fourth|fifth|sixth|next|last|final|another),? "
    r"(?:exercise|stretch|move|movement|pose|routine|one|step)?|(?:then|next|now|finally|lastly|after that|"
    r"from there)\b,? (?:move on|go on|try|comes?|is|do|you can try|we (?:move|go) on))\b",
    re.IGNORECASE,
)


_NUMBERED = re.compile(
    r"^\W*(?:(?:the|your) (?:first|second|third|fourth|fifth|sixth|next|last|final)|another)(?: \w+)?"
    r" (?:exercise|stretch|pose|move)\b",
    re.IGNORECASE,
)


def _introduces(sentence: str) -> bool:
    """Return whether a sentence goes on to another exercise: "Next, try the calf stretch"."""
    if _NUMBERED.match(sentence) or called(sentence):
        return True
    return bool(_INTRODUCES.match(sentence)) and bool(introduced(sentence))


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
    """Return whether a paragraph begins an exercise: it takes a position and moves, and is no sequel."""
    sentences = [each.text for each in block.sentences]
    if not sentences:
        return False
    introduces = _introduces(sentences[0])
    if CONTINUES.match(sentences[0]) and not (_NEXT.match(sentences[0]) or introduces):
        return False
    actions = sum(map(is_action, sentences))
    if introduces and (actions or any(map(is_dosed, sentences))):
        return True
    placed = position_of(sentences) is not None or introduces or bool(named_in(sentences[0]))
    return (actions > 0 and any(map(is_dosed, sentences))) or (actions > 1 and placed)


def _belongs(block: Block) -> bool:
    return any(is_order(each.text) or is_dosed(each.text) for each in block.sentences)


def name_of(blocks: Sequence[Block]) -> str:
    """Return a name for an exercise without a heading: one that its text names, or its first movement."""
    sentences = [each.text for block in blocks for each in block.sentences]
    for sentence in sentences[:3]:
        name = leading_name(sentence)
        if name and not is_order(name):
            return name
    for sentence in sentences[:2]:
        if name := named_in(sentence):
            return name
    clauses = [part for each in sentences for part in clauses_of(each)]
    moves = [each for each in clauses if is_action(each)]
    placing = [each for each in moves if position_of((each,)) is None and not each.lower().startswith("hold")]
    return shortened((placing or moves or clauses or [""])[0])
