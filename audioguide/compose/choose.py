"""The best session that keeps to every rule: each step adds an exercise to the best beginnings so far.

Of few exercises all orders are tried, so the result is the best there is. Of many, the best of each length
and part of the arc go on (a beam search).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from audioguide.compose import order, purpose, rules, score
from audioguide.compose.facts import Facts
from audioguide.compose.lengths import PREPARING, REST, Span, arrival, span_of, way_between
from audioguide.compose.wishes import Wishes

IN_FULL = 7  # so few exercises are tried in every order
# Beginnings that go on for each part of the arc and group of positions; more where there are few exercises.
WIDTH, WIDE = 6, 400


@dataclass(frozen=True, slots=True)
class Beginning:
    """The exercises so far, by number, and what they add up to."""

    numbers: tuple[int, ...]
    worth: int
    span: Span
    position: str
    changes: int
    effort: int
    served: tuple[int, ...]
    stages: tuple[int, int, int, int]
    prepares: frozenset[str] = frozenset()
    ground: str = ""
    useful: int = 0
    seated: int = 0
    aspects: frozenset[tuple[str, str]] = frozenset()
    stations: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, tuple[int, ...]]:
        """Return what beginnings are compared by: what the whole session gets for its wishes counts, too."""
        served = score.LEAST_SERVED * min(score.MOST_SERVED, *self.served)
        return (-self.worth - served + score.TOO_FEW * min(score.ENOUGH, self.useful), self.numbers)


@dataclass(slots=True)
class Choice:
    """One search among these exercises, for these wishes; `frame` is the length of all else, in ticks."""

    among: Sequence[Facts]
    wishes: Wishes
    frame: int
    possible: Sequence[Facts] = ()
    best: tuple[int, tuple[int, ...]] | None = None
    worths: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    serves: list[tuple[int, ...]] = field(default_factory=list)
    follows: list[list[int]] = field(default_factory=list)
    doubles: list[frozenset[int]] = field(default_factory=list)
    ill: list[frozenset[int]] = field(default_factory=list)  # what should not come before each
    useful: list[bool] = field(default_factory=list)
    aspects: list[frozenset[tuple[str, str]]] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    seldom_seated: bool = False
    floor_last: bool = False
    stages: Sequence[Facts] = ()  # one of the possible ones for each part of the arc

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
        wishes, among = self.wishes, self.among
        self.stages = tuple({each.stage: each for each in self.possible}.values())
        preferred = score.preferences(self.possible, wishes)
        self.worths = [score.of_exercise(each, wishes) + preferred[each.name] for each in among]
        self.spans = [span_of(each, wishes) for each in among]
        least = [self._least(wish) for wish in wishes.body]
        self.serves = [tuple(int(needs(each)) for needs in least) for each in among]
        self.useful = [_is_useful(each, wishes) for each in among]
        self.aspects = [
            purpose.aspects(each, wishes) if each.stage == 2 else frozenset[tuple[str, str]]()
            for each in among
        ]
        self.stations = [order.station(each) for each in among]
        self.seldom_seated = order.many_seated(self.possible, wishes)
        self.floor_last = order.floor_last(wishes)
        self.ill = [
            frozenset(number for number, before in enumerate(among) if order.ill_ordered(before, each))
            for each in among
        ]
        self.doubles = [
            frozenset(
                number for number, other in enumerate(among) if other is not each and each.is_double_of(other)
            )
            for each in among
        ]
        self.follows = [
            [
                number
                for number, after in enumerate(among)
                if after is not before and rules.may_follow(before, after, wishes)
            ]
            for before in among
        ]

    def _least(self, wish: str) -> Callable[[Facts], bool]:
        """Return what counts as an exercise for a wish: one mainly for it that moves, where there is one."""
        found = (
            [] if self.wishes.loose else [each for each in self.possible if purpose.is_for(each, wish) == 2]
        )
        if any(each.stage == 2 for each in found):
            return lambda each: each.stage == 2 and purpose.is_for(each, wish) == 2
        return lambda each: purpose.is_for(each, wish) > int(bool(found))

    def _first(self, number: int) -> Beginning | None:
        facts = self.among[number]
        if not rules.on_purpose(facts, self.wishes) or not self._may_begin(facts):
            return None
        frame = self.frame + arrival(facts)
        nothing = Beginning(
            (), 0, Span(frame, frame, frame), "", 0, 0, (0,) * len(self.wishes.body), (0, 0, 0, 0)
        )
        return self._added(nothing, number)

    def _may_begin(self, facts: Facts) -> bool:
        """Return whether a session may begin so: with arriving or warming up, where that is a must."""
        must = self.wishes.length >= rules.ARC_FROM and any(each.stage < 2 for each in self.possible)
        return facts.stage < 2 or not must

    def _longer(self, state: Beginning) -> Iterator[Beginning]:
        for number in self.follows[state.numbers[-1]]:
            if number not in state.numbers and (after := self._added(state, number)):
                yield after

    def _fits(self, state: Beginning, number: int) -> bool:
        """Return whether an exercise may come after all others, whatever the time."""
        facts, wishes = self.among[number], self.wishes
        if state.stages[facts.stage] >= rules.most_of_stage(wishes.length)[facts.stage]:
            return False
        if {state.ground, facts.ground} == {"bed", "floor"}:
            return False
        if state.effort + facts.effort > rules.most_effort(wishes):
            return False
        if not rules.way_is_free(state.position, facts.first, wishes):
            return False
        return rules.may_rest(state.position, facts, wishes) and not self._is_double(state, number)

    def _added(self, state: Beginning, number: int) -> Beginning | None:
        facts, wishes = self.among[number], self.wishes
        if not self._fits(state, number):
            return None
        stages = list(state.stages)
        stages[facts.stage] += 1
        changes, before = state.changes, rules.group(state.position)
        for position in (facts.first, facts.last):
            if place := rules.group(position):
                changes += bool(before) and place != before
                before = place
        if changes > rules.most_changes(wishes.length):
            return None
        new = frozenset(facts.prepares) - state.prepares
        way = way_between(state.position, facts.first)
        fixed = way + PREPARING * len(new)
        span = state.span + self.spans[number] + Span(fixed, fixed, fixed)
        if state.numbers:
            span = span + Span(*REST)
        if span.shortest > wishes.length:
            return None
        worth = state.worth + self._points(state, number) + score.CHANGE * (changes - state.changes)
        worth -= way // score.WAY
        aspects, station = self.aspects[number], self.stations[number]
        served = tuple(a + b for a, b in zip(state.served, self.serves[number], strict=True))
        return Beginning(
            (*state.numbers, number), worth, span, facts.last or state.position, changes,
            state.effort + facts.effort, served,
            (stages[0], stages[1], stages[2], stages[3]), state.prepares | new, state.ground or facts.ground,
            state.useful + self.useful[number],
            state.seated + (facts.first == "chair" and not facts.is_frame),
            state.aspects | aspects, _went(state.stations, station),
        )  # fmt: skip

    def _points(self, state: Beginning, number: int) -> int:
        """Return what an exercise is worth after others, its way there apart."""
        facts, wishes, before = self.among[number], self.wishes, state.numbers
        points = self.worths[number] + score.DOUBLE * len(self.doubles[number].intersection(before))
        points += score.ORDER * len(self.ill[number].intersection(before))
        points += score.AGAIN * (bool(self.aspects[number]) and self.aspects[number] <= state.aspects)
        points += score.RETURN * (self.stations[number] in state.stations[:-1])
        if facts.stage == 2 and facts.effort and not state.stages[2] and wishes.aim != "strength":
            points += score.LOADED_FIRST
        if self.floor_last and order.climbs(state.position, facts.first):
            points += score.CLIMB
        return points

    def _is_double(self, state: Beginning, number: int) -> bool:
        """Return whether the same movement in the same position is there already; both may be asked for."""
        facts, wishes = self.among[number], self.wishes
        return not (wishes.loose or facts.name in wishes.like) and any(
            rules.group(self.among[other].first) == rules.group(facts.first)
            for other in self.doubles[number].intersection(state.numbers)
        )

    def _consider(self, state: Beginning) -> None:
        wishes = self.wishes
        parts = [self.among[number] for number in state.numbers]
        if not state.span.reaches(wishes.length) or not min(state.served):
            return
        if state.position in rules.NO_END or not rules.may_end(parts[-1], wishes):
            return
        if wishes.aim == "sleep" and not _lies(state.position):
            return
        if not rules.whole_arc(parts, self.stages, wishes):
            return
        if not set(wishes.like) <= {each.name for each in parts}:
            return
        total = state.worth + score.of_whole(len(parts), state.span.usual, state.served, state.useful, wishes)
        total += self._of_places(state)
        if self.best is None or (-total, state.numbers) < (-self.best[0], self.best[1]):
            self.best = (total, state.numbers)

    def _of_places(self, state: Beginning) -> int:
        """Return what a whole session loses for where it is done."""
        wishes, active = self.wishes, state.stages[1] + state.stages[2]
        points = 0
        if self.seldom_seated:
            points += score.SEATED * max(0, state.seated - -(-active // 3))
        if self.floor_last and not _lies(state.position):
            points += score.ENDS_HIGH
        if wishes.length <= order.FEW_STATIONS:
            points += score.STATION * max(0, len(set(state.stations)) - 2)
        return points

    def _kept(self, states: list[Beginning]) -> list[Beginning]:
        if len(self.among) <= IN_FULL:
            return states
        states.sort(key=lambda state: state.rank)
        seen: set[tuple[frozenset[int], int]] = set()
        kept: dict[tuple[int, bool, str], list[Beginning]] = {}
        width = max(WIDTH, WIDE // len(self.among))
        liked = [number for number, each in enumerate(self.among) if each.name in self.wishes.like]
        for state in states:
            same = (frozenset(state.numbers), state.numbers[-1])
            whole = all(number in state.numbers for number in liked) and min(state.served) > 0
            key = (self.among[state.numbers[-1]].stage, whole, rules.group(state.position))
            group = kept.setdefault(key, [])
            if same not in seen and len(group) < width:
                seen.add(same)
                group.append(state)
        return [state for group in kept.values() for state in group]


def _is_useful(facts: Facts, wishes: Wishes) -> bool:
    """Return whether it moves or stretches mainly for a wish, or warms up for one."""
    return facts.stage in (1, 2) and purpose.purpose(facts, wishes) >= facts.stage


def _went(stations: tuple[str, ...], station: str) -> tuple[str, ...]:
    return (*stations, station) if station and stations[-1:] != (station,) else stations


def _lies(position: str) -> bool:
    return rules.group(position) in ("lying", "")
