"""A phrase in sentences: a model speaks one at a time, and loses its pace over long texts."""

from __future__ import annotations

import re

FEWEST_WORDS = 4  # shorter sentences sound odd alone, and join the next one
# After a full stop that a capital letter, a quotation mark or another script follows.
_BORDER = re.compile("(?<=[.!?\u2026\u3002\uff01\uff1f])\\s+(?=[^a-z\\d\\s])")
_MARKS = ".,;:!?"


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; those of fewer than four words are joined to their neighbour."""
    joined: list[str] = []
    for part in _BORDER.split(text.strip()):
        if joined and len(joined[-1].split()) < FEWEST_WORDS:
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    if len(joined) > 1 and len(joined[-1].split()) < FEWEST_WORDS:
        last = joined.pop()
        joined[-1] = f"{joined[-1]} {last}"
    return joined


def within(phonemes: str, limit: int) -> list[str]:
    """Cut `phonemes` in parts of at most `limit` symbols, after a mark, else at a space, else anywhere."""
    parts = []
    rest = phonemes.strip()
    while len(rest) > limit:
        marks = [rest.rfind(f"{mark} ", limit // 3, limit - 1) + 1 for mark in _MARKS]
        end = max(marks) or rest.rfind(" ", limit // 3, limit) or limit
        end = end if end > 0 else limit
        parts.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*parts, rest] if rest else parts
