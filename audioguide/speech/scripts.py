"""Alphabets: a voice that reads one spells out, or drops, the words of another."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# By the first word of a letter's name in Unicode. All voices read Latin; these languages, more.
_MORE = {
    "ar": "ARABIC", "be": "CYRILLIC", "bg": "CYRILLIC", "bn": "BENGALI", "el": "GREEK", "fa": "ARABIC",
    "gu": "GUJARATI", "he": "HEBREW", "hi": "DEVANAGARI", "hy": "ARMENIAN", "ja": "CJK HIRAGANA KATAKANA",
    "ka": "GEORGIAN", "kk": "CYRILLIC", "kn": "KANNADA", "ko": "HANGUL CJK", "mk": "CYRILLIC",
    "ml": "MALAYALAM", "mr": "DEVANAGARI", "ne": "DEVANAGARI", "ru": "CYRILLIC", "sr": "CYRILLIC",
    "ta": "TAMIL", "te": "TELUGU", "th": "THAI", "uk": "CYRILLIC", "ur": "ARABIC", "zh": "CJK",
    "cmn": "CJK", "yue": "CJK",
}  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]{2,}")  # a single letter, such as a Greek one, is read by its name


def foreign_word(text: str, language: str) -> str:
    """Return the first word of `text` in an alphabet that `language` (a code) is not written in, or ""."""
    known = {"LATIN", *_MORE.get(re.split("[-_]", language.lower())[0], "").split()}
    for word in () if text.isascii() else _WORDS.findall(text):
        if not {_script(letter) for letter in word} & (known | {""}):
            return str(word)
    return ""


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return {"FEMININE": "LATIN", "MASCULINE": "LATIN", "FULLWIDTH": "LATIN"}.get(first, first)
