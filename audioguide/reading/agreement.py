"""One and a half before a noun of another language: "eine Minute", "un demi-tour", "2 horas y media"."""

from __future__ import annotations

import re
from collections.abc import Callable

from audioguide.reading.genders import gender
from audioguide.reading.rules import Rule

Several = Callable[[str], str]

_NOUN = r"([^\W\d_]{3,}|km|kg|cm|mm|min|sek|sec|seg|std|m|s|h|g)"
_HALF = re.compile(rf"(?<![\w.,:/])(?:(\d+) )?1/2\s?{_NOUN}\b(\.(?=\s|[,;!?)]))?", re.IGNORECASE)
# "Übung 1": a number after what it names counts nothing.
_LABELS = (
    "übung teil stufe nummer satz schritt phase position exercice étape niveau numéro ejercicio paso nivel "
    "número esercizio numero exercício parte"
)
_LABEL = "".join(rf"(?<!{word} )" for word in _LABELS.split())
_ONE = re.compile(rf"(?<![\w.,:/–-])(?<![–-] ){_LABEL}(?:(\w+) )?\b1 ([^\W\d_]{{3,}})\b", re.IGNORECASE)
_TWO = re.compile(r"(?<![\w.,:/-])2 ([^\W\d_]{3,})\b")
_BESIDE_NUMBERS = "fois par sur veces por cada volte per vezes keer tot maal"
_NO_NOUN = frozenset(_BESIDE_NUMBERS.split())
_DATIVE = frozenset({"in", "nach", "mit", "von", "seit", "aus", "bei", "zu", "vor", "ab"})
_PLURALS = {
    "wiederholungen": "Wiederholung", "répétitions": "répétition", "repeticiones": "repetición",
    "ripetizioni": "ripetizione", "repetições": "repetição", "herhalingen": "herhaling",
}  # fmt: skip
_ONES = {
    "de": {"m": "einen", "f": "eine", "n": "ein"},
    "fr": {"m": "un", "f": "une"}, "es": {"m": "un", "f": "una"},
    "it": {"m": "un", "f": "una"}, "pt": {"m": "um", "f": "uma"},
}  # fmt: skip
_GERMAN_DATIVE = {"m": "einem", "f": "einer", "n": "einem"}
_HALVES = {
    "de": {"m": "einen halben ", "f": "eine halbe ", "n": "ein halbes "},
    "fr": {"m": "un demi-", "f": "une demi-"},
    "es": {"m": "medio ", "f": "media "},
    "it": {"m": "mezzo ", "f": "mezza "},
    "pt": {"m": "meio ", "f": "meia "},
    "nl": {"m": "een halve ", "n": "een half "},
}
_AFTER = {
    "fr": {"m": "et demi", "f": "et demie"}, "es": {"m": "y medio", "f": "y media"},
    "it": {"m": "e mezzo", "f": "e mezza"}, "pt": {"m": "e meio", "f": "e meia"},
}  # fmt: skip


def agreement(language: str, units: dict[str, tuple[str, str]]) -> tuple[Rule, ...]:
    """Return the rules for "1/2" before a noun; `units` are (one, several) by how they are written."""
    written = {sign.casefold(): names for sign, names in units.items()}

    def half(found: re.Match[str]) -> str:
        whole, noun = found[1], found[2]
        one, several = written.get(noun.casefold(), (noun, noun))
        if whole:
            return _and_half(language, int(whole), one if whole == "1" else several) or found.group()
        return _half(language, one, found.string[: found.start()])

    return ((_HALF, half),)


def ones(language: str) -> tuple[Rule, ...]:
    """Return the rules for "1" before a noun, once units are in full."""
    if language not in _ONES:
        return ()

    def one(found: re.Match[str]) -> str:
        before, noun = found[1], found[2]
        if not noun[0].isupper() and (noun in _NO_NOUN or language == "de"):
            return found.group()
        noun = _PLURALS.get(noun.casefold(), noun)
        kind = gender(language, noun)
        said = _ONES[language][kind if kind in _ONES[language] else "m"]
        if language == "de" and (before or "").casefold() in _DATIVE:
            said = _GERMAN_DATIVE[kind]
        return f"{before + ' ' if before else ''}{said} {noun}"

    if language != "pt":
        return ((_ONE, one),)
    return (
        (_ONE, one),
        (_TWO, lambda found: f"{'duas' if gender('pt', found[1]) == 'f' else '2'} {found[1]}"),
    )


def _half(language: str, noun: str, before: str) -> str:
    forms = _HALVES[language]
    kind = gender(language, noun)
    last = before.split()[-1:]
    if language == "de" and last and last[0].casefold() in _DATIVE:
        return f"{_GERMAN_DATIVE[kind]} halben {noun}"
    return f"{forms[kind if kind in forms else 'm']}{noun}"


def _and_half(language: str, whole: int, noun: str) -> str | None:
    if language == "de":
        return f"{'ein' if whole == 1 else f'{whole} '}einhalb {noun}"
    if language not in _AFTER:
        return f"{whole} en een half {noun}"
    kind = gender(language, noun)
    after = _AFTER[language]
    return f"{whole} {noun} {after[kind if kind in after else 'm']}"
