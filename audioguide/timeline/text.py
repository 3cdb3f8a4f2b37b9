"""Turning an author's text into phrases: placeholders filled in, sentences taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from audioguide.timeline.script import Side

OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "both": "both"}
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# A full stop after these ends no sentence.
_ABBREVIATIONS = ("Dr", "Mr", "Mrs", "Ms", "St", "e.g", "i.e", "etc", "approx", "vs", "No")
_END = re.compile(r"(?<=[.!?…])[\"')\u201d\u2019]*\s+(?=[\"'(\u201c\u2018]*[A-Z0-9])")


def sentences(text: str) -> list[str]:
    """Split `text` into its sentences."""
    parts: list[str] = []
    for part in _END.split(" ".join(text.split())):
        if parts and parts[-1].endswith(tuple(f"{short}." for short in _ABBREVIATIONS)):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return parts


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the `{placeholders}` of `text`; `{{` and `}}` stand for braces. Raises KeyError."""
    return text.format_map(dict(values)) if has_braces(text) else text


def has_braces(text: str) -> bool:
    """Tell whether there is anything in `text` to fill."""
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


def with_capital(text: str) -> str:
    """Return `text` with {Nth} in place of {nth} where that begins a sentence."""
    return _SENTENCE_WITH_NTH.sub(r"\1{Nth}", text)


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
