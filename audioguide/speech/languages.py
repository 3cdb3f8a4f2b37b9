"""What voices of a language do with letters that are not theirs."""

from __future__ import annotations

import re

from audioguide.reading.language import language_of

# Voices that name each letter of the Latin alphabet ("em, oh, vee, ee"): all others read English somehow.
_SPELLING = frozenset({"ba", "cv", "hyw", "ja", "kok", "ky", "my", "nog", "shn", "ti"})
_LATIN = re.compile(r"[a-z]+", re.IGNORECASE)
_KANJI = re.compile(r"[\u3400-\u9fff]+")


def spells_latin(voice: str) -> bool:
    """Return whether `voice` names Latin letters one by one, instead of reading words."""
    return language_of(voice) in _SPELLING


def unread_letters(text: str, voice: str) -> list[str]:
    """Return the words of `text` that `voice` names letter by letter, such as kanji ("Chinese letter")."""
    found = _KANJI.findall(text) if language_of(voice) == "ja" else []
    return found + (_LATIN.findall(text) if spells_latin(voice) else [])
