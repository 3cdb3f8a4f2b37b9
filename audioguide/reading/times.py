"""English: 7:30, 1:05:00 and 0:45 as a time of the day, a length or a ratio."""

from __future__ import annotations

import re

from audioguide.reading.rules import Rule, changed

_LASTING = (
    r"(?:for|hold|holds|rest|wait|lasts?|takes?|stay|pause|breathe|at least|at most|about|up to|every|"
    r"another|timer|duration|length|plank|in)"
)
_HELD = r"(?:holds?|rests?|planks?|wall sit|timer|break|pause|interval|on|off|per|each)"
_ALONE = r"(?<![\d:.])"
_ENDS = r"(?![\d:])"


def amount(count: int, unit: str) -> str:
    """Return "1 minute", "2 minutes"."""
    return f"{count} {unit}{'s' * (count != 1)}"


def _length(*parts: tuple[str, str]) -> str:
    return " ".join(amount(int(count), unit) for count, unit in parts if int(count)) or "0 seconds"


def _minutes(found: re.Match[str]) -> str:
    return found[1] + _length((found[2], "minute"), (found[3], "second"))


def _clock(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), found[2]
    if minutes == "00":
        half = re.match(r"\s?[ap][. ]?m\b", found.string[found.end() :], re.IGNORECASE)
        return f"{hours}" if half else f"{hours} o'clock" if 1 <= hours <= 12 else f"{hours} hundred"
    return f"{hours} oh {minutes[1]}" if minutes[0] == "0" else f"{hours} {minutes}"


_RULES: list[Rule] = [
    (
        re.compile(rf"{_ALONE}(\d{{1,2}}):([0-5]\d):([0-5]\d){_ENDS}(?:\s?h(?:ours?|rs?)?\b)?"),
        lambda found: _length((found[1], "hour"), (found[2], "minute"), (found[3], "second")),
    ),
    (
        re.compile(rf"{_ALONE}()(\d{{1,2}}):([0-5]\d)\s?(?:minutes?|mins?\b\.?|m\b(?!\.))", re.IGNORECASE),
        _minutes,
    ),
    (
        re.compile(rf"{_ALONE}(\d{{1,2}}):([0-5]\d)\s?(?:hours?|hrs?\b\.?|h\b)", re.IGNORECASE),
        lambda found: _length((found[1], "hour"), (found[2], "minute")),
    ),
    (re.compile(r"(?<=\d) : (?=\d)"), " to "),
    (re.compile(rf"{_ALONE}()(0{{1,2}}):([0-5]\d){_ENDS}"), _minutes),
    (
        re.compile(
            rf"\b({_LASTING}[:,]?\s+){_ALONE}(\d{{1,2}}):([0-5]\d){_ENDS}(?!\s?[ap]\.?m)", re.IGNORECASE
        ),
        _minutes,
    ),
    (re.compile(rf"{_ALONE}()(\d{{1,2}}):([0-5]\d)(?=\s+{_HELD}\b)", re.IGNORECASE), _minutes),
    (re.compile(rf"{_ALONE}(\d{{1,2}}):([0-5]\d){_ENDS}"), _clock),
    (
        re.compile(rf"{_ALONE}\d(?::\d){{2,3}}(?=\s+(?:breath|pattern|count|rhythm))"),
        lambda found: found.group().replace(":", " "),
    ),
    (
        re.compile(rf"{_ALONE}\d{{1,2}}(?::\d{{1,2}}){{1,3}}{_ENDS}"),
        lambda found: found.group().replace(":", " to "),
    ),
]  # fmt: skip


def times(text: str) -> str:
    """Return `text` with times of the day, lengths and ratios as they are read out."""
    return changed(text, _RULES) if ":" in text else text
