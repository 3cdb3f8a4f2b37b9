"""Text for a voice: what can be spoken, and about how long it will take."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audioguide.errors import EngineError
from audioguide.reading.marks import shown as without_sounds
from audioguide.units import TICKS_PER_SECOND

LONGEST_TEXT = 500
LONGEST_WORD = 40
ROOM_TICKS = 50  # 0.2 s, by which a warm voice is longer: its room

# Left-to-right marks, embeddings, overrides and isolates; zero-width space, joiner and byte order
# mark. The joiners U+200C and U+200D stay: some scripts are spelt with them.
_HIDDEN = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}

# Milliseconds at 120 words a minute, fitted (least relative deviation) to 142 clips of espeak-ng 1.52's
# en-us: phrases of the library, and twelve of several sentences. On 35 other sentences the mean error is
# 5 %. Lengths go by 1/rate within 5 % from 80 to 450.
_PHRASE_MS, _STOP_MS, _PAUSE_MS = 218, 1013, 514
_WORD_MS, _LIGHT_WORD_MS, _SYLLABLE_MS, _CONSONANT_MS = 212, 69, 89, 80
_SYMBOL_MS = 730
_LETTER_MS, _WIDE_MS = 135, 400  # in other scripts, with a voice of their language
_FITTED_RATE, _SLOWEST_RATE = 120, 80

_LIGHT_WORD = re.compile(
    r"a|an|the|to|of|and|or|on|in|at|is|it|its|as|if|for|from|your|you|are|with|by|but|be|do|not|until"
    r"|into|than"
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")
_SILENT_E = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouytd])e(?=d$)")
_VOWELS = re.compile(r"[aeiouy]+")
_CONSONANTS = re.compile(r"th|sh|ch|ck|ng|ph|wh|gh|([^aeiouy])\1?")
_STOPS = re.compile(r"[.!?]+(?=\s)")
_OTHER = re.compile(r"[^\sa-z.,;:!?'\"-]")  # all that `_other_ms` may have a length for, and a little more
_SYMBOLS = frozenset({"Sm", "Sc", "So", "No"})  # signs and fractions, spoken by name
_PAUSES = re.compile(r"[,;:](?=\s)|[\u2013\u2014\u2026]")


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
        raise EngineError(f"{shown or text!r} holds nothing to speak: no letter and no digit")
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
    # Chinese and Japanese write no spaces: each wide letter stands for itself.
    return "".join(f" {char} " if _is_wide(char) else char for char in text).split()


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def estimate(text: str, rate: int) -> int:
    """Return about how many ticks a voice needs for `text` at `rate` words a minute; at least 1.

    A guess for dry runs and a yardstick for recordings, never a length to render with.
    """
    folded = unicodedata.normalize("NFD", without_sounds(text).strip()).lower()
    plain = _DIGITS.sub(_spelt, folded)
    milliseconds = _PHRASE_MS
    milliseconds += _STOP_MS * len(_STOPS.findall(plain)) + _PAUSE_MS * len(_PAUSES.findall(plain))
    milliseconds += sum(map(_word_ms, _WORD.findall(plain))) + sum(map(_other_ms, _OTHER.findall(plain)))
    slowed = milliseconds * _FITTED_RATE / max(rate, _SLOWEST_RATE)
    return max(1, round(slowed * TICKS_PER_SECOND / 1000))


def _spelt(digits: re.Match[str]) -> str:
    # Only the number of words matters: 75 is as long as "seven seven", 150 as "seven hundred seven".
    spoken = [" seven" for digit in digits.group() if digit != "0"] or [" zero"]
    return "".join(spoken) + " hundred" * (len(digits.group()) // 3) + " "


@lru_cache(maxsize=4096)  # a routine says few words, and says them often
def _word_ms(word: str) -> int:
    if _LIGHT_WORD.fullmatch(word):
        weight = _LIGHT_WORD_MS
    elif len(word) > 1 and not _VOWELS.search(word):  # an abbreviation, spoken letter by letter
        return (_WORD_MS + _SYLLABLE_MS + _CONSONANT_MS) * len(word)
    else:
        weight = _WORD_MS
    heard = _SILENT_E.sub("", word) if len(word) > 3 else word
    syllables = max(1, len(_VOWELS.findall(heard)))
    return weight + _SYLLABLE_MS * syllables + _CONSONANT_MS * len(list(_CONSONANTS.finditer(heard)))


def _other_ms(char: str) -> int:
    if unicodedata.category(char) in _SYMBOLS or char in "%&@":
        return _SYMBOL_MS
    if char.isascii() or not char.isalpha() or char in "\u00df\u00e6\u00f8\u0153":
        return 0
    return _WIDE_MS if _is_wide(char) else _LETTER_MS
