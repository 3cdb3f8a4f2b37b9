"""English: decimals, Roman numerals, spine levels, ranges, fractions and how often, as they are read out.

Whole numbers stay digits: every voice reads those.
"""

from __future__ import annotations

import re
from math import gcd

from audioguide.reading.rules import Rule, changed

DASH = r"[-\u2010-\u2015\u2212]"
_VULGAR = {
    "\u00bd": "1/2", "\u2153": "1/3", "\u2154": "2/3", "\u00bc": "1/4", "\u00be": "3/4", "\u2155": "1/5",
    "\u2156": "2/5", "\u2157": "3/5", "\u2158": "4/5", "\u2159": "1/6", "\u215a": "5/6", "\u215b": "1/8",
    "\u215c": "3/8", "\u215d": "5/8", "\u215e": "7/8",
}  # fmt: skip
_PARTS = {
    3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 12: "twelfth",
    16: "sixteenth",
}  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMERAL = "(" + "|".join(sorted(ROMAN, key=len, reverse=True)) + ")"
_NUMBERED = (
    r"(?i:warriors?|virabhadrasana|part|phase|stage|level|chapter|set|series|exercise|variation|type|version|"
    r"round|week|day|step|session|position|pose|dancer|movement|option|grade|unit|class|lesson|sequence|flow|"
    r"asana|cobra|crow|camel|bridge|crescent|cycle|rep|side)"
)


def arabic(found: re.Match[str]) -> str:
    """Return a word and the Roman numeral after it, `found` as two groups, with that in digits."""
    return f"{found[1]} {ROMAN.index(found[2]) + 1}"


def _arabic_alone(found: re.Match[str]) -> str:
    return str(ROMAN.index(found[1]) + 1)


_AND = r"(?:,? (?:and|or|to) |, ?| ?/ ?| ?[-\u2010-\u2015&] ?)"


def _arabics(found: re.Match[str]) -> str:
    numbers = re.sub(rf"\b{_NUMERAL}\b", lambda one: str(ROMAN.index(one.group()) + 1), found[2])
    return found[1] + re.sub(r" ?/ ?", ", ", numbers)


_NAME_ENDS = rf"\s*(?:[.,;:!?)]|$|{DASH}|(?:and|or|to|on|with|again)\b)"

_DECIMALS: list[Rule] = [
    (re.compile(f"(\\d)\\s?([{''.join(_VULGAR)}])"), lambda found: f"{found[1]} {_VULGAR[found[2]]}"),
    (re.compile(f"[{''.join(_VULGAR)}]"), lambda found: _VULGAR[found.group()]),
    (re.compile(r"(?<=\d)\u2044(?=\d)"), "/"),
    (re.compile(r"(?<=\d)['\u2019](?=\d{3}(?!\d))"), ""),  # 1'000
    (re.compile(r"\b(\d{1,3}) (?=000\b)"), r"\1"),
    (re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?!,?\d)"), lambda found: found.group().replace(",", "")),
    (re.compile(r"(?<![\d.,:/])(\d+),(\d{1,2})(?!,?\d|\.\d)"), r"\1.\2"),  # 1,5
    (re.compile(r"(?<=\d),(?=\d)"), ", "),  # 1,2,3
    (re.compile(r"(?<![\w.])\.(?=\d)"), "0."),
    (re.compile(rf"\b({_NUMBERED}\s+)({_NUMERAL}(?:{_AND}{_NUMERAL})+)\b(?!['\u2019])"), _arabics),
    (re.compile(rf"\b({_NUMBERED})\s+{_NUMERAL}\b(?!['\u2019])"), arabic),
    (re.compile(rf"^()\s*{_NUMERAL}(?=\.\s+[A-Z])"), arabic),
    # After a pose, before what ends its name: "In tadasana I smile" has no numeral.
    (re.compile(rf"(?i:\b(\w*[a\u0101]sana))\s+{_NUMERAL}(?={_NAME_ENDS})"), arabic),
    (re.compile(r"\bI(?=(?:, ?| and | or |[-\u2013])II\b)"), "1"),  # I, II, III
    # Alone, I, V and X may be a word, a letter or a cross.
    (re.compile(r"\b([A-Z][a-z\u00c0-\u024f]+|of)\s+(II|III|IV|VI|VII|VIII|IX|XI|XII)\b"), arabic),
    # "IV" alone may be a drip.
    (re.compile(r"\b(II|III|VI|VII|VIII|IX|XI|XII)\b(?!['\u2019]|-[a-z])"), _arabic_alone),
    (re.compile(rf"(?<=\d)(\s?(?:{DASH}|/|, )\s?)IV\b"), r"\g<1>4"),
]  # fmt: skip


