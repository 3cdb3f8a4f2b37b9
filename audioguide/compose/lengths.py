"""How long a session may be, from what is known of its exercises: shortest, usual and longest."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from audioguide.compose.facts import Facts, SessionSetting
from audioguide.compose.purpose import purpose
from audioguide.compose.wishes import Wishes
from audioguide.routine.language.positions import Position, way
from audioguide.units import TICKS_PER_SECOND, format_length, parse_duration

REST = (5 * TICKS_PER_SECOND, 8 * TICKS_PER_SECOND, 10 * TICKS_PER_SECOND)  # between two exercises
# What a sentence takes to say: one that leads to a position; one of the preparation, with its pause.
LEADING, PREPARING = 5 * TICKS_PER_SECOND // 2, 14 * TICKS_PER_SECOND // 5
# Ours: nobody who came for the legs waits longer for the end of a rest, or of a breath exercise.
LONG_REST, BREATHS = 300 * TICKS_PER_SECOND, 150 * TICKS_PER_SECOND
REST_ITSELF = frozenset({"mind", "breath"})
SHARE = 3  # no exercise is longer than a third of a session
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


def most_of(facts: Facts, wishes: Wishes) -> int | None:
    """Return how long an exercise lasts at most, in ticks; None where it has no bound.

    A third of the session, unless nothing fits so. To arrive or rest less, unless that is the wish.
    """
    if facts.name in wishes.like or (wishes.loose and not facts.is_frame):
        return None
    if not facts.is_frame:
        return wishes.length // SHARE
    if wishes.aim in ("sleep", "unwind"):
        return None
    if not REST_ITSELF.isdisjoint(wishes.body):
        return None
    share = wishes.length // (3 if purpose(facts, wishes) == 2 else 4)
    most = min(share, max(LONG_REST, wishes.length // 8))
    return min(most, BREATHS) if facts.body[:1] == ("breath",) else most


def capped(facts: Facts, setting: SessionSetting, wishes: Wishes) -> tuple[str, str]:
    """Return the default and the upper bound of a setting within a session."""
    most = most_of(facts, wishes)
    if most is None and not facts.is_frame:
        return setting.default, setting.high
    if most is None:
        return _at_most(setting, wishes.length // (2 if wishes.aim == "sleep" else 3))
    room = facts.longest - facts.shortest
    return _at_most(setting, None, max(0, min(room, most - facts.shortest)), room)


def _at_most(setting: SessionSetting, most: int | None, part: int = 1, of: int = 1) -> tuple[str, str]:
    """Return default and upper bound, within `most` ticks, or `part` of the way from the lower bound."""
    if setting.kind == "count":
        low, high, default = int(setting.low), int(setting.high), int(setting.default)
        top = high if of < 1 else low + (high - low) * part // of
        return str(min(default, top)), str(top)
    low, default, high = map(parse_duration, (setting.low, setting.default, setting.high))
    top = most if most is not None else low + (high - low) * part // max(1, of)
    top = max(low, top // TICKS_PER_SECOND * TICKS_PER_SECOND)
    if top >= high:
        return setting.default, setting.high
    return (setting.default if default <= top else format_length(top)), format_length(top)


def span_of(facts: Facts, wishes: Wishes) -> Span:
    """Return the lengths of an exercise in a session: arriving and resting take no more than their share.

    One that is asked for by name is never shorter than as written.
    """
    shortest, usual, longest = facts.shortest, facts.usual, facts.longest
    most = most_of(facts, wishes)
    if most is None and not facts.is_frame:
        return Span(usual if facts.name in wishes.like else shortest, usual, longest)
    if most is not None:
        top = max(shortest, min(longest, most))
        return Span(shortest, min(usual, top), top)
    less_usual = less = 0
    for setting in facts.settings:
        default, high = capped(facts, setting, wishes)
        if setting.kind == "time" and (default, high) != (setting.default, setting.high):
            less_usual += parse_duration(setting.default) - parse_duration(default)
            less += parse_duration(setting.high) - parse_duration(high)
    return Span(shortest, max(shortest, usual - less_usual), max(shortest, longest - less))


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
