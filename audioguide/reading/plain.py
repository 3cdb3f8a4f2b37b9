"""Most texts are plain words that need no reading: this finds them, so that they cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Collection

from audioguide.reading.two_sounds import VERBS

_LETTERS = re.compile(r"[A-Za-z ,.;!?'\u2019-]*")
# Capitals together, a full stop inside a word, hyphens that are dashes, sides by one letter.
_MORE = re.compile(
    r"[A-Z]{2}|[a-z][A-Z]|\w\.\w|--|(?:^|\s)-|\b[LRIVX]\b|\s[,.;!?]|[,;]\s*[,.;!?]|[.!?]\s*[,;]|^\W"
)
_WORD = re.compile(r"[a-z]+")
_SHORT = (
    "etc approx vs v no nos nr max incl excl fig p pp min mins ca c dr mr mrs ms prof st w b n x i e g pause"
)
_OTHER_SOUNDS = "compress compresses incline uses tear tears minute content polish"
_TELLING = frozenset(VERBS) | frozenset(f"{_SHORT} {_OTHER_SOUNDS}".split())


def needs_reading(text: str, names: Collection[str]) -> bool:
    """Tell whether `text` may be said otherwise than it is written; `names` are the words of a lexicon."""
    if not _LETTERS.fullmatch(text) or _MORE.search(text):
        return True
    words = set(_WORD.findall(text.lower()))
    return any(word in _TELLING or word in names or word.removesuffix("s") in names for word in words)
