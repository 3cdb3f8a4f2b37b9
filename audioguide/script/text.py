"""Filling the placeholders of an author's text, and words for numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audioguide.reading.marks import marked
from audioguide.script.script import Side
from audioguide.units import NUMBER_WORDS
from audioguide.untrusted.characters import cleaned

_OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "both": "both"}


def other_side(side: Side, sides: Sequence[Side]) -> Side | None:
    """Return the one that `side` is not: right for left, else the other one of two; None where many are."""
    if side in _OTHER_SIDE:
        return _OTHER_SIDE[side]
    others = {each for each in sides if each != side}
    return others.pop() if len(others) == 1 else None


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the `{placeholders}` of `text`; `{{` and `}}` stand for braces. Raises KeyError.

    A `{word|said}` becomes a mark (see `audioguide.reading.marks`).
    """
    return marked(text).format_map(dict(values)) if has_braces(text) else text


def has_braces(text: str) -> bool:
    """Return whether there is anything in `text` to fill."""
    return "{" in text or "}" in text


_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
_SENTENCE_WITH_NTH = re.compile(r"(^|[.!?]\s+)\{nth\}")


def ordinal(number: int, of: int) -> str:
    """Say which one of several it is: "second" ... "last"; "next" beyond the twentieth."""
    if 1 < number == of:
        return "last"
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else "next"


def times(count: int) -> str:
    """Say how often: "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def with_capital(text: str) -> str:
    """Return `text` with {Nth} in place of {nth} where that begins a sentence."""
    return _SENTENCE_WITH_NTH.sub(r"\1{Nth}", text)


def count_word(number: int) -> str:
    """Say a number of a countdown."""
    return f"{NUMBER_WORDS[number]}.".capitalize() if number < len(NUMBER_WORDS) else f"{number}."


def one_line(text: str) -> str:
    """Return `text` without control characters, line breaks and marks of direction.

    A NUL would end a field early, and a mark of direction can turn around what follows it.
    """
    return " ".join(cleaned(text).split())
