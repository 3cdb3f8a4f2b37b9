"""English: slashes, signs of arithmetic, money, and the signs between words, as words."""

from __future__ import annotations

import re

from audioguide.reading.rules import Rule, changed

_PER = (
    r"(?:side|set|day|week|minute|min|hour|leg|arm|foot|hand|rep|round|session|month|second|sec|breath|exercise|"
    r"person|year|night|direction|way|pose|limb)s?"
)
_EACH = _PER.removesuffix("s?")
_COUNTED = (
    r"(?:reps?|sets?|times|time|breaths?|rounds?|seconds?|minutes?|hours?|circles?|steps?|holds?|lifts?|squats?|pulses|"
    r"repetitions?|each|kilograms?|kilometres?|metres?|miles?|grams?|litres?|beats?|calories|kilocalories|\d+)"
)
_MONEY = {
    "$": ("dollar", "cents"),
    "\u20ac": ("euro", "cents"),
    "\u00a3": ("pound", "pence"),
    "\u00a5": ("yen", ""),
}


def _money(found: re.Match[str]) -> str:
    sign, whole, part = found["before"] or found["after"], found["whole"], found["part"]
    name = _MONEY[sign][0]
    plural = "" if whole == "1" or name == "yen" else "s"
    cents = f" {int(part)}" if part and int(part) else ""
    return f"{whole} {name}{plural}{cents}"


_WORDS: list[Rule] = [
    (re.compile(r"(?<!\w)w/o\b\s*", re.IGNORECASE), "without "),
    (re.compile(r"(?<!\w)w/\s*(?=\w)", re.IGNORECASE), "with "),
    (re.compile(r"(?<!\w)b/c\b", re.IGNORECASE), "because"),
    (re.compile(r"(?<!\w)b/w\b", re.IGNORECASE), "between"),
    (re.compile(r"(?<!\w)n/a\b", re.IGNORECASE), "not applicable"),
    (re.compile(r"\b(and|either|neither)\s?/\s?(n?or)\b", re.IGNORECASE), r"\1 \2"),
    (re.compile(rf"\b({_COUNTED})\s?/\s?({_PER})\b", re.IGNORECASE), r"\1 per \2"),
    # 5 days/week, 10 pounds/side
    (re.compile(rf"(\b\d[\d.]*(?: plus)? [a-z]+)\s?/\s?({_EACH})\b", re.IGNORECASE), r"\1 per \2"),
    (re.compile(r"(\b\d[\d.]* [a-z]+)\s?/\s?(?=\w)"), r"\1, "),
    (re.compile(r"\b(cat)\s?/\s?(cow)\b", re.IGNORECASE), r"\1 \2"),
    (re.compile(r"\b([A-Z])/([A-Z])\b"), r"\1 \2"),
    (re.compile(r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])"), " or "),
    (re.compile(r"(?<=[^\W\d_]{2})\s?/\s?(?=\d)"), ", "),
    (re.compile(r"(?<=\w)\s?/\s?(?=\w)"), " "),
    (re.compile(r"\s*/+\s*"), " "),
]  # fmt: skip

