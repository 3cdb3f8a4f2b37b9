"""Ordinals of other languages in words: "die 3. Runde", "2e tour", "1.ª vez", "2° giro", "1e ronde".

espeak-ng 1.52 says "drei" for the German ones, and "un e", "due gradi", "uno punto a" for others.
"""

from __future__ import annotations

import re

from audioguide.reading.genders import gender, is_listed
from audioguide.reading.rules import Rule

_GERMAN = (
    "", "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft",
    "zwölft", "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt",
)  # fmt: skip
_ONES = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TENS = (
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
)  # fmt: skip
# After these a German adjective ends with -en.
_WEAK = re.compile(
    r"(?:am|im|vom|zum|zur|beim|ins|dem|den|des|einem|einen|eines|einer|(?:jed|dies|dein|mein|unser|ihr|sein|jen)"
    r"(?:em|en|es(?=\b)))$", re.IGNORECASE,
)  # fmt: skip
_AN_E = re.compile(
    r"(?:die|das|diese|dieses|jede|jedes|eine|deine|meine|ihre|unsere|seine|jener|jenes)$", re.IGNORECASE
)
_THE = re.compile(r"(?:der|jeder|dieser|deiner|ihrer|meiner)$", re.IGNORECASE)
_A = re.compile(r"(?:ein|kein|dein|mein|ihr|sein|unser)$", re.IGNORECASE)
_DATIVE = re.compile(
    r"(?:in|an|auf|mit|nach|von|bei|zu|aus|ab|vor|seit|unter|über|neben|zwischen|hinter)$", re.IGNORECASE
)
_MONTHS = r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_PAIR = r"(?:\s?[-–/,+&]\s?|,? (?:bis|und|oder)(?: (?:zum|zur|der|die|das))? )"
_NUMBER = re.compile(r"\b(\d{1,2})\.")
_NOUN = r"[A-ZÄÖÜ][a-zäöüß]{2,}"
_GERMAN_ORDINALS = re.compile(
    rf"(?<![\w.])((?:[^\W\d_]+ ){{0,2}})(\d{{1,2}}\.(?:{_PAIR}\d{{1,2}}\.)*)"
    rf"(\s+(?:[a-zäöüß]+ )?({_NOUN})\b|(?=\W*$))"
)
_SIDE = re.compile(rf"((?:\b[^\W\d_]+ )?)\b(re|li|Re(?=\.)|Li(?=\.))\.?\s+(?=({_NOUN})\b)")
_SIDES = {"re": "recht", "li": "link"}

_FRENCH = (
    "", "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième",
    "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième",
    "dix-septième", "dix-huitième", "dix-neuvième", "vingtième",
)  # fmt: skip
_ITALIAN = (
    "", "primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo",
)  # fmt: skip
_DUTCH = (
    "", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende",
    "elfde", "twaalfde",
)  # fmt: skip


def german_ending(words: list[str], noun: str) -> str:
    """Return how an adjective before `noun` ends, after the one or two `words` before it: "er", "en"."""
    kind = gender("de", noun)
    last = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    if _WEAK.match(last):
        return "en"
    if _THE.match(last):
        return "en" if kind == "f" or _DATIVE.match(before) else "e"
    if _AN_E.match(last):
        return "e"
    if _DATIVE.match(last) and not _A.match(last):
        return "er" if kind == "f" else "em"
    return {"m": "er", "n": "es"}.get(kind, "e")


def _german(found: re.Match[str]) -> str:
    words, noun = found[1].split(), found[4]
    if re.fullmatch(_MONTHS, noun or "") or (not noun and words and _WEAK.match(words[-1])):
        ending = "en" if words else "er"
    elif noun and ((words and _articled(words[-1])) or is_listed("de", noun)):
        ending = german_ending(words, noun)
    else:
        return found.group()
    numbers = _NUMBER.sub(lambda number: _german_stem(int(number[1])) + ending, found[2])
    numbers = re.sub(r"\s?[-–]\s?", " bis ", numbers).replace("/", " oder ")
    return f"{found[1]}{numbers}{found[3] or '.'}"


def _articled(word: str) -> bool:
    return any(each.match(word) for each in (_WEAK, _AN_E, _THE, _A))


def _german_stem(number: int) -> str:
    if number < len(_GERMAN):
        return _GERMAN[number] or "nullt"
    ones = _ONES[number % 10]
    return f"{ones}{'und' if ones else ''}{_TENS[number // 10]}st"


def _german_side(found: re.Match[str]) -> str:
    return f"{found[1]}{_SIDES[found[2].casefold()]}{german_ending(found[1].split(), found[3])} "


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(str(number) for number in range(len(words) - 1, 0, -1))


def _italian(found: re.Match[str]) -> str:
    word = _ITALIAN[int(found[1])]
    return word[:-1] + "a" if found[2] == "ª" or gender("it", found[3]) == "f" else word


ORDINALS: dict[str, tuple[Rule, ...]] = {
    "de": ((_GERMAN_ORDINALS, _german), (_SIDE, _german_side)),
    "fr": (
        (re.compile(r"\b1(?:re|ère|ere)\b"), "première"),
        (re.compile(r"\b1er\b"), "premier"),
        (re.compile(r"\b2nde\b"), "seconde"),
        (re.compile(r"\b2nd\b"), "second"),
        (
            re.compile(rf"\b({_one_of(_FRENCH)})(?:e|è|ème|eme|ième)(s?)\b"),
            lambda found: _FRENCH[int(found[1])] + found[2],
        ),
    ),
    "es": (
        (re.compile(r"\b1\.?er\b"), "primer"),
        (re.compile(r"\b3\.?er\b"), "tercer"),
        (re.compile(r"\b(\d{1,2})\.([ªº])"), r"\1\2"),
        (re.compile(r"\b(\d{1,2})\.?ra\b"), r"\1ª"),
        (re.compile(r"\b(\d{1,2})\.?(?:ro|do|to)\b"), r"\1º"),
        (re.compile(r"\b(\d{1,2})\.?(?:da|ta)\b"), r"\1ª"),
    ),
    "pt": ((re.compile(r"\b(\d{1,2})\.([ªº])"), r"\1\2"),),
    "it": ((re.compile(rf"\b({_one_of(_ITALIAN)})([°ºª])(?= ([^\W\d_]{{3,}}))"), _italian),),
    "nl": (
        (re.compile(rf"\b({_one_of(_DUTCH)})(?:e|de|ste)\b"), lambda found: _DUTCH[int(found[1])]),
    ),
}  # fmt: skip
