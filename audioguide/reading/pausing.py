"""Tags that ask for a pause: other programs take them, and no voice may read them aloud."""

from __future__ import annotations

import re
from functools import cache

_TIME = (
    r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|ten)[\s-]*"
    r"(?:ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m)?\.?"
)
_WORD = r"(?:(?:long|short|brief|small|big|medium)\s+)?(?:pauses?|breaks?|silences?|slnc|wait)"
_FOR = rf"(?:\s*[:=,]?\s*(?:for\s+)?{_TIME})?"
_NUMBER = r"\d+(?:[.,]\d+)?\s*(?:ms|s|sec|seconds?)"
_ASKED = rf"(?:{_WORD}{_FOR}|{_TIME}[\s-]*{_WORD}|{_NUMBER})"
_PAUSE = (
    r"</?\s*(?:break|pause|silence)\b[^<>]*>|<#\s*[\d.,]+\s*#>|\\pau(?:se)?\s*=\s*\d+\s*\\?"
    rf"|\[+\s*{_ASKED}\s*\]+|\{{+\s*{_ASKED}\s*\}}+|\*+\s*{_WORD}\s*\*+|\|\s*{_WORD}\s*\|"
    rf"|\(\s*(?:{_WORD}{_FOR}|{_TIME}[\s-]*(?:pause|silence))\s*\)"
    r"|(?:^|\s)(?:--+|\u2014|\u2013)\s*pause\s*(?:--+|\u2014|\u2013)(?=\s|$)"
)
_SIGNS = frozenset("[({<*|\\-\u2013\u2014")
# A tag without one of these is a number in brackets. The whole pattern takes long to compile.
_HINTS = re.compile(r"break|pau|silence|slnc|wait|<#", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\[+\s*{_NUMBER}\s*\]+|\{{+\s*{_NUMBER}\s*\}}+", re.IGNORECASE)


@cache
def _any() -> re.Pattern[str]:
    return re.compile(_PAUSE, re.IGNORECASE)


def _pause(text: str) -> re.Pattern[str]:
    return _any() if _HINTS.search(text) else _IN_BRACKETS


def pause_tags(text: str) -> list[str]:
    """Return the pause tags in `text`, as they are written."""
    if _SIGNS.isdisjoint(text):
        return []
    return [found.group().strip() for found in _pause(text).finditer(text)]


def pause_seconds(tag: str) -> float:
    """Return how long a pause tag asks for, in seconds: 3 where it does not say."""
    number = re.search(r"\d+(?:[.,]\d+)?", tag)
    if not number:
        return 3
    length = float(number.group().replace(",", "."))
    if re.search(r"\bms\b|\dms|slnc|msec|milli|\\pau", tag, re.IGNORECASE):
        return length / 1000
    return length * 60 if re.search(r"\d[\s-]*m(?:in(?:ute)?s?)?\b", tag, re.IGNORECASE) else length


def without_pauses(text: str) -> str:
    """Return `text` with a comma in place of each pause tag."""
    return text if _SIGNS.isdisjoint(text) else _pause(text).sub(", ", text)
