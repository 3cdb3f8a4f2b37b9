"""The best session that keeps to every rule: each step adds an exercise to the best beginnings so far.

Of few exercises all orders are tried, so the result is the best there is. Of many, the best of each length
and part of the arc go on (a beam search).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audioguide.compose import rules, score
from audioguide.compose.facts import Facts
from audioguide.compose.lengths import PREPARING, REST, Span, arrival, span_of, way_between
from audioguide.compose.wishes import Wishes

IN_FULL = 7  # so few exercises are tried in every order
WIDTH = 10  # beginnings that go on, for each part of the arc


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

    @property
    def rank(self) -> tuple[int, tuple[int, ...]]:
        """Return what beginnings are compared by: the least served wish counts, too."""
        return (-self.worth - score.LEAST_SERVED * min(score.MOST_SERVED, *self.served), self.numbers)


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
        self.serves = [tuple(int(rules.is_for(each, wish) > 0) for wish in wishes.body) for each in among]
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

    def _added(self, state: Beginning, number: int) -> Beginning | None:
        facts, wishes = self.among[number], self.wishes
        stages = list(state.stages)
        stages[facts.stage] += 1
        effort = state.effort + facts.effort
        if stages[facts.stage] > rules.most_of_stage(wishes.length)[facts.stage]:
            return None
        if {state.ground, facts.ground} == {"bed", "floor"}:
            return None
        if effort > rules.most_effort(wishes) or not rules.way_is_free(state.position, facts.first, wishes):
            return None
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
        worth = (
            state.worth + self.worths[number] + score.CHANGE * (changes - state.changes) - way // score.WAY
        )
        worth += score.DOUBLE * len(self.doubles[number].intersection(state.numbers))
        served = tuple(a + b for a, b in zip(state.served, self.serves[number], strict=True))
        return Beginning(
            (*state.numbers, number), worth, span, facts.last or state.position, changes, effort, served,
            (stages[0], stages[1], stages[2], stages[3]), state.prepares | new, state.ground or facts.ground,
        )  # fmt: skip

    def _consider(self, state: Beginning) -> None:
        wishes = self.wishes
        parts = [self.among[number] for number in state.numbers]
        if not state.span.reaches(wishes.length) or not min(state.served):
            return
        if not rules.may_end(parts[-1], wishes) or (wishes.aim == "sleep" and not _lies(state.position)):
            return
        if not rules.whole_arc(parts, self.stages, wishes.length):
            return
        if not set(wishes.like) <= {each.name for each in parts}:
            return
        total = state.worth + score.of_whole(len(parts), state.span.usual, state.served, wishes)
        if self.best is None or (-total, state.numbers) < (-self.best[0], self.best[1]):
            self.best = (total, state.numbers)

    def _kept(self, states: list[Beginning]) -> list[Beginning]:
        if len(self.among) <= IN_FULL:
            return states
        states.sort(key=lambda state: state.rank)
        seen: set[tuple[frozenset[int], int]] = set()
        kept: dict[tuple[int, bool], list[Beginning]] = {}
        liked = [number for number, each in enumerate(self.among) if each.name in self.wishes.like]
        for state in states:
            same = (frozenset(state.numbers), state.numbers[-1])
            whole = all(number in state.numbers for number in liked) and min(state.served) > 0
            group = kept.setdefault((self.among[state.numbers[-1]].stage, whole), [])
            if same not in seen and len(group) < WIDTH:
                seen.add(same)
                group.append(state)
        return [state for group in kept.values() for state in group]


def _lies(position: str) -> bool:
    return rules.group(position) in ("lying", "")
