"""Languages other than English: units, ranges, crosses, fractions and abbreviations in their own words.

Their voices read numbers, degrees and percents by themselves, and most of the rest letter by letter.
"""

from __future__ import annotations

import re
from functools import cache

from audioguide.reading.agreement import agreement, ones
from audioguide.reading.foreign_words import WORDS, Words
from audioguide.reading.numbers import DASH, ROMAN, arabic
from audioguide.reading.ordinals import ORDINALS
from audioguide.reading.rules import Rule, changed

_NUMBER = r"\d+(?:[.,]\d+)?"
_ALONE = r"(?<![\w.,:/])(?<!\w-)"
_NUMBERED = (
    r"(?i:Krieger|Guerrier|Guerrero|Guerreiro|Guerriero|Krijger|Teil|Partie|Parte|Deel|Stufe|Niveau|Nivel|Phase|"
    r"Fase|Position|Variante?|Übung|Chapitre|Kapitel)"
)
_COUNTED = (
    r"(?:Satz|Runde|Stufe|Übung|Schritt|Teil|Seite|Tag|Woche|Wiederholung|série|tour|étape|exercice|jour|"
    r"répétition|serie|ronda|paso|ejercicio|día|repetición|parte|giro|esercizio|passo|giorno|exercício|"
    r"dia|repetição|set|ronde|oefening|stap|dag|herhaling|level|session|séance|sesión)"
)
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}


def foreign(text: str, language: str) -> str:
    """Return `text` with what stands beside its numbers in words of `language`; as it is where unknown."""
    words = WORDS.get(language)
    if words is None:
        from audioguide.reading.more import more  # most voices need none of it

        return more(text, language)
    return changed(text, _rules(language))


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    words = WORDS[language]
    return (
        *ORDINALS.get(language, ()), *_shape_rules(), *_clock_rules(language, words),
        *_short_rules(words),
        *agreement(language, dict(words.units)), *_time_rules(words), *ones(language), *_number_rules(words),
    )  # fmt: skip


def _shape_rules() -> tuple[Rule, ...]:
    """Shapes of numbers that are the same in all of these languages."""
    roman = "|".join(sorted(ROMAN[1:], key=len, reverse=True))
    return (
        (re.compile(f"(\\d?)[{''.join(_VULGAR)}]"), lambda found: _plain_fraction(found.group())),
        (re.compile(rf"\b([^\W\d_]{{3,}})\s+({roman})\b(?![.'’])"), arabic),
        (re.compile(rf"\b({_NUMBERED}) I\b(?!['’])"), r"\1 1"),
        (re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))"), ""),  # 10'000
        (re.compile(rf"\b([CTLS]\d{{1,2}})\s?(?:{DASH}|/)\s?([CTLS]?\d{{1,2}})\b"), r"\1 \2"),
    )


def _clock_rules(language: str, words: Words) -> tuple[Rule, ...]:
    """Return rules for times of the day, lengths in hours, and signs of one language."""
    hours, minutes = words.units["h"], words.units["min"]

    def lasting(found: re.Match[str]) -> str:
        more = f" {_amount(str(int(found[2])), minutes)}" if int(found[2]) else ""
        return f"{_amount(found[1], hours)}{more}"

    def clock(found: re.Match[str]) -> str:
        return f"{found[1]} {hours[1] if found[1] != '1' else hours[0]} {found[2].removeprefix('00')}".strip()

    rules: dict[str, tuple[Rule, ...]] = {
        "de": (
            (
                re.compile(r"\b(\d{1,2})[.:]([0-5]\d)\s?Uhr\b"),
                lambda at: f"{at[1]} Uhr {int(at[2]) or ''}".strip(),
            ),
            (re.compile(r"\b(re|li)\.?\s?[+&]\s?(re|li)\b\.?", re.IGNORECASE), _both_sides),
            (re.compile(r"/\s?(?:Wo|Wk)\b\.?"), "/Woche"),
            (re.compile(r"(?<=\w) u\.(?=\s\w)"), " und"),
            (re.compile(r"(?<=\w) à (?=\d)"), " zu "),  # 3 Sätze à 20 s
            (re.compile(r"\bS\.\s?(?=\d)"), "Seite "),
            (re.compile(r"\bNo\.\s?(?=\d)"), "Nummer "),
            (re.compile(r"(?<!\d)(?<!\d )\b[Mm]in\.\s(?=\d)"), "mindestens "),
            (re.compile(r"\b(\d{1,2}):([0-5]\d)\s?(?:h|Std)\b\.?"), lasting),
            (re.compile(r"\b(\d{1,2})h\s?([0-5]\d)\b"), lasting),
        ),
        "fr": (
            (re.compile(r"\b(\d{1,2})\s?[hH]\s?([0-5]\d)\b"), clock),
            (re.compile(r"\bD\s?/\s?G\b"), "droite ou gauche"),
            (re.compile(r"\bG\s?/\s?D\b"), "gauche ou droite"),
        ),
        "es": ((re.compile(r"\b(\d{1,2})[.:]([0-5]\d)\s?h\b\.?"), r"\1:\2"),),
        "pt": ((re.compile(r"\b(\d{1,2})[.:h]([0-5]\d)\s?(?:h\b\.?|(?!\w))"), r"\1:\2"),),
    }
    either = re.compile(r"\b(und|et|y|e|en)\s?/\s?(oder|ou|o|of)\b", re.IGNORECASE)
    return (*rules.get(language, ()), (either, r"\1 \2"))


