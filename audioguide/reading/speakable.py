"""Text for a voice: what can be spoken."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from audioguide.errors import EngineError
from audioguide.reading.marks import shown as without_sounds

LONGEST_TEXT = 500
LONGEST_WORD = 40

# Left-to-right marks, embeddings, overrides and isolates; zero-width space, joiner and byte order
# mark. The joiners U+200C and U+200D stay: some scripts are spelt with them.
_HIDDEN = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}

_CLOSE = frozenset(map(chr, (*range(0x0E01, 0x0F00), *range(0x1000, 0x10A0), *range(0x1780, 0x1800))))


@lru_cache(maxsize=4096)  # a fit compiles the same phrases again and again
def clean(text: str) -> str:
    """Return `text` as it goes to a voice: NFC, one space between words, nothing that acts on espeak-ng.

    Control characters can change its volume or end the text, and `[[` starts phoneme input.
    Raises EngineError where nothing speakable is left, above 500 characters, and for a word
    above 40 (very long words can end the voice's process).
    """
    spaced = ("" if _is_hidden(char) else " " if char.isspace() else char for char in text)
    plain = unicodedata.normalize("NFC", "".join(spaced)).replace("[[", " ").replace("]]", " ")
    cleaned = " ".join(plain.split())
    words = without_sounds(cleaned)
    shown = words if len(words) <= 60 else words[:57] + "..."
    if not any(unicodedata.category(char)[0] in "LN" for char in words):
        raise EngineError(f"{shown or text!r} cannot be spoken: it has no letters or digits")
    if (length := len(words)) > LONGEST_TEXT:
        raise EngineError(f"a phrase of {length} characters is over {LONGEST_TEXT}: split {shown!r}")
    longest = max(_words(words), key=len)
    if len(longest) > LONGEST_WORD:
        raise EngineError(f"a word of {len(longest)} characters is over {LONGEST_WORD}: {longest!r}")
    return cleaned


def _is_hidden(char: str) -> bool:
    # Cc: control characters (white space among them is kept as space); Cs: halves of a pair.
    return char in _HIDDEN or (unicodedata.category(char) in ("Cc", "Cs") and not char.isspace())


def _words(text: str) -> list[str]:
    # Chinese, Japanese, Thai, Lao, Burmese and Khmer write no spaces: each letter stands for itself.
    return "".join(f" {char} " if _is_wide(char) or char in _CLOSE else char for char in text).split()


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