def decimals(text: str) -> str:
    """Return `text` with a point in decimals, nothing in thousands, and digits for Roman numerals."""
    return changed(text, _DECIMALS)


def _levels(found: re.Match[str]) -> str:
    letter, first, other, last = found[1], int(found[2]), found[3], int(found[4])
    if other.upper() in ("", letter.upper()) and last - first > 1:
        return f"{letter}{first} to {other or letter}{last}"
    return f"{letter}{first} {other}{last}"  # two that meet at a joint, or a disc


_RANGES: list[Rule] = [
    (
        re.compile(rf"\b[CTLS]\d{{1,2}}(?:\s?(?:{DASH}|/)\s?[CTLS]\d{{1,2}}){{2,}}\b"),  # L3-L4-L5
        lambda found: re.sub(rf"\s?(?:{DASH}|/)\s?", " ", found.group()),
    ),
    (re.compile(rf"\b([CTLS]) ?(\d{{1,2}})\s?(?:{DASH}|/)\s?([CTLS]?) ?(\d{{1,2}})\b"), _levels),
    (re.compile(r"\b(\d+)-(?=(?:1/2|1/3|2/3|1/4|3/4|1/8)\b)"), r"\1 "),  # 1-1/2
    (
        re.compile(rf"(?<![\w.,:/-])\d+(?:\s?{DASH}\s?\d+){{2,}}(?![\w/])"),  # 4-7-8 is counted up
        lambda found: re.sub(rf"\s?{DASH}\s?", " ", found.group()),
    ),
    (
        re.compile(r"(?<=[A-Za-z])(?:-\d){2,}\b(?!-)"),  # In-2-3-4
        lambda found: found.group().replace("-", " "),
    ),
    (re.compile(rf"(?<![\w.,:/-])(\d+)\s?{DASH}\s?\1(?![\w/:]|\.\d)(?!\s?{DASH})"), r"\1 \1"),  # 90-90
    # 10-15, 10s-15s, 10 % - 20 %, 1/2-3/4
    (
        re.compile(rf"(?<![\w])((?:[$\u20ac\u00a3]\s?)?\d[\d./]*\s?(?:[a-z]{{1,4}}|%|\u00b0[CF]?|[CTLS](?=.?\d))?)\s?{DASH}\s?(?=[$\u20ac\u00a3]?\d)"),
        r"\1 to ",
    ),
    (re.compile(rf"(?:(?<=^)|(?<=[\s(])){DASH}(?=\d)"), "minus "),
    (re.compile(r"(?<=\d)\s?\u2212\s?(?=\d)"), " minus "),
]  # fmt: skip


def ranges(text: str) -> str:
    """Return `text` with "to" in ranges, "minus" before numbers below zero, and spine levels apart."""
    # A true minus between two numbers that stand apart takes one from the other.
    return changed(re.sub(r"(?<=\d) \u2212 (?=\d)", " minus ", text), _RANGES)


