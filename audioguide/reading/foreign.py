"""Languages other than English: units, ranges, crosses, fractions and abbreviations in their own words.

Their voices read numbers, degrees and percents by themselves, and most of the rest letter by letter.
"""

from __future__ import annotations

import re
from functools import cache

from audioguide.reading.foreign_words import WORDS, Words
from audioguide.reading.numbers import DASH, ROMAN, arabic
from audioguide.reading.rules import Rule, changed

_NUMBER = r"\d+(?:[.,]\d+)?"
_ALONE = r"(?<![\w.,:/])(?<!\w-)"
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}


def foreign(text: str, language: str) -> str:
    """Return `text` with what stands beside its numbers in words of `language`; as it is where unknown."""
    words = WORDS.get(language)
    if words is None:
        return text
    return changed(text, _rules(language))


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    words = WORDS[language]
    more = ((re.compile(r"\b(\d+)e\b"), r"\1ème"),) if language == "fr" else ()
    return (*more, *_shape_rules(), *_short_rules(words), *_time_rules(words), *_number_rules(words))


def _shape_rules() -> tuple[Rule, ...]:
    roman = "|".join(sorted(ROMAN[1:], key=len, reverse=True))
    return (
        (re.compile(f"(\\d?)[{''.join(_VULGAR)}]"), lambda found: _plain_fraction(found.group())),
        (re.compile(rf"\b([^\W\d_]{{3,}})\s+({roman})\b(?![.'’])"), arabic),
        (re.compile(rf"\b([CTLS]\d{{1,2}})\s?(?:{DASH}|/)\s?([CTLS]?\d{{1,2}})\b"), r"\1 \2"),
    )


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
        (re.compile(rf"(?<![\w.,:/])({_NUMBER})\s?({signs})(?![\w²³/])(?:\.(?=\s+\S|[,;!?)/]))?"), unit),
    )


def _amount(number: str, names: tuple[str, str]) -> str:
    return f"{number} {names[0] if number == '1' else names[1]}"


def _number_rules(words: Words) -> tuple[Rule, ...]:
    fraction = "|".join(["1/2", *words.parts])
    range_of = (
        rf"{_ALONE}({_NUMBER})((?: ?[%°]| [^\W\d_]+)?)\s?{DASH}\s?(?={_NUMBER}(?!\w|[./:]\d|\s?{DASH}))"
    )
    return (
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
