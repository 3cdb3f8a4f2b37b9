"""From syllables, as people write them for one another (shah-VAH-sah-nah), to IPA.

Syllables are joined by hyphens, the stressed one is in capitals. The sounds are those that an English reader
expects of the letters; IPA itself is taken between slashes (/ʃəˈvɑːsənə/).
"""

from __future__ import annotations

import re

_SYLLABLES = re.compile(r"[A-Za-z']+(?:-[A-Za-z']+)*")
# Longest first. Where two sounds are given, the first is stressed, the second is not.
_VOWELS: dict[str, tuple[str, str]] = {
    "eye": ("aɪ", "aɪ"), "aye": ("aɪ", "aɪ"), "igh": ("aɪ", "aɪ"), "air": ("ɛɹ", "ɛɹ"), "ear": ("ɪɹ", "ɪɹ"),
    "eer": ("ɪɹ", "ɪɹ"), "oor": ("ʊɹ", "ʊɹ"), "yoo": ("juː", "juː"), "our": ("aʊɚ", "aʊɚ"), "ire": ("aɪɚ",
    "aɪɚ"), "ahr": ("ɑːɹ", "ɑːɹ"), "aar": ("ɑːɹ", "ɑːɹ"), "ar": ("ɑːɹ", "ɑːɹ"), "or": ("ɔːɹ", "ɔːɹ"),
    "er": ("ɜː", "ɚ"), "ur": ("ɜː", "ɚ"), "ir": ("ɜː", "ɚ"), "ah": ("ɑː", "ɑː"), "aa": ("ɑː", "ɑː"),
    "ay": ("eɪ", "eɪ"), "ai": ("eɪ", "eɪ"), "ey": ("eɪ", "eɪ"), "aw": ("ɔː", "ɔː"), "au": ("aʊ", "aʊ"),
    "ee": ("iː", "i"), "ea": ("iː", "i"), "eh": ("ɛ", "ɛ"), "ew": ("uː", "uː"), "ih": ("ɪ", "ɪ"),
    "ie": ("iː", "i"), "oh": ("oʊ", "oʊ"), "oa": ("oʊ", "oʊ"), "oe": ("oʊ", "oʊ"), "ow": ("aʊ", "aʊ"),
    "ou": ("aʊ", "aʊ"), "oi": ("ɔɪ", "ɔɪ"), "oy": ("ɔɪ", "ɔɪ"), "oo": ("uː", "uː"), "uu": ("ʊ", "ʊ"),
    "uh": ("ʌ", "ə"),
}  # fmt: skip
_CLOSED = {"a": "æ", "e": "ɛ", "i": "ɪ", "o": "ɒ", "u": "ʌ", "y": "ɪ"}  # a consonant follows: "sit"
_OPEN: dict[str, tuple[str, str]] = {  # none follows: "si"
    "a": ("ɑː", "ə"), "e": ("eɪ", "eɪ"), "i": ("iː", "i"), "o": ("oʊ", "oʊ"), "u": ("uː", "uː"), "y": ("aɪ",
    "aɪ"),
}  # fmt: skip
_CONSONANTS: dict[str, str] = {
    "tch": "tʃ", "ch": "tʃ", "sh": "ʃ", "zh": "ʒ", "th": "θ", "dh": "ð", "ph": "f", "kh": "k", "gh": "ɡ",
    "bh": "b", "ng": "ŋ", "nk": "ŋk", "ck": "k", "qu": "kw", "ts": "ts", "wh": "w", "kn": "n", "b": "b",
    "c": "k", "d": "d", "f": "f", "g": "ɡ", "h": "h", "j": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n",
    "p": "p", "q": "k", "r": "ɹ", "s": "s", "t": "t", "v": "v", "w": "w", "x": "ks", "y": "j", "z": "z",
}  # fmt: skip
_TWICE = re.compile(r"([bdfɡklmnpstzʃɹ])(?=\1)")  # at the join of two syllables
_LINKED = re.compile(r"([ɚɜ]ː?)(?=ˈ?[aeiouɑɔɜɛɪʊæɒʌəɐɚᵻ])")  # FEM-er-is: the r is heard before a vowel
_STRESS, _LONG = "ˈ", "ː"
_LONG_VOWELS = {"aː": "ɑː", "oː": "ɔː", "eː": "eɪ", "ɛː": "ɛɹ", "ɪː": "iː", "ʊː": "uː", "əː": "ɜː"}