_SIGN = "[$\u20ac\u00a3\u00a5]"
_CENTS = r"(?:\.(?P<part>\d\d))?"
# Daggers, paragraphs, bullets, guillemets, trade marks, small figures: signs for eyes.
_UNSAID = (
    r"\u2020\u2021\u00a7\u00b6\u00b7\u2022\u00ac\u00a6\u00ab\u00bb\u2039\u203a\u00d7=+\u2122"
    r"\u00b2\u00b3\u00b9\u2070-\u209f"
)
_ARITHMETIC: list[Rule] = [
    (re.compile(rf"(?P<before>{_SIGN})\s?(?P<whole>\d+){_CENTS}(?!\.?\d)(?P<after>)"), _money),
    (
        re.compile(rf"\b(?P<before>)(?P<whole>\d+){_CENTS}\s?(?P<after>{_SIGN})(?!\d)"),
        _money,
    ),
    (re.compile(r"(?<!\w)(?:\+\s?/\s?-|\u00b1)\s?"), "plus or minus "),
    (re.compile(r"(?:\u2264|<=)\s?"), " at most "),
    (re.compile(r"(?:\u2265|>=)\s?"), " at least "),
    (re.compile(r"\s?(?:\u2260|!=)\s?"), " is not "),
    (re.compile(r"(?:\u2248|~+|\u223c)\s?(?=\d)"), "about "),
    (re.compile(r"\s?\u2248\s?"), " is about "),
    (re.compile(r"(?<=\d)\s?<\s?(?=\d)"), " is less than "),
    (re.compile(r"(?<=\d)\s?>\s?(?=\d)"), " is more than "),
    (re.compile(r"<\s?(?=\d)"), " less than "),
    (re.compile(r"(?<![-=])>\s?(?=\d)"), " more than "),
    (re.compile(r"(?:-+|=+)>|<(?:-+|=+)"), ", "),
    (re.compile(r"(?<=[\w)])\s?=+\s?(?=[\w(])"), " equals "),
    (re.compile(r"(?<=\d)\s?\u00f7\s?(?=\d)"), " divided by "),
    (re.compile(r"(?<=\d)\s?\+\s?(?=\d)"), " plus "),
    (re.compile(r"(?<!\w)\+\s?(?=\d)"), "plus "),
    (re.compile(r"(?<=\d)\+(?!\w)"), " plus"),
    (re.compile(r"(?<=\w)\s*\+\s*(?=[^\W\d_])"), " and "),
    (re.compile(r"\s*&+\s*"), " and "),
    (re.compile(r"\s*@\s*"), " at "),
    (re.compile(r"(?<!\w)#\s?(?=\d)"), "number "),
    (re.compile(r"(?<!\w)#\s?(?=of\b)"), "number "),  # "the # of reps"
    (re.compile(r"\s?\u221e\s?"), " infinity "),
    (re.compile(r"(?<=\d)\s?\u00b0(?!\w)"), " degrees"),
    # "%50", as some write it.
    (re.compile(r"(?<!\w)(?<!\d\s)%\s?(?P<number>\d+(?:[.,]\d+)?)(?!\s?%)"), r"\g<number> percent"),
    (re.compile(r"(?<=\w)\s?%"), " percent"),
    (re.compile("(?<=[A-Za-z])[\u2080-\u2089]"), lambda found: str(ord(found.group()) - 0x2080)),  # CO\u2082
    (re.compile(f"[{_UNSAID}]"), " "),
    # Signs beside no number say nothing; a stop between two words has lost its space.
    (re.compile(r"[$\u00a2-\u00a5\u20ac\u00a8\u00f7\u00b0]"), " "),
    (re.compile(r"(?<!\w)\s*%|(?<![\s\d])\u00b1|\u00b1(?=\s*$)"), " "),
    (re.compile(r"(?<=[^\W\d_]{2})%(?=\w)"), " "),
    (re.compile(r"(?<=[^\W\d_])\s?:(?=[^\W\d_])"), ": "),
    (re.compile(r"(?<=[^\W\d_]{2})\s?([!?;]+|\.+)(?=[^\W\d_]{2})"), r"\1 "),
    (re.compile(r"\s--+\s"), " \u2013 "),
    (re.compile(r"(?<=\w)--+(?=\w)"), " \u2013 "),
]  # fmt: skip


_GLUED = re.compile(r"[a-z]\.[a-z]")


def signs(text: str) -> str:
    """Return `text` with words for its signs: 10 reps/side, knees/feet, 5 + 3, <20, ~5, $5, #1, you & me."""
    if (
        not _GLUED.search(text)
        and text.isascii()
        and text.replace(" ", "").replace(",", "").replace(".", "").isalnum()
    ):
        return text
    return changed(changed(text, _ARITHMETIC), _WORDS)
