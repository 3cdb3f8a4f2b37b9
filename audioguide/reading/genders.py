"""The gender of a noun, where a number before it is said by it: "eine Minute", "media hora", "un demi-tour".

Words of exercise instructions are listed; for the rest, the ending of the word decides.
"""

from __future__ import annotations

import re

_LISTED: dict[str, dict[str, str]] = {
    "de": {
        "m": (
            "meter zentimeter millimeter kilometer liter milliliter kreis tag monat schritt satz teil "
            "atemzug durchgang zug löffel teelöffel esslöffel arm fuß finger zeh weg abend morgen "
            "abschnitt block punkt wirbel lendenwirbel halswirbel brustwirbel platz ton gong schlag muskel "
            "oberschenkel unterschenkel ellenbogen daumen mai april rhythmus"
        ),
        "f": (
            "minute sekunde stunde runde woche seite hand hüfte schulter wade übung serie phase stufe "
            "wiederholung drehung umdrehung position variante station einheit hälfte tasse pause "
            "ferse sohle lektion rippe zehe kniescheibe bandscheibe hantel matte"
        ),
        "n": (
            "kilogramm kilo gramm pfund mal jahr bein knie glas set training level viertel drittel kapitel "
            "blatt gelenk auge ohr handgelenk sprunggelenk hüftgelenk schulterblatt handtuch kissen"
        ),
    },
    "fr": {
        "m": "kilogramme gramme litre mètre centimètre millimètre kilomètre verre cercle exercice groupe",
        "f": (
            "minute heure seconde fois série jambe main épaule hanche dose tasse semaine page cuisse "
            "cheville fesse partie étape paume posture pause face"
        ),
    },
    "es": {
        "m": "día mapa programa problema codo pie brazo",
        "f": "vez mano serie parte fase clase base sesión torsión flexión",
    },
    "it": {"m": "giro piede braccio programma", "f": "mano serie parte fase volta ora gamba"},
    "pt": {"m": "dia programa pé braço quilograma grama", "f": "vez mão série parte fase perna"},
    "nl": {"n": "uur half jaar glas rondje been kwartier"},
}
_GENDERS = {
    code: {noun: gender for gender, nouns in each.items() for noun in nouns.split()}
    for code, each in _LISTED.items()
}  # fmt: skip
_ENDINGS = {
    "de": re.compile(r"(?:ung|heit|keit|ion|schaft|tät|e)$"),
    "fr": re.compile(r"(?:tion|sion|ée|ance|ence|ette|ure|ine|ère|elle)$"),
    "es": re.compile(r"(?:a|ción|sión|dad|tud)$"),
    "it": re.compile(r"(?:a|zione|sione|tà)$"),
    "pt": re.compile(r"(?:a|ção|são|dade)$"),
}
_OTHERWISE = {"de": "m", "nl": "m"}


def is_listed(language: str, noun: str) -> bool:
    """Return whether `noun` is a word of exercises that this module knows by itself."""
    return noun.casefold() in _GENDERS.get(language, {})


def gender(language: str, noun: str) -> str:
    """Return "m", "f" or "n" for a `noun`, singular or plural, of `language`."""
    word = noun.casefold()
    listed = _GENDERS.get(language, {})
    for form in (word, word.removesuffix("s"), word.removesuffix("n"), word.removesuffix("en")):
        if form in listed:
            return listed[form]
    # The last part of a German compound decides: Viertelstunde, Schulterkreis.
    if language == "de" and (ends := [each for each in listed if len(each) > 3 and word.endswith(each)]):
        return listed[max(ends, key=len)]
    ending = _ENDINGS.get(language)
    if ending and ending.search(word if language == "de" else word.removesuffix("s")):
        return "f"
    return _OTHERWISE.get(language, "m")
