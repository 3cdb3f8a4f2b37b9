"""Pauses inside a text: `Breathe in … [3s] … and out.` is words, a pause, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.durations import is_bare
from audioguide.units import parse_duration

_MARK = re.compile(r"\[\s*([^\[\]{}<>|]{1,24}?)\s*\]")
_AROUND = " \t\n…."  # what people write beside a pause, and nobody says at the head of a sentence


def pause_of(mark: str) -> int | None:
    """Return how long the pause `mark` is, such as "[3s]", in ticks; None where it is none."""
    found = _MARK.fullmatch(mark)
    if not found or is_bare(found[1]):
        return None
    try:
        return parse_duration(found[1]) or None
    except ValueError:
        return None


def parts(text: str) -> Iterator[str | int]:
    """Yield the words of `text` and, in ticks, the pauses between them, in order."""
    start = 0
    for found in _MARK.finditer(text):
        if (pause := pause_of(found.group())) is None:
            continue
        yield from _words(text[start : found.start()])
        yield pause
        start = found.end()
    yield from _words(text[start:]) if start else (text,)


def without_pause_marks(text: str) -> str:
    """Return the words of `text` alone."""
    return " ".join(part for part in parts(text) if isinstance(part, str)) if "[" in text else text


def _words(text: str) -> Iterator[str]:
    words = text.lstrip(_AROUND).rstrip()
    if words:
        yield words
