"""Tags that ask for a pause: other programs take them, and no voice may read them aloud."""

from __future__ import annotations

import re

_TIME = (
    r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|ten)[\s-]*"
    r"(?:ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m)?\.?"
)
_WORD = r"(?:(?:long|short|brief|small|big|medium)\s+)?(?:pauses?|breaks?|silences?|slnc|wait)"
_FOR = rf"(?:\s*[:=,]?\s*(?:for\s+)?{_TIME})?"
_ASKED = rf"(?:{_WORD}{_FOR}|{_TIME}[\s-]*{_WORD}|\d+(?:[.,]\d+)?\s*(?:ms|s|sec|seconds?))"
PAUSE = re.compile(
    r"</?\s*(?:break|pause|silence)\b[^<>]*>|<#\s*[\d.,]+\s*#>|\\pau(?:se)?\s*=\s*\d+\s*\\?"
    rf"|\[+\s*{_ASKED}\s*\]+|\{{+\s*{_ASKED}\s*\}}+|\*+\s*{_WORD}\s*\*+|\|\s*{_WORD}\s*\|"
    rf"|\(\s*(?:{_WORD}{_FOR}|{_TIME}[\s-]*(?:pause|silence))\s*\)"
    r"|(?:^|\s)(?:--+|\u2014|\u2013)\s*pause\s*(?:--+|\u2014|\u2013)(?=\s|$)",
    re.IGNORECASE,
)


def pause_tags(text: str) -> list[str]:
    """Return the pause tags in `text`, as they are written."""
    return [found.group().strip() for found in PAUSE.finditer(text)]


def without_pauses(text: str) -> str:
    """Return `text` with a comma in place of each pause tag."""
    return PAUSE.sub(", ", text)
