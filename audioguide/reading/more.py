"""Numbers in further languages: units, ranges, crosses, fractions and slashes in words.

Their voices read numbers by themselves. What they read well beside a number is left to them.
"""

from __future__ import annotations

import re
from functools import cache

from audioguide.reading.more_words import MoreWords, more_words
from audioguide.reading.numbers import DASH
from audioguide.reading.rules import Rule, changed

_ALONE = r"(?<![\w.,:/])(?<!\w-)"
_NUMBER = r"\d+(?:[.,]\d{1,2})?"
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_CROSS = "x×хX"  # the fourth sign is Cyrillic


def more(text: str, language: str) -> str:
    """Return `text` with what stands beside its numbers in words of `language`; as it is where unknown."""
    if not any(char.isdigit() or char in _VULGAR or char == "/" for char in text):
        return text
    return changed(text, _rules(language))


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    if (words := more_words(language)) is None:
        return ()
    return (
        *_shape_rules(), *_time_rules(words), *_range_rules(words), *_unit_rules(words),
        *_number_rules(words), *_decimal_rules(words),
    )  # fmt: skip


def _shape_rules() -> tuple[Rule, ...]:
    return (
        (re.compile(f"(\\d?)[{''.join(_VULGAR)}]"), lambda at: f"{at[1]} {_VULGAR[at.group()[-1]]}".strip()),
        (re.compile(rf"\b([CTLS]\d{{1,2}})\s?(?:{DASH}|/)\s?([CTLS]?\d{{1,2}})\b"), r"\1 \2"),
    )


def _time_rules(words: MoreWords) -> tuple[Rule, ...]:
    def length(found: re.Match[str]) -> str:
        return f"{_amount(words, found[1], 'min')} {_amount(words, str(int(found[2])), 's')}"

    minutes = "|".join(re.escape(sign) for sign, unit in words.signs.items() if unit == "min")
    return (
        (re.compile(rf"{_ALONE}(\d{{1,2}}):([0-5]\d)\s?(?:{minutes})(?!\w)\.?"), length),
        (re.compile(rf"{_ALONE}(\d{{1,2}})['′]\s?(\d{{1,2}})(?:\"|″|'')"), length),
        (re.compile(rf"{_ALONE}({_NUMBER})\s?(?:″|''|\"(?=[^\"]*$))"), lambda at: _amount(words, at[1], "s")),
        (re.compile(rf"{_ALONE}({_NUMBER})\s?′"), lambda at: _amount(words, at[1], "min")),
        (re.compile(rf"{_ALONE}(\d{{1,2}}):([0-5]\d)(?![\w:])"), r"\1 \2"),
    )


def _range_rules(words: MoreWords) -> tuple[Rule, ...]:
    to = f" {words.to} " if words.to else "–"  # several voices read a hyphen as "minus", none reads a dash so
    number_range = rf"{_ALONE}({_NUMBER}(?: ?[%°])?)\s?{DASH}\s?(?={_NUMBER}(?!\d|[./:]\d|\s?{DASH}\d))"
    return (
        (re.compile(rf"{_ALONE}\d+(?:\s?{DASH}\s?\d+){{2,}}(?!\w)"), _counted_up),
        (re.compile(number_range), rf"\1{to}"),
    )


def _unit_rules(words: MoreWords) -> tuple[Rule, ...]:
    signs = "|".join(re.escape(sign) for sign in sorted(words.signs, key=len, reverse=True))
    # The full stop of an abbreviation goes; before a capital letter it ends the sentence as well.
    end = r"(?![\w²³])(?:\.(?=\s+[^\W\d_A-ZÀ-ÞА-Я]|[,;!?)]))?"
    apart = r"(?!(?<=\s[sс])\s+\w)" if words.with_is_s else ""
    whole = r"(?:(\d+)\s)?" if words.and_half else r"(?<!\d\s)()"
    half = rf"{_ALONE}{whole}1/2\s?({signs}){end}"

    def unit(found: re.Match[str]) -> str:
        return _amount(words, found[1], words.signs[found[2]])

    def halves(found: re.Match[str]) -> str:
        whole, named = found[1], words.signs[found[2]]
        if not whole:
            return words.halved(named)
        more_than_one = words.units[named][-1]
        return more_than_one.replace("{}", f"{whole} {words.and_half}")

    rules = ((re.compile(half), halves),) if words.half else ()
    return (*rules, (re.compile(rf"(?<![\w.,:/])({_NUMBER})\s?({signs}){apart}{end}"), unit))


def _amount(words: MoreWords, number: str, unit: str) -> str:
    if words.decimal_comma:
        number = number.replace(".", ",")
    return words.counted(number, words.units[unit], unit)


def _number_rules(words: MoreWords) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    if words.half:
        fraction = "|".join(["1/2", *words.parts])
        if words.and_half:
            rules.append((re.compile(rf"{_ALONE}(\d+) 1/2(?![\w/])"), rf"\1 {words.and_half}"))
        rules.append((re.compile(rf"{_ALONE}({fraction})(?![\w/])"), lambda at: _part(words, at[1])))
    if words.times:
        rules += [
            (re.compile(rf"(?<=\d)\s?[{_CROSS}]\s?(?=\d)"), f" {words.times} "),
            (
                re.compile(rf"(?<![\w.,])(\d+)\s?[{_CROSS}](?!\w)"),
                lambda at: words.counted(at[1], words.often),
            ),
        ]
    if words.either:
        rules.append((re.compile(r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])"), f" {words.either} "))
    rules.append((re.compile(r"(?<=\d)\s?/\s?(?=\d)"), ", "))
    return tuple(rules)


def _decimal_rules(words: MoreWords) -> tuple[Rule, ...]:
    """Return rules that put a word for a decimal sign that the voice leaves out, or calls another."""
    comma = re.compile(r"(?<![\w.,])(\d+),(\d{1,2})(?![\d,]|\.\d)")
    if not words.comma:
        return () if words.decimal_comma else ((comma, r"\1.\2"),)
    said = rf"\1 {words.comma} \2"
    point = re.compile(r"(?<![\w.,])(\d+)\.(\d{1,2})(?![\d.])")
    return ((comma, said),) if words.decimal_comma else ((comma, said), (point, said))


def _counted_up(found: re.Match[str]) -> str:
    return re.sub(rf"\s?{DASH}\s?", " ", found.group())


def _part(words: MoreWords, fraction: str) -> str:
    return words.half if fraction == "1/2" else words.parts[fraction]
