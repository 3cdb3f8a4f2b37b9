"""About how long a voice will speak, from the text alone."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

from audioguide.reading.language import language_of
from audioguide.reading.marks import shown
from audioguide.speech.languages import spells_latin
from audioguide.speech.paces import LANGUAGES
from audioguide.units import TICKS_PER_SECOND

ROOM_TICKS = 50  # 0.2 s, by which a warm voice is longer: its room

# Milliseconds at 120 words a minute, fitted (least relative deviation) to 142 clips of espeak-ng 1.52's
# en-us: phrases of the library, and twelve of several sentences. On 35 other sentences the mean error is
# 5 %. Lengths go by 1/rate within 5 % from 80 to 450.
_PHRASE_MS, _STOP_MS, _PAUSE_MS = 218, 1013, 514
_WORD_MS, _LIGHT_WORD_MS, _SYLLABLE_MS, _CONSONANT_MS = 212, 69, 89, 80
_SYMBOL_MS, _SPELT_LETTER_MS = 730, 560
_FITTED_RATE, _SLOWEST_RATE = 120, 80
# Letters of other scripts, up to the last of each, with a voice of their language: from the paragraphs in 70
# languages of the tests. Where vowels are marks at a letter (Indic, Thai, Burmese), each mark counts as one.
_SCRIPTS: tuple[tuple[str, int], ...] = (
    ("\u058f", 120), ("\u05ff", 100), ("\u08ff", 170), ("\u0dff", 150), ("\u0fff", 170), ("\u109f", 110),
    ("\u10ff", 120), ("\u1112", 318), ("\u11ff", 0), ("\u139f", 245), ("\u177f", 300), ("\u17ff", 110),
    ("\u303f", 120), ("\u30ff", 205), ("\u9fff", 440), ("\uab6f", 120),
    ("\uabff", 440), ("\ud7ff", 318), ("\uffff", 300),
)  # fmt: skip
_LAST_LETTERS = [last for last, _ in _SCRIPTS]
_MARKED = range(0x0900, 0x10A0)  # and Khmer, of which espeak-ng has no voice

_LIGHT_WORD = re.compile(
    r"a|an|the|to|of|and|or|on|in|at|is|it|its|as|if|for|from|your|you|are|with|by|but|be|do|not|until"
    r"|into|than"
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")
_SILENT_E = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouytd])e(?=d$)")
_VOWELS = re.compile(r"[aeiouy]+")
_CONSONANTS = re.compile(r"th|sh|ch|ck|ng|ph|wh|gh|([^aeiouy])\1?")
_STOPS = re.compile(
    r"[.!?]+[\"')\]\u201d\u2019]*\s+\W*(?P<next>\w)"
    r"|[\u0589\u061f\u06d4\u0964\u0965\u104b\u1362\u3002\uff01\uff1f]+(?=\W*\w)"
)
_OTHER = re.compile(r"[^\sa-z.,;:!?'\"-]")  # all that `_other_ms` may have a length for, and a little more
_SYMBOLS = frozenset({"Sm", "Sc", "So", "No"})  # signs and fractions, spoken by name
_PAUSES = re.compile(r"[,;:](?=\s)|[\u2013\u2014\u2026\u060c\u3001\uff0c]")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_LATIN = str.maketrans(
    {"\u0131": "i", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "t", "\u0259": "e", "\u00f8": "o",
     "\u00e6": "e", "\u0153": "e", "\u00df": "s", "\u014b": "n", "\u0127": "h", "\u02bb": None, "\u2019": "'"}
)  # fmt: skip


@lru_cache(maxsize=4096)  # texts, captions, picture and search ask for the same phrases
def estimate(text: str, rate: int, voice: str = "en-us") -> int:
    """Return about how many ticks `voice` needs for `text` at `rate` words a minute; at least 1.

    A guess for dry runs and a yardstick for recordings, never a length to render with.
    """
    stripped = shown(text).strip()
    folded = _ACCENTS.sub("", unicodedata.normalize("NFD", stripped).lower()).translate(_LATIN)
    plain = _DIGITS.sub(_spelt, folded)
    milliseconds = _PHRASE_MS + _STOP_MS * _stops(stripped) + _PAUSE_MS * len(_PAUSES.findall(plain))
    words = _WORD.findall(plain)
    spelt = spells_latin(voice)
    milliseconds += _SPELT_LETTER_MS * len("".join(words)) if spelt else sum(map(_word_ms, words))
    milliseconds += sum(map(_other_ms, _OTHER.findall(plain)))
    slowed = milliseconds * LANGUAGES.get(language_of(voice), 1.0) * _FITTED_RATE / max(rate, _SLOWEST_RATE)
    return max(1, round(slowed * TICKS_PER_SECOND / 1000))


def _stops(text: str) -> int:
    # Behind a full stop that a small letter follows, the voice goes on.
    return sum(not (stop["next"] or "").islower() for stop in _STOPS.finditer(text))


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
    if char.isascii() or not (char.isalpha() or ord(char) in _MARKED):
        return 0
    return _SCRIPTS[min(bisect_left(_LAST_LETTERS, char), len(_SCRIPTS) - 1)][1]
