"""Numbers as leaflets write them: 10, ten, 10-20, "10 to 20", "between 10 and 20", "10 or more"."""

from __future__ import annotations

import re
from dataclasses import dataclass

ONES = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

_TENS = "|".join(TENS)
_ONES = "|".join(sorted(ONES, key=len, reverse=True))
NUMBER = (
    r"(?:\d{1,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?(?: 1/2)?|1/2"
    rf"|(?:{_TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|{_ONES}|a hundred|(?:a )?dozen)"
)
_ABOUT = r"(?:about|around|approximately|approx\.?|roughly|some|say|~|circa|ca\.?)"
RANGE = (
    rf"(?:{_ABOUT} ?)?(?P<least>at least |a minimum of |minimum |no less than |> ?)?"
    rf"(?P<most>up to |a maximum of |maximum |no more than |no longer than |not more than |"
    rf"at most )?(?:{_ABOUT} )?(?:between |from )?"
    rf"(?P<low>{NUMBER})(?: ?(?:-|to|or|and|till|until|/) ?(?:{_ABOUT} )?(?P<high>{NUMBER}))?"
    r"(?P<more> ?\+| or more| or longer| plus)?"
)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; None where the text leaves that end open."""

    low: float | None
    high: float | None

    def times(self, factor: float) -> Range:
        """Return both ends multiplied by `factor`."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Range(low, high)

    @property
    def typical(self) -> float | None:
        """Return one number inside of it: the lower middle, or the end that is known."""
        if self.low is None or self.high is None:
            return self.low if self.high is None else self.high
        return (self.low + self.high) // 2 if self.low < self.high else self.low

    def as_json(self) -> dict[str, float | int | None]:
        """Return it as JSON data, whole numbers without a point."""
        return {"min": whole(self.low), "max": whole(self.high)}


UNKNOWN = Range(None, None)


def whole(number: float | None) -> float | int | None:
    """Return `number` as an int where it is a whole one."""
    return int(number) if number is not None and float(number).is_integer() else number


def value(words: str) -> float:
    """Read one number that `NUMBER` matches."""
    words = words.strip().lower()
    if words.endswith("dozen"):
        return 12
    if words == "a hundred":
        return 100
    half = 0.5 if words.endswith("1/2") else 0.0
    words = words.removesuffix("1/2").strip()
    if not words:
        return half
    if words[0].isdigit():
        return float(words.replace(",", ".")) + half
    return float(sum(TENS.get(part, 0) or ONES.get(part, 0) for part in re.split(r"[- ]", words)))


def range_of(match: re.Match[str]) -> Range:
    """Read what `RANGE` matched."""
    low = value(match["low"])
    high = value(match["high"]) if match["high"] else low
    if high < low and not match["least"]:
        high = low
    if match["least"] or match["more"]:
        return Range(low, high if match["high"] and not match["more"] else None)
    if match["most"]:
        return Range(None, high) if not match["high"] else Range(low, high)
    return Range(low, high)