# The symbols that a written IPA may hold, and what they are here: English voices have no others.
_SYMBOLS = {
    "g": "ɡ", "r": "ɹ", "ɾ": "ɾ", "ʋ": "v", "ɦ": "h", "ɕ": "ʃ", "ʂ": "ʃ", "ʈ": "t", "ɖ": "d", "ɳ": "n",
    "ɲ": "nj", "ɭ": "l", "ɑ": "ɑː", "ɔ": "ɔː", "o": "oʊ", "e": "eɪ", "ɜ": "ɜː", "ɝ": "ɜː", "ɒ": "ɒ",
    "ɨ": "ɪ", "'": _STRESS, ":": "ː", "ː": "ː", "ɫ": "l", "ʍ": "w", "y": "uː", "ø": "ɜː", "œ": "ɜː",
    "c": "tʃ", "ɟ": "dʒ", "ä": "ɑː",
}  # fmt: skip
SOUNDS = (
    "tʃ", "dʒ", "eɪ", "aɪ", "aʊ", "oʊ", "əʊ", "ɔɪ", "iː", "uː", "ɑː", "ɔː", "ɜː", "ɑːɹ", "ɔːɹ", "ɛɹ", "ɪɹ",
    "ʊɹ", "b", "d", "f", "ɡ", "h", "j", "k", "l", "m", "n", "ŋ", "p", "ɹ", "s", "ʃ", "t", "θ", "ð", "v", "w",
    "z", "ʒ", "x", "ɾ", "ʔ", "a", "i", "u", "ɪ", "ᵻ", "ɛ", "æ", "ɒ", "ʊ", "ʌ", "ə", "ɐ", "ɚ", _STRESS, "ˌ",
    " ",
)  # fmt: skip
_SOUND = re.compile("|".join(sorted(map(re.escape, SOUNDS), key=len, reverse=True)))
VOWEL_START = "aeiouɑɔɜɛɪʊæɒʌəɐɚᵻ"


def is_ipa(said: str) -> bool:
    """Return whether `said` is IPA: it stands between slashes."""
    return len(said) > 2 and said.startswith("/") and said.endswith("/")


def is_syllables(said: str) -> bool:
    """Return if `said` is a respelling in syllables: one in capitals, with a hyphen or no small letter."""
    parts = said.split("-")
    if not _SYLLABLES.fullmatch(said) or not any(part.isupper() and len(part) > 1 for part in parts):
        return False
    return len(parts) > 1 and all(part.isupper() or part.islower() for part in parts)


def ipa_of(said: str) -> str:
    """Return the IPA of a respelling, or of IPA between slashes, with stress marks before vowels.

    Raises ValueError that names what cannot be read.
    """
    if is_ipa(said):
        return _read_ipa(said[1:-1])
    *first, last = said.split("-")
    sounds = [*(_syllable(part, ends=False) for part in first), _syllable(last, ends=True)]
    return _LINKED.sub(r"\1ɹ", _TWICE.sub("", "".join(sounds)))


def _syllable(written: str, *, ends: bool) -> str:
    stressed, letters = written.isupper(), written.lower()
    sounds, place, vowels = "", 0, 0
    while place < len(letters):
        if vowel := _vowel(letters, place, stressed=stressed, ends=ends):
            sound, length = vowel
            onset, heart = ("j", sound[1:]) if sound[0] == "j" else ("", sound)
            sounds += onset + (_STRESS if stressed and not vowels else "") + heart
            vowels += 1
        else:
            sound, length = _consonant(letters, place, written)
            sounds += sound
        place += length
    if not vowels:
        raise ValueError(f"the syllable {written!r} has no vowel")
    if vowels > 1:
        raise ValueError(f"{written!r} has more than one vowel: put a hyphen between two syllables")
    return sounds


def _vowel(letters: str, place: int, *, stressed: bool, ends: bool) -> tuple[str, int] | None:
    for length in (3, 2):
        if sounds := _VOWELS.get(letters[place : place + length]):
            return sounds[0 if stressed else 1], length
    letter, rest = letters[place], letters[place + 1 :]
    if letter not in _CLOSED or (letter == "y" and rest[:1] in tuple("aeiou")):
        return None
    if rest.rstrip("'") or (letter == "i" and not stressed and not ends):
        return _CLOSED[letter], 1
    return _OPEN[letter][0 if stressed else 1], 1


def _consonant(letters: str, place: int, written: str) -> tuple[str, int]:
    if letters[place] == "'":
        return "", 1
    if place and letters[place] == letters[place - 1]:  # doubled
        return "", 1
    for length in (3, 2, 1):
        part = letters[place : place + length]
        if len(part) == length and part in _CONSONANTS:
            return _CONSONANTS[part], length
    raise ValueError(f"no sound for {letters[place]!r} in {written!r}")


def _read_ipa(written: str) -> str:
    plain = (
        written.replace("\u0361", "").replace(".", "").replace("\u203f", "").replace("ʰ", "").replace("ʱ", "")
    )
    for found, meant in _LONG_VOWELS.items():
        plain = plain.replace(found, meant)
    sounds, place, stress = "", 0, ""
    while place < len(plain):
        match = _SOUND.match(plain, place)
        sound = match.group() if match else _SYMBOLS.get(plain[place])
        if sound is None:
            raise ValueError(f"no English voice has the IPA sound {plain[place]!r} in /{written}/")
        place += len(match.group()) if match else 1
        if sound in (_STRESS, "ˌ"):
            stress = sound
        elif sound[0] in VOWEL_START:
            sounds, stress = sounds + stress + sound, ""
        elif sound != _LONG:
            sounds += sound
    first = next((place for place, char in enumerate(sounds) if char in VOWEL_START), None)
    if first is None:
        raise ValueError(f"/{written}/ has no vowel")
    # A word without any stress would be mumbled.
    return sounds if _STRESS in sounds else sounds[:first] + _STRESS + sounds[first:]
