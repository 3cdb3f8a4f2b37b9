"""The best session that keeps to every rule: each step adds an exercise to the best beginnings so far.

Of few exercises all orders are tried, so the result is the best there is. Of many, the best of each length,
part of the arc and group of positions go on (a beam search).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import add
from typing import NamedTuple

from audioguide.compose import order, rules, score
from audioguide.compose.facts import Facts
from audioguide.compose.items import Item, Leg, items_of, leg_of
from audioguide.compose.lengths import PREPARING, REST, WALKING, Span, arrival
from audioguide.compose.wishes import Wishes

IN_FULL = 7  # so few exercises are tried in every order
# Beginnings that go on for each part of the arc and group of positions; more where there are few exercises.
WIDTH, WIDE = 4, 220


class Beginning(NamedTuple):
    """The exercises so far, by number and as the bits of `mask`, and what they add up to."""

    numbers: tuple[int, ...]
    mask: int
    worth: int
    span: Span
    position: str
    changes: int
    effort: int
    served: tuple[int, ...]
    stages: tuple[int, ...]
    prepares: frozenset[str]
    ground: str
    useful: int
    seated: int
    aspects: frozenset[tuple[str, str]]
    stations: tuple[str, ...]


@dataclass(slots=True)
class Choice:
    """One search among these exercises, for these wishes; `frame` is the length of all else, in ticks."""

    among: Sequence[Facts]
    wishes: Wishes
    frame: int
    possible: Sequence[Facts] = ()
    best: tuple[int, tuple[int, ...]] | None = None
    items: list[Item] = field(default_factory=list)
    legs: dict[tuple[str, int], Leg | None] = field(default_factory=dict)
    follows: list[list[int]] = field(default_factory=list)
    stages: Sequence[Facts] = ()  # one of the possible ones for each part of the arc
    seldom_seated: bool = False
    seats: int = 0  # so many seated ones are no loss: some of what suits the length is to arrive and to rest
    floor_last: bool = False
    rises: bool = False
    most_served: int = score.MOST_SERVED
    most: tuple[tuple[int, ...], int, int] = ((), 0, 0)  # of each part of the arc, of effort, of changes

    def run(self) -> list[Facts] | None:
        """Return the best session, or None where none keeps to all rules."""
        self._prepare()
        waiting = [state for number in range(len(self.among)) if (state := self._first(number))]
        while waiting:
            for state in waiting:
                self._consider(state)
            waiting = self._kept([after for state in waiting for after in self._longer(state)])
        return [self.among[number] for number in self.best[1]] if self.best else None

    def _prepare(self) -> None:
        wishes, among, length = self.wishes, self.among, self.wishes.length
        self.stages = tuple({each.stage: each for each in self.possible}.values())
        self.items = items_of(among, self.possible, wishes)
        self.seldom_seated = order.many_seated(self.possible, wishes)
        self.seats = -(-score.target(wishes) // 4) if self.seldom_seated else len(among)
        self.most_served = score.most_served(wishes)
        self.floor_last, self.rises = order.floor_last(wishes), rules.stays_up(wishes)
        self.most = (rules.most_of_stage(length), rules.most_effort(wishes), rules.most_changes(length))
        able = [number for number, item in enumerate(self.items) if item.fits]
        self.follows = [
            [
                number
                for number in able
                if among[number] is not before and rules.may_follow(before, among[number], wishes)
            ]
            for before in among
        ]

    def _first(self, number: int) -> Beginning | None:
        facts = self.among[number]
        if not self.items[number].fits or not rules.on_purpose(facts, self.wishes):
            return None
        if not self._may_begin(facts):
            return None
        frame = self.frame + arrival(facts)
        nothing = Beginning(
            (), 0, 0, Span(frame, frame, frame), "", 0, 0, (0,) * len(self.wishes.body), (0, 0, 0, 0),
            frozenset(), "", 0, 0, frozenset(), (),
        )  # fmt: skip
        return self._added(nothing, number)

    def _may_begin(self, facts: Facts) -> bool:
        """Return whether a session may begin so: with arriving or warming up, where that is a must."""
        must = self.wishes.length >= rules.ARC_FROM and any(each.stage < 2 for each in self.possible)
        return facts.stage < 2 or not must

    def _longer(self, state: Beginning) -> Iterator[Beginning]:
        for number in self.follows[state.numbers[-1]]:
            if not state.mask >> number & 1 and (after := self._added(state, number)):
                yield after

    def _leg(self, position: str, number: int) -> Leg | None:
        """Return the way from a position to an exercise; None where it may not be gone."""
        key = (position, number)
        if key not in self.legs:
            self.legs[key] = leg_of(position, self.among[number], self.wishes)
        return self.legs[key]

    def _fits(self, state: Beginning, item: Item) -> bool:
        """Return whether an exercise may come after all others, whatever the way and the time."""
        stages, effort, _ = self.most
        return (
            state.stages[item.stage] < stages[item.stage]
            and not state.mask & item.clash
            and state.effort + item.effort <= effort
            and (not item.ground or not state.ground or item.ground == state.ground)
        )

    def _added(self, state: Beginning, number: int) -> Beginning | None:
        item, leg = self.items[number], self._leg(state.position, number)
        if leg is None or state.changes + leg.changes > self.most[2] or not self._fits(state, item):
            return None
        new = item.prepares - state.prepares
        fixed = leg.ticks + PREPARING * len(new) + WALKING * _walks(state.stations, item)
        rest = REST if state.numbers else (0, 0, 0)
        shortest = state.span[0] + item.span[0] + fixed + rest[0]
        if shortest > self.wishes.length:
            return None
        span = Span(
            shortest,
            state.span[1] + item.span[1] + fixed + rest[1],
            state.span[2] + item.span[2] + fixed + rest[2],
        )
        stages = state.stages
        stages = (*stages[: item.stage], stages[item.stage] + 1, *stages[item.stage + 1 :])
        return Beginning(
            (*state.numbers, number), state.mask | 1 << number,
            state.worth + self._points(state, item, leg), span, item.last or state.position,
            state.changes + leg.changes, state.effort + item.effort,
            tuple(map(add, state.served, item.serves)), stages,
            state.prepares | new if new else state.prepares, state.ground or item.ground,
            state.useful + item.useful, state.seated + item.seated, state.aspects | item.aspects,
            _went(state.stations, item.station),
        )  # fmt: skip

    def _points(self, state: Beginning, item: Item, leg: Leg) -> int:
        """Return what an exercise is worth after others."""
        points = item.worth + leg.points
        points += score.DOUBLE * (state.mask & item.doubles).bit_count()
        points += score.ORDER * (state.mask & item.ill).bit_count()
        points += score.NEW * (not item.aspects <= state.aspects)
        points += score.RETURN * (item.station in state.stations[:-1])
        if item.loaded and not state.stages[2]:
            points += score.LOADED_FIRST
        return points

    def _consider(self, state: Beginning) -> None:
        wishes = self.wishes
        if not state.span.reaches(wishes.length) or not min(state.served):
            return
        parts = [self.among[number] for number in state.numbers]
        if state.position in rules.NO_END or not rules.may_end(parts[-1], wishes):
            return
        if wishes.aim == "sleep" and not _lies(state.position):
            return
        if not rules.whole_arc(parts, self.stages, wishes):
            return
        if not set(wishes.like) <= {each.name for each in parts}:
            return
        total = state.worth + self._of_places(state) + self._of_shares(state)
        total += score.of_whole(len(parts), state.span.usual, state.served, state.useful, wishes)
        if self.best is None or (-total, state.numbers) < (-self.best[0], self.best[1]):
            self.best = (total, state.numbers)

    def _of_places(self, state: Beginning) -> int:
        """Return what a whole session loses for where it is done."""
        wishes, active = self.wishes, state.stages[1] + state.stages[2]
        points = 0
        if self.seldom_seated:
            points += score.SEATED * max(0, state.seated - -(-active // 3))
        if (self.floor_last and not _lies(state.position)) or (self.rises and not _is_up(state.position)):
            points += score.WRONG_END
        if wishes.length <= order.FEW_STATIONS:
            points += score.STATION * max(0, len(set(state.stations)) - 2)
        return points

    def _of_shares(self, state: Beginning) -> int:
        """Return what a whole session loses for wishes that come off badly."""
        shares = [self.items[number].shares for number in state.numbers]
        return score.of_shares([sum(of_wish) for of_wish in zip(*shares, strict=True)])

    def _rank(self, state: Beginning) -> int:
        """Return what beginnings are compared by: what the whole session gets for its wishes counts, too."""
        served = score.LEAST_SERVED * min(self.most_served, *state.served)
        points = state.worth + served - score.TOO_FEW * min(score.ENOUGH, state.useful)
        return -points - score.SEATED * max(0, state.seated - self.seats)

    def _kept(self, states: list[Beginning]) -> list[Beginning]:
        if len(self.among) <= IN_FULL:
            return states
        ranked = sorted((self._rank(state), state.numbers, at) for at, state in enumerate(states))
        seen: set[tuple[int, int]] = set()
        kept: dict[tuple[int, bool, str], list[Beginning]] = {}
        width = max(WIDTH, WIDE // len(self.among))
        liked = sum(1 << at for at, each in enumerate(self.among) if each.name in self.wishes.like)
        for state in (states[at] for _, _, at in ranked):
            last = state.numbers[-1]
            whole = state.mask & liked == liked and min(state.served) > 0
            group = kept.setdefault((self.items[last].stage, whole, rules.group(state.position)), [])
            if len(group) < width and (state.mask, last) not in seen:
                seen.add((state.mask, last))
                group.append(state)
        return [state for group in kept.values() for state in group]


def _went(stations: tuple[str, ...], station: str) -> tuple[str, ...]:
    return (*stations, station) if station and stations[-1:] != (station,) else stations


def _walks(stations: tuple[str, ...], item: Item) -> bool:
    """Return whether words lead to the place of an exercise: see `audioguide.compiler.walking`."""
    return bool(stations) and item.stands and item.station not in ("", stations[-1])


def _lies(position: str) -> bool:
    return rules.group(position) in ("lying", "")


def _is_up(position: str) -> bool:
    return rules.group(position) in (*rules.UP, "")
