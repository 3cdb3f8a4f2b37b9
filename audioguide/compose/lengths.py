"""How long a session may be, from what is known of its exercises: shortest, usual and longest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, cast

from audioguide.compose.facts import Facts, SessionSetting
from audioguide.compose.wishes import Wishes
from audioguide.routine.language.positions import Position, way
from audioguide.units import TICKS_PER_SECOND, format_length, parse_duration

REST = (4 * TICKS_PER_SECOND, 8 * TICKS_PER_SECOND, 15 * TICKS_PER_SECOND)  # between two exercises
# What a sentence takes to say: one that leads to a position; one of the preparation, with its pause.
LEADING, PREPARING = 5 * TICKS_PER_SECOND // 2, 14 * TICKS_PER_SECOND // 5
MARGIN = 30  # a thirtieth of the length: voices differ from estimates


class Span(NamedTuple):
    """Lengths in ticks: all settings low, as written, and high."""

    shortest: int
    usual: int
    longest: int

    def __add__(self, other: Span) -> Span:  # type: ignore[override]
        """Return the lengths of one after the other."""
        return Span(self[0] + other[0], self[1] + other[1], self[2] + other[2])

    def reaches(self, length: int) -> bool:
        """Return whether `length` lies between shortest and longest, with room for a voice that differs."""
        room = length // MARGIN
        return self.shortest + room <= length <= self.longest - room


def most_of(wishes: Wishes) -> int:
    """Return how long to arrive or rest at most, in ticks: a third of the session, half of it for sleep."""
    return wishes.length // (2 if wishes.aim == "sleep" else 3)


def capped(facts: Facts, setting: SessionSetting, wishes: Wishes) -> tuple[str, str]:
    """Return the default and the upper bound of a setting within a session."""
    if not facts.is_frame or setting.kind != "time":
        return setting.default, setting.high
    most = max(most_of(wishes) // TICKS_PER_SECOND * TICKS_PER_SECOND, parse_duration(setting.low))
    values = [(parse_duration(text), text) for text in (setting.default, setting.high)]
    default, high = (text if ticks <= most else format_length(most) for ticks, text in values)
    return default, high


def span_of(facts: Facts, wishes: Wishes) -> Span:
    """Return the lengths of an exercise in a session: arriving and resting take no more than their share."""
    less_usual = less = 0
    for setting in facts.settings:
        default, high = capped(facts, setting, wishes)
        if (default, high) != (setting.default, setting.high):
            less_usual += parse_duration(setting.default) - parse_duration(default)
            less += parse_duration(setting.high) - parse_duration(high)
    shortest = facts.shortest
    return Span(shortest, max(shortest, facts.usual - less_usual), max(shortest, facts.longest - less))


@cache
def way_between(start: str, end: str) -> int:
    """Return about how long it takes to be led from one position to another, in ticks."""
    if not start or not end:
        return 0
    moves = way(cast("Position", start), cast("Position", end))
    return sum(seconds * TICKS_PER_SECOND + LEADING for _, seconds in moves)


def arrival(facts: Facts) -> int:
    """Return about how long it takes to come to the first position, in ticks."""
    return 8 * TICKS_PER_SECOND if facts.first else 0


def prepared(parts: Sequence[Facts]) -> list[str]:
    """Return what is said at the start, each sentence once, in order."""
    return list(dict.fromkeys(sentence for each in parts for sentence in each.prepares))
