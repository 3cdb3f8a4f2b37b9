"""Sanskrit and Pali in scholars' letters (śavāsana, ānāpānasati), as an English voice can say them.

Short a is the vowel of "cut"; stress goes to the last syllable but one where it is heavy (a long vowel,
or two consonants after it), else to the one before.
"""

from __future__ import annotations

import re
import unicodedata

_VOWELS = {
    "ai": "aɪ", "au": "aʊ", "ā": "ɑː", "ī": "iː", "ū": "uː", "ṝ": "ɹiː", "ṛ": "ɹɪ", "ḷ": "lɪ", "a": "ʌ",
    "i": "ɪ", "u": "ʊ", "e": "eɪ", "o": "oʊ",
}  # fmt: skip
_CONSONANTS = {
    "jñ": "ɡj", "kṣ": "kʃ", "ch": "tʃ", "kh": "k", "gh": "ɡ", "jh": "dʒ", "ṭh": "t", "ḍh": "d", "th": "t",
    "dh": "d", "ph": "p", "bh": "b", "c": "tʃ", "j": "dʒ", "ś": "ʃ", "ṣ": "ʃ", "ṅ": "ŋ", "ñ": "nj", "ṇ": "n",
    "ṃ": "m", "ṁ": "m", "ḥ": "h", "ṭ": "t", "ḍ": "d", "y": "j", "r": "ɹ", "l": "l", "v": "v", "s": "s",
    "h": "h", "k": "k", "g": "ɡ", "t": "t", "d": "d", "n": "n", "p": "p", "b": "b", "m": "m", "w": "w",
    "f": "f", "z": "z", "x": "ks", "q": "k",
}  # fmt: skip
# Letters that no other language in Latin letters combines so.
_SCHOLARLY = re.compile("[āīūṛṝḷṅṇṃṁṭḍśṣḥ]")
_FRONTED = re.compile("ñ(?=[cj])")
_SYLLABLE = re.compile("|".join(sorted([*_VOWELS, *_CONSONANTS], key=len, reverse=True)))
_SHORT = {"e": "ɛ", "o": "ɒ"}
_LONG = frozenset({"ai", "au", "ā", "ī", "ū", "ṝ", "e", "o"})


def is_scholarly(word: str) -> bool:
    """Return whether `word` is written in the letters that scholars use for Sanskrit and Pali."""
    return bool(_SCHOLARLY.search(unicodedata.normalize("NFC", word.lower())))


def sanskrit_ipa(word: str) -> str:
    """Return the IPA of `word`; "" where it has letters that belong to another language."""
    letters = _FRONTED.sub("n", unicodedata.normalize("NFC", word.lower()).replace("-", "").replace("'", ""))
    parts = _SYLLABLE.findall(letters)
    if "".join(parts) != letters:
        return ""
    places = [place for place, part in enumerate(parts) if part in _VOWELS]
    if not places:
        return ""
    stressed = places[_stressed(parts, places)]
    sounds = (
        ("ˈ" if place == stressed and len(places) > 1 else "")
        + _sound(parts, place, stressed=place == stressed)
        for place in range(len(parts))
    )
    return "".join(sounds).replace("njnj", "nj")


def _stressed(parts: list[str], places: list[int]) -> int:
    if len(places) < 3:
        return 0
    last, before = places[-1], places[-2]
    heavy = parts[before] in _LONG or last - before > 2
    return len(places) - (2 if heavy else 3)


def _sound(parts: list[str], place: int, *, stressed: bool) -> str:
    part, after = parts[place], parts[place + 1 :]
    if part not in _VOWELS:
        return _CONSONANTS[part]
    if part == "a" and not stressed:
        return "ə"
    if part in _SHORT and len(after) > 1 and after[0] == after[1]:  # mettā
        return _SHORT[part]
    return {"i": "i", "u": "uː"}.get(part, _VOWELS[part]) if not after else _VOWELS[part]
