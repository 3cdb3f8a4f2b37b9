"""Filling the placeholders of an author's text, and words for numbers."""

from __future__ import annotations

from collections.abc import Mapping

from audioguide.controls import cleaned
from audioguide.script.script import Side

OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "both": "both"}
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the `{placeholders}` of `text`; `{{` and `}}` stand for braces. Raises KeyError."""
    return text.format_map(dict(values)) if has_braces(text) else text


def has_braces(text: str) -> bool:
    """Tell whether there is anything in `text` to fill."""
    return "{" in text or "}" in text


def count_word(number: int) -> str:
    """Say a number of a countdown."""
    return f"{NUMBER_WORDS[number]}.".capitalize() if number < len(NUMBER_WORDS) else f"{number}."


def one_line(text: str) -> str:
    """Return `text` without control characters, line breaks and marks of direction.

    A NUL would end a field early, and a mark of direction can turn around what follows it.
    """
    return " ".join(cleaned(text).split())
