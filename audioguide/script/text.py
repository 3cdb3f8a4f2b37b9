"""Filling the placeholders of an author's text, and words for numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from audioguide.reading.marks import marked
from audioguide.script.script import Side

OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "both": "both"}
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the `{placeholders}` of `text`; `{{` and `}}` stand for braces. Raises KeyError.

    A `{word|said}` becomes a mark (see `audioguide.reading.marks`).
    """
    return marked(text).format_map(dict(values)) if has_braces(text) else text


def has_braces(text: str) -> bool:
    """Tell whether there is anything in `text` to fill."""
    return "{" in text or "}" in text


def count_word(number: int) -> str:
    """Say a number of a countdown."""
    return f"{NUMBER_WORDS[number]}.".capitalize() if number < len(NUMBER_WORDS) else f"{number}."


def one_line(text: str) -> str:
    """Return `text` without control characters and line breaks: a NUL would end a field early."""
    if not text.isprintable():
        text = "".join(each if _shown(each) else " " for each in text)
    return " ".join(text.split())


def _shown(character: str) -> bool:
    # Joiners and marks of direction (Cf) belong to words.
    return character.isprintable() or unicodedata.category(character) == "Cf"