_LOAD = r"(?:kgs?|lbs?|kilos?|kilograms?|pounds?)\b"
_LASTING = r"(?:s|secs?|seconds?|min|mins|minutes?|m|cm)\b"
_PERIODS = {
    "wk": "week", "yr": "year", "mo": "month", "hr": "hour", "min": "minute", "sec": "second", "d": "day",
}  # fmt: skip
# Beside a word only a letter that stands alone is a cross: "relax 5 s" has none.
_CROSS_AFTER = r"(?<=[a-z])(?:\s+x|\s?\u00d7)\s?"
_OFTEN: list[Rule] = [
    (
        re.compile(rf"(?:(?<=\d[x\u00d7])|(?<=[A-Za-z]{{3}}))\s?/\s?({'|'.join(_PERIODS)})s?\b(?:\.(?=\s))?"),
        lambda found: f"/{_PERIODS[found[1]]}",
    ),
    (re.compile(r"\b(\d+)\s?[x\u00d7*]\s?/\s?(?=[a-z])", re.IGNORECASE), r"\1 times per "),
    (re.compile(r"\b(sets?|rounds?|series)\s?[x\u00d7*]\s?(?=\d)", re.IGNORECASE), r"\1 of "),
    # 10 reps x 3 sets
    (
        re.compile(rf"{_CROSS_AFTER}(?=\d+\s?(?:sets?|rounds?|reps?|series|sides?)\b)", re.IGNORECASE),
        ", ",
    ),
    (re.compile(rf"{_CROSS_AFTER}(?=\d[\d.]* ?{_LOAD})", re.IGNORECASE), " with "),
    (re.compile(rf"{_CROSS_AFTER}(?=\d[\d.]* ?{_LASTING})", re.IGNORECASE), " of "),
    (re.compile(r"(?<=\d)\s?[x\u00d7]\s?(?=\d)", re.IGNORECASE), " times "),
    (re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), " times "),
    (re.compile(r"\b(\d+)\s?(?:x|\u00d7)(?![\w'\u2019-])", re.IGNORECASE), r"\1 times"),
    (re.compile(r"(?:(?<=\s)|(?<=^))[x\u00d7]\s?(\d+)\b", re.IGNORECASE), r"\1 times"),
    (re.compile(r"\b1 times\b(?! \d)"), "1 time"),
]


def how_often(text: str) -> str:
    """Return `text` with "times" for the cross in 2x10, 3 x 8, 10x, x10 and 3x/week."""
    return changed(text, _OFTEN)


_COUNTED = re.compile(
    r"\b((?:set|rep|repetition|round|side|part|step|exercise|lap|session|day|week|stage|level|breath|cycle)s?\s+)"
    r"(\d+)\s?/\s?(\d+)\b", re.IGNORECASE,
)  # fmt: skip
_FRACTION = re.compile(r"(?<![\w/.:])(?:(\d+)\s(?:and\s)?)?(\d{1,3})\s?/\s?(\d{1,3})(?![\w/]|\.\d)")


_HALF_WAY = re.compile(
    r"(?<![\w/.])(?<!\d )1/2[ -]?(?=(?:way|moon|lotus|kneeling|pigeon|frog|splits?|squats?|speed|strength|"
    r"bridge|plank|roll|bow|boat|dog|kneel|circles?)\b)"
)
_TWO_ARTICLES = re.compile(r"\b[Aa]n? (?=an? (?:half|third|quarter|\w+th)\b)")


def fractions(text: str) -> str:
    """Return `text` with fractions in words: a half, 1 and a half, 2 of 8, 7 out of 10, 120 over 80."""
    if "/" not in text:
        return text
    text = _HALF_WAY.sub("half ", text)
    return _TWO_ARTICLES.sub("", _FRACTION.sub(_fraction, _COUNTED.sub(r"\1\2 of \3", text)))


def _fraction(found: re.Match[str]) -> str:
    whole, top, bottom = found[1], int(found[2]), int(found[3])
    part = share(top, bottom)
    if bottom == 10 and re.match(r"\s+of\b", found.string[found.end() :]) and 0 < top < 10:
        part = "a tenth" if top == 1 else f"{top} tenths"
    if part and whole:
        return f"{whole} and {part}"
    return f"{whole} " * bool(whole) + (part or _counted(top, bottom))


def share(top: int, bottom: int) -> str | None:
    """Return a true fraction in words; None for what rather counts something, such as 2/8."""
    if not 0 < top < bottom or gcd(top, bottom) > 1 or (bottom != 2 and bottom not in _PARTS):
        return None
    if bottom == 2:
        return "a half"
    name = _PARTS[bottom]
    article = "an" if name == "eighth" else "a"
    return f"{article} {name}" if top == 1 else f"{top} {name}s"


def _counted(top: int, bottom: int) -> str:
    if (top, bottom) == (24, 7):
        return "24 7"
    if top > bottom or top == bottom >= 20:  # 120/80 is a pressure, 20/10 or 90/90 a pair
        return f"{top} over {bottom}" if top >= 80 and 40 <= bottom < top else f"{top} {bottom}"
    return f"{top} out of 10" if bottom == 10 else f"{top} of {bottom}"
