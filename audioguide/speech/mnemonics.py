"""IPA as espeak-ng takes it: its own mnemonics, between double brackets."""

from __future__ import annotations

import re

from audioguide.reading.marks import has_marks, shown, sounds
from audioguide.reading.respelling import SOUNDS, VOWEL_START

# The phonemes of espeak-ng 1.52's English voices; each voice gives them its own accent.
_MNEMONICS = {
    "tʃ": "tS", "dʒ": "dZ", "eɪ": "eI", "aɪ": "aI", "aʊ": "aU", "oʊ": "oU", "əʊ": "oU", "ɔɪ": "OI",
    "iː": "i:", "uː": "u:", "ɑː": "A:", "ɔː": "O:", "ɜː": "3:", "ɑːɹ": "A@", "ɔːɹ": "O@", "ɛɹ": "e@",
    "ɪɹ": "i@3", "ʊɹ": "U@", "ɡ": "g", "ŋ": "N", "ɹ": "r", "ʃ": "S", "θ": "T", "ð": "D", "ʒ": "Z", "ɾ": "t#",
    "ʔ": "?", "a": "a", "i": "i", "u": "u:", "ɪ": "I", "ᵻ": "I#", "ɛ": "E", "æ": "a", "ɒ": "0", "ʊ": "U",
    "ʌ": "V", "ə": "@", "ɐ": "a#", "ɚ": "3", "ˈ": "'", "ˌ": ",", " ": "_:",
}  # fmt: skip
# Before a vowel, r belongs to the next syllable: "KAH-ruh".
_ALONE = {sound: f"{sound}(?![{VOWEL_START}])" for sound in ("ɑːɹ", "ɔːɹ")}
_SOUND = re.compile(
    "|".join(_ALONE.get(sound, re.escape(sound)) for sound in sorted(SOUNDS, key=len, reverse=True))
)


def sent_to_espeak(text: str, *, english: bool) -> str:
    """Return clean `text` as it goes to espeak-ng: IPA as mnemonics, or the words alone in other languages.

    Only the table above gets between the brackets, whatever `text` holds.
    """
    if not has_marks(text):
        return text
    if not english:
        return shown(text)
    said = ""
    for words, ipa in sounds(text):
        spoken = mnemonics(ipa) if ipa is not None else ""
        # espeak-ng drops phonemes that stand right behind a quotation mark or a bracket.
        said += f"{' ' * bool(said and not said[-1].isspace())}[[{spoken}]]" if spoken else words
    return said


def mnemonics(ipa: str) -> str:
    """Return the mnemonics of `ipa`; what it has no sound for is left out."""
    # A vertical bar keeps two sounds apart that would read as one: t and ʃ of "hot shot".
    sounds = [_MNEMONICS.get(sound, sound) for sound in _SOUND.findall(ipa)]
    followed = zip(sounds, [*sounds, ""][1:], strict=True)
    return "".join(sound + "|" * _runs_on(sound, after) for sound, after in followed)


def _runs_on(sound: str, after: str) -> bool:
    if not after:
        return False
    return sound + after[0] in ("tS", "dZ") or (sound[-1] not in "',:" and after[0] in "@3:#")