def _both_sides(found: re.Match[str]) -> str:
    first, second = ("rechts" if side.casefold() == "re" else "links" for side in found.groups())
    return f"{first} und {second}"


def _plain_fraction(written: str) -> str:
    return f"{written[:-1]} {_VULGAR[written[-1]]}".strip()


def _short_rules(words: Words) -> tuple[Rule, ...]:
    """Abbreviations: those of a word or two only with their full stop, or beside a number."""
    rules: list[Rule] = []
    for short, full in sorted(words.short.items(), key=lambda pair: -len(pair[0])):
        written = re.escape(short).replace(r"\ ", r"\s?")
        end = r"(?:\.|(?=\s?\d)|(?=\s?/)|(?=\s?[.,;!?]?$))" if len(short) < 5 and short.isalpha() else r"\.?"
        rules.append((re.compile(rf"(?<![\w.]){written}(?!\w){end}", re.IGNORECASE), full))
    return tuple(rules)


def _time_rules(words: Words) -> tuple[Rule, ...]:
    """Lengths such as 1:30 min, 30", 1'30", and every other unit after a number."""
    seconds, minutes = words.units["s"], words.units["min"]
    signs = "|".join(re.escape(sign) for sign in sorted(words.units, key=len, reverse=True))

    def length(found: re.Match[str]) -> str:
        return f"{_amount(found[1], minutes)} {_amount(str(int(found[2])), seconds)}"

    def unit(found: re.Match[str]) -> str:
        return _amount(found[1], words.units[found[2]])

    return (
        (re.compile(rf"{_ALONE}(\d{{1,2}}):([0-5]\d)\s?[Mm]in\b\.?"), length),
        (re.compile(rf"{_ALONE}(\d{{1,2}})['′]\s?(\d{{1,2}})(?:\"|″|'')"), length),
        (re.compile(rf"{_ALONE}({_NUMBER})\s?(?:″|''|\"(?=[^\"]*$))"), lambda at: _amount(at[1], seconds)),
        (re.compile(rf"{_ALONE}({_NUMBER})\s?′"), lambda at: _amount(at[1], minutes)),
        (
            re.compile(
                rf"(?<![\w.,:/])({_NUMBER})\s?({signs})(?![\w²³])(?!/(?!(?:{words.periods})\b))(?:\.(?=\s+\S|[,;!?)/]))?"
            ),
            unit,
        ),
    )


def _amount(number: str, names: tuple[str, str]) -> str:
    return f"{number} {names[0] if number == '1' else names[1]}"


def _number_rules(words: Words) -> tuple[Rule, ...]:
    fraction = "|".join(["1/2", *words.parts])
    less, more = words.less_more
    range_of = (
        rf"{_ALONE}({_NUMBER})((?: ?[%°]| [^\W\d_]+)?)\s?{DASH}\s?(?={_NUMBER}(?!\w|[./:]\d|\s?{DASH}))"
    )
    return (
        (re.compile(rf"\b({_COUNTED}\s)(\d+)\s?/\s?(\d+)(?![\w/])", re.IGNORECASE), rf"\1\2 {words.of} \3"),
        (re.compile(rf"{_ALONE}(\d+)\s?/\s?10(?![\w/])"), rf"\1 {words.of} 10"),
        (re.compile(r"(?<![-=<])<\s?(?=\d)"), f"{less} "),
        (re.compile(r"(?<![-=>])>\s?(?=\d)"), f"{more} "),
        (
            re.compile(rf"{_ALONE}(\d+) ({fraction})(?![\w/])"),
            lambda found: f"{found[1]} {words.and_half if found[2] == '1/2' else _part(words, found[2])}",
        ),
        (re.compile(rf"{_ALONE}({fraction})(?![\w/])"), lambda found: _part(words, found[1])),
        (
            re.compile(rf"{_ALONE}\d+(?:\s?{DASH}\s?\d+){{2,}}(?!\w)"),  # 4-7-8 is counted up
            lambda found: re.sub(rf"\s?{DASH}\s?", " ", found.group()),
        ),
        (re.compile(rf"{_ALONE}(\d+)\s?{DASH}\s?\1(?![\w/:])"), r"\1 \1"),
        (re.compile(rf"\b(\d+)\s?[x×]\s?/\s?(?=(?:{words.periods})\b)"), rf"\1 {words.often} {words.per} "),
        (re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)"), f" {words.times} "),
        (re.compile(r"\b(\d+)\s?[x×](?!\w)"), rf"\1 {words.often}"),
        (re.compile(range_of), rf"\1\2 {words.to} "),
        (re.compile(rf"(?<=[^\W\d_])\s?/\s?(?=(?:{words.periods})\b)", re.IGNORECASE), f" {words.per} "),
        (re.compile(r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])"), f" {words.either} "),
        (re.compile(r"(?<=[^\W\d_]{2})\s?/\s?(?=\d)"), ", "),
        (re.compile(r"(?:≈|~)\s?(?=\d)"), f"{words.about} "),
        (re.compile(r"(?<!\w)#\s?(?=\d)"), f"{words.number} "),
        (re.compile(rf"(?:(?<=^)|(?<=[\s(])){DASH}(?=\d)"), f"{words.minus} "),
    )


def _part(words: Words, fraction: str) -> str:
    return words.half if fraction == "1/2" else words.parts[fraction]
