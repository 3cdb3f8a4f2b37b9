"""How long a session may be, from what is known of its exercises: shortest, usual and longest."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from audioguide.compiler.walking import SECONDS
from audioguide.compose.facts import Facts, SessionSetting
from audioguide.compose.purpose import purpose
from audioguide.compose.wishes import Wishes
from audioguide.routine.language.positions import Position, way
from audioguide.units import TICKS_PER_SECOND, format_length, parse_duration

REST = (5 * TICKS_PER_SECOND, 8 * TICKS_PER_SECOND, 10 * TICKS_PER_SECOND)  # between two exercises
# What a sentence takes to say: one that leads to a position; one of the preparation, with its pause.
LEADING, PREPARING = 5 * TICKS_PER_SECOND // 2, 14 * TICKS_PER_SECOND // 5
WALKING = SECONDS * TICKS_PER_SECOND + LEADING  # to another wall, table or chair
# Ours: nobody who came for the legs waits longer for the end of a rest, or of a breath exercise.
LONG_REST, BREATHS = 300 * TICKS_PER_SECOND, 150 * TICKS_PER_SECOND
REST_ITSELF = frozenset({"mind", "breath"})
LEAST_SHARE = 150 * TICKS_PER_SECOND  # of which a short session has two
SHARE = 3  # no exercise is longer than a third of a session
ROUND_TIME = 5 * TICKS_PER_SECOND  # people hold for 15, 20 or 25 seconds
# Ours: wrists and knees want a change by then. It is a little less than is said, because voices differ.
ON_HANDS = 116 * TICKS_PER_SECOND
# So much where an exercise takes longer than that at its shortest.
LONGEST_ON_HANDS = 152 * TICKS_PER_SECOND
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


def share_of(wishes: Wishes) -> int:
    """Return how long an exercise for the wishes lasts at most, in ticks."""
    return max(LEAST_SHARE, wishes.length // SHARE)


def most_of(facts: Facts, wishes: Wishes) -> int | None:
    """Return how long an exercise lasts at most, in ticks; None where it has no bound.

    A share of the session, unless nothing fits so. To arrive or rest less, unless that is the wish. On hands
    and knees, two minutes in one go; one that is asked for by name is as written there.
    """
    share = _share_of_session(facts, wishes)
    if not facts.on_hands:
        return share
    if _as_written(facts, wishes):
        return facts.usual
    on_hands = max(ON_HANDS + facts.off_hands, facts.shortest)
    return on_hands if share is None else min(on_hands, share)


def _as_written(facts: Facts, wishes: Wishes) -> bool:
    """Return whether an exercise on hands and knees is asked for by name, and lasts as long as it says."""
    return bool(facts.on_hands) and facts.name in wishes.like


def _share_of_session(facts: Facts, wishes: Wishes) -> int | None:
    if facts.name in wishes.like or (wishes.loose > 1 and not facts.is_frame):
        return None
    if not facts.is_frame:
        return share_of(wishes)
    if wishes.aim in ("sleep", "unwind"):
        return None
    if not REST_ITSELF.isdisjoint(wishes.body):
        return None
    share = wishes.length // (3 if purpose(facts, wishes) == 2 else 4)
    most = min(share, max(LONG_REST, wishes.length // 8))
    return min(most, BREATHS) if facts.body[:1] == ("breath",) else most


def too_long_on_hands(facts: Facts, wishes: Wishes) -> bool:
    """Return whether an exercise is too long on hands and knees at its shortest, where others will do."""
    return facts.on_hands > LONGEST_ON_HANDS and facts.name not in wishes.like and wishes.loose < 2


def capped(facts: Facts, setting: SessionSetting, wishes: Wishes) -> tuple[str, str]:
    """Return the default and the upper bound of a setting within a session."""
    most = most_of(facts, wishes)
    if most is None and not facts.is_frame:
        return setting.default, setting.high
    if _as_written(facts, wishes):
        return setting.default, setting.default
    if most is None:
        return _at_most(setting, wishes.length // (2 if wishes.aim == "sleep" else 3))
    times, counts = _shares(facts, most)
    return _part(setting, *(counts if setting.kind == "count" else times))


def _shares(facts: Facts, most: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how far times may go from their lower bounds, and counts, for an exercise of `most` ticks.

    Each is a fraction, two numbers. Times go first: longer holds are better than more of them.
    """
    held = facts.held or facts.longest
    if most >= facts.longest:
        return (1, 1), (1, 1)
    if most >= held:
        return (1, 1), (most - held, facts.longest - held)
    return (max(0, most - facts.shortest), max(1, held - facts.shortest)), (0, 1)


def _part(setting: SessionSetting, part: int, of: int) -> tuple[str, str]:
    """Return default and upper bound, `part` of `of` of the way from the lower bound, in steps."""
    if part >= of:
        return setting.default, setting.high
    if setting.kind == "count":
        low, high, default = int(setting.low), int(setting.high), int(setting.default)
        top = low + (high - low) * part // of
        return str(min(default, top)), str(top)
    low, high = parse_duration(setting.low), parse_duration(setting.high)
    return _at_most(setting, low + (high - low) * part // of)


def _at_most(setting: SessionSetting, top: int) -> tuple[str, str]:
    """Return default and upper bound within `top` ticks, in whole steps."""
    if setting.kind == "count":
        return setting.default, setting.high
    low, default, high = map(parse_duration, (setting.low, setting.default, setting.high))
    top = max(low, top // ROUND_TIME * ROUND_TIME)
    if top >= high:
        return setting.default, setting.high
    return (setting.default if default <= top else format_length(top)), format_length(top)


def span_of(facts: Facts, wishes: Wishes) -> Span:
    """Return the lengths of an exercise in a session, within its share.

    One that is asked for by name is never shorter than as written.
    """
    shortest, usual, longest = facts.shortest, facts.usual, facts.longest
    most = most_of(facts, wishes)
    if most is None and not facts.is_frame:
        return Span(usual if facts.name in wishes.like else shortest, usual, longest)
    if _as_written(facts, wishes):
        return Span(usual, usual, usual)
    if most is not None:
        top = _longest(facts, most)
        return Span(shortest, min(usual, top), top)
    less_usual = less = 0
    for setting in facts.settings:
        default, high = capped(facts, setting, wishes)
        if setting.kind == "time" and (default, high) != (setting.default, setting.high):
            less_usual += parse_duration(setting.default) - parse_duration(default)
            less += parse_duration(setting.high) - parse_duration(high)
    return Span(shortest, max(shortest, usual - less_usual), max(shortest, longest - less))


def _longest(facts: Facts, most: int) -> int:
    """Return how long an exercise is with the bounds that `most` leaves to its settings."""
    held = facts.held or facts.longest
    times, counts = _shares(facts, most)
    turned, start, room = (
        ("count", held, facts.longest - held)
        if times == (1, 1)
        else ("time", facts.shortest, held - facts.shortest)
    )
    share = counts if turned == "count" else times
    if share[0] >= share[1]:
        return facts.longest
    gone = [_way(each, _part(each, *share)[1]) for each in facts.settings if each.kind == turned]
    part, of = min(gone, key=lambda way: way[0] / way[1], default=(0, 1))
    return start + room * part // of


def _way(setting: SessionSetting, top: str) -> tuple[int, int]:
    """Return how far `top` is from the lower bound, and how far the upper bound is."""
    if setting.kind == "count":
        return int(top) - int(setting.low), max(1, int(setting.high) - int(setting.low))
    low, high = parse_duration(setting.low), parse_duration(setting.high)
    return parse_duration(top) - low, max(1, high - low)


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
