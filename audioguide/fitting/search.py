"""Looking for the settings that give a length: few scripts are compiled, the rest is arithmetic."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from audioguide.errors import RoutineError
from audioguide.fitting.bench import Bench, Clash, LengthModel, Values
from audioguide.fitting.ranges import SettingRange
from audioguide.fitting.stages import Stage, soft_share, stages, without_clash
from audioguide.script.layout import Timeline
from audioguide.units import FRAME_TICKS, TICKS_PER_SECOND, format_length

NEAR = TICKS_PER_SECOND  # so much more than planned on the soft times is not worth another try
TRIES = 8
HALVINGS = 30
MOST_COUNTS = 200  # combinations that are tried where nothing on the way fits


class UnreachableLength(RoutineError):  # noqa: N818
    """No values give the wanted length: it is shorter than `shortest`, longer than `longest`, or in a gap.

    Both are in ticks; the message has the whole seconds between them.
    """

    def __init__(self, message: str, shortest: int, longest: int) -> None:
        super().__init__(message)
        self.shortest, self.longest = shortest, longest


@dataclass(slots=True, kw_only=True)
class LengthSearch:
    """The search for `total` ticks on `bench`, with `settings` to turn."""

    bench: Bench
    ranges: Sequence[SettingRange]
    total: int
    stages: list[Stage] = field(init=False)
    models: dict[tuple[int, ...], LengthModel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stages = list(stages(self.ranges))

    def run(self) -> Timeline:
        """Return the timeline that fits, with settings as near to their defaults as there is.

        Raises RoutineError with the shortest and the longest possible length where there is none.
        """
        for stage, model in self._candidates():
            for each in (stage.whole, stage):
                if found := self._settle(each, model):
                    return found
        (low, shortest), (high, longest) = self._shortest(), self._longest()
        for values in (low, high):
            if self.bench.fills(values, self.total):
                return self.bench.stretched(values, self.total)
        elsewhere = self._elsewhere() if shortest < self.total < longest else iter(())
        if found := next(elsewhere, None):
            return found
        raise self._refusal(shortest, longest)

    def _model(self, index: int) -> LengthModel:
        """Return the model of a stage. Raises Clash where nothing in it works."""
        key = tuple(self.stages[index].counts.values())
        if key not in self.models:
            self.stages[index], self.models[key] = self._probed(self.stages[index])
        return self.models[key]

    def _probed(self, stage: Stage) -> tuple[Stage, LengthModel]:
        while True:
            try:
                return stage, self.bench.probe(stage.values(stage.near))
            except Clash as clash:
                stage = without_clash(stage, clash, self.bench)

    def _drop(self, index: int, clash: Clash) -> None:
        """Leave out a stage in which nothing works, and those beyond it: more reps still, or fewer."""
        stage, bottom, top = self.stages[index], self.stages[0].low, self.stages[-1].high
        if stage.low <= 0 <= stage.high:
            raise clash
        self.stages = self.stages[index + 1 :] if stage.high < 0 else self.stages[:index]
        self.stages[0] = replace(self.stages[0], low=bottom)
        self.stages[-1] = replace(self.stages[-1], high=top)

    def _candidates(self) -> list[tuple[Stage, LengthModel]]:
        """Return the stages in which the total may lie, the nearest first; one or two."""
        low, high = 0, len(self.stages) - 1
        index = next(place for place, stage in enumerate(self.stages) if stage.low <= 0 <= stage.high)
        tried: set[int] = set()
        while low <= high:
            try:
                model = self._model(index)
            except Clash as clash:
                self._drop(index, clash)
                return self._candidates()
            tried.add(index)
            excess = self._excess(self.stages[index], model)
            if not excess:
                return [(self.stages[index], model)]
            low, high = (index + 1, high) if excess > 0 else (low, index - 1)
            far = high if excess > 0 else low  # the far end says whether it can be done at all
            index = self._guess(low, high) if {low - 1, high + 1} <= tried else far
        around = [(self.stages[index], self._model(index)) for index in (high, low) if index in tried]
        between = self._between(around[0], around[1][0]) if len(around) > 1 else []
        return between + sorted(around, key=lambda each: each[0].distance(self._solved(*each)[0]))

    def _between(self, short: tuple[Stage, LengthModel], long: Stage) -> list[tuple[Stage, LengthModel]]:
        """Return a stage between one that is too short and the next, where some counts turn at once.

        Of those, the first turn as far as the total allows; nothing where none does.
        """
        stage, model = short
        turning = [name for name, value in long.counts.items() if stage.counts[name] != value]
        for name in turning if len(turning) > 1 else ():
            try:
                more = self._probed(replace(stage, counts={**stage.counts, name: long.counts[name]}))
            except Clash:
                continue
            if self._planned(*more, self.stages[0].low) <= self.total:
                stage, model = more
        return [] if stage is short[0] else [(stage, model)]

    def _guess(self, low: int, high: int) -> int:
        """Return the stage from `low` to `high` in which the total should lie, by those on both sides."""
        (below, less), (above, more) = ((self.stages[at], self._model(at)) for at in (low - 1, high + 1))

        def longest(index: int) -> int:
            push, share = self.stages[index].high, (index - low + 1) / (high - low + 2)
            lengths = (self._planned(below, less, push), self._planned(above, more, push))
            return round((1 - share) * lengths[0] + share * lengths[1])

        return min(high, low + bisect_left(range(low, high + 1), self.total, key=longest))

    def _planned(self, stage: Stage, model: LengthModel, push: float) -> float:
        """Return the length that is aimed at with `push`: settings, and the soft times' share."""
        return model.length(stage.values(push)) + model.room * soft_share(push)

    def _excess(self, stage: Stage, model: LengthModel) -> float:
        """Return by how much the total is above (or below) what `stage` is for."""
        longest, shortest = (self._planned(stage, model, push) for push in (stage.high, stage.low))
        return max(0.0, self.total - longest) or min(0.0, self.total - shortest)

    def _solved(self, stage: Stage, model: LengthModel) -> tuple[float, Values]:
        """Return the largest push that is not too long by `model`, and its values, refined."""
        low, high = self.stages[0].low, self.stages[-1].high
        if self._planned(stage, model, high) <= self.total:
            return high, stage.values(high)
        low, high = (0.0, high) if self._planned(stage, model, 0.0) <= self.total else (low, 0.0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if self._planned(stage, model, middle) <= self.total:
                low = middle
            else:
                high = middle
        spare = self.total - self._planned(stage, model, low)
        return low, _refined(stage, model, stage.values(low), spare)

    def _settle(self, stage: Stage, model: LengthModel) -> Timeline | None:
        """Try the values that `model` proposes, and learn from what they really give."""
        best: tuple[float, Values] | None = None
        seen: list[Values] = []
        for _ in range(TRIES):
            push, values = self._solved(stage, model)
            if values in seen:
                break
            seen.append(values)
            try:
                timeline = self.bench.lay(values)
            except Clash as clash:
                try:
                    stage = without_clash(stage, clash, self.bench)
                except Clash:
                    break
                continue
            room = self.bench.room(timeline.script)
            model = replace(model, values=values, base=timeline.length, room=room)
            more = self.total - timeline.length
            if 0 <= more < room + FRAME_TICKS:
                off = abs(more - room * soft_share(push))
                best = min(best or (off, values), (off, values), key=lambda each: each[0])
                if off <= NEAR:
                    break
        if best is None:
            near = (beside for values in seen for beside in _beside(stage, values))
            fitting = next((values for values in near if self.bench.fills(values, self.total)), None)
        else:
            fitting = best[1]
        return self.bench.stretched(fitting, self.total) if fitting else None

    def _elsewhere(self) -> Iterator[Timeline]:
        """Yield what fits with any other counts, the nearest first: a rep more here, one less there."""
        found: list[tuple[float, Stage, LengthModel]] = []
        for combination in self._combinations():
            try:
                stage, model = self._probed(combination)
            except Clash:
                continue
            ends = (self._planned(stage, model, push) for push in (stage.high, stage.low))
            if next(ends) + NEAR >= self.total >= next(ends) - NEAR:
                pushed = sum(
                    abs(setting.push_to(stage.counts.get(setting.name, setting.start)))
                    for setting in self.ranges
                )
                found.append((abs(self._solved(stage, model)[0]) + pushed, stage, model))
        for _, stage, model in sorted(found, key=lambda each: each[0]):
            if fitted := self._settle(stage, model):
                yield fitted

    def _combinations(self) -> Iterator[Stage]:
        # Times that are spoken stand still here, too: their words make the length jump.
        low, high = self.stages[0].low, self.stages[-1].high
        stepped = [setting for setting in self.ranges if setting.kind == "count" or setting.spoken]
        if math.prod(setting.count for setting in stepped) <= MOST_COUNTS:
            times = tuple(setting for setting in self.ranges if setting not in stepped)
            for chosen in product(*(setting.values() for setting in stepped)):
                counts = {setting.name: value for setting, value in zip(stepped, chosen, strict=True)}
                yield Stage(low, high, counts, times)
        else:
            yield from (replace(stage, low=low, high=high) for stage in self.stages)

    def _shortest(self) -> tuple[Values, int]:
        values, height = self._furthest(
            0, self.stages[0].low, lambda values: -self.bench.lay(values).length, 1
        )
        return values, -height

    def _longest(self) -> tuple[Values, int]:
        last = len(self.stages) - 1
        if not self.bench.works(self.stages[last].values(self.stages[last].high)):
            try:
                self._model(last)
            except Clash as clash:
                self._drop(last, clash)
                return self._longest()
        return self._furthest(last, self.stages[last].high, self.bench.top, -1)

    def _furthest(
        self, index: int, push: float, height: Callable[[Values], int], side: int
    ) -> tuple[Values, int]:
        """Return the best values from a corner on: "1 minute" is a shorter text than "59 seconds".

        With them comes how good they are, by `height`.
        """
        values = self._corner(index, push)
        best = height(values)
        for setting in (each for each in self.stages[index].times if each.spoken):
            while (value := setting.next(values[setting.name], side)) is not None:
                beside = {**values, setting.name: value}
                if not self.bench.works(beside) or (found := height(beside)) <= best:
                    break
                best, values = found, beside
        return values, best

    def _corner(self, index: int, push: float) -> Values:
        """Return the values at an end of the way, or as near to it as there are any that work."""
        stage = self.stages[index]
        near, far = stage.near, push
        for _ in range(HALVINGS):
            values = stage.values(push)
            try:
                self.bench.lay(values)
            except Clash as clash:
                try:
                    stage = self.stages[index] = without_clash(stage, clash, self.bench)
                except Clash:
                    far = push
                    push = (near + far) / 2
            else:
                if push == far:
                    break
                near, push = push, (push + far) / 2
        return stage.values(near if push != far else push)

    def _refusal(self, shortest: int, longest: int) -> RoutineError:
        possible = f"possible: {_span(shortest, longest)}"
        if shortest <= self.total <= longest:
            ends = sorted(self._ends())
            below = max((each for each in ends if each < self.total), default=shortest)
            above = min((each for each in ends if each > self.total), default=longest)
            possible += f", and near it {format_length(below)} and {format_length(above)}"
        fixed = ", ".join(f"{name} {value}" for name, value in self.bench.asked.items())
        return UnreachableLength(
            f"{self.bench.routine.name} cannot be fitted to {format_length(self.total)}; {possible}"
            + (f" (with {fixed} as requested)" if fixed else ""),
            shortest,
            longest,
        )

    def _ends(self) -> Iterator[int]:
        low, high = self.stages[0].low, self.stages[-1].high
        for index, stage in enumerate(self.stages):
            if tuple(stage.counts.values()) in self.models:
                yield self.bench.lay(self._corner(index, low)).length
                yield self.bench.top(self._corner(index, high))


def _span(shortest: int, longest: int) -> str:
    """Say from where to where, in whole seconds inside of it where there are any."""
    low, high = -(-shortest // TICKS_PER_SECOND), longest // TICKS_PER_SECOND
    if low < high:
        shortest, longest = low * TICKS_PER_SECOND, high * TICKS_PER_SECOND
    return f"{format_length(shortest)} to {format_length(longest)}"


def _beside(stage: Stage, values: Values) -> Iterator[Values]:
    """Yield the values next to `values` where other words make the length jump."""
    for setting in (each for each in stage.times if each.spoken):
        for side in (-1, 1):
            if (value := setting.next(values[setting.name], side)) is not None:
                yield {**values, setting.name: value}


def _refined(stage: Stage, model: LengthModel, values: Values, spare: float) -> Values:
    """Spend what is left on one step more of some times, but none away from its default needlessly."""
    refined = dict(values)
    down = any(values[setting.name] < setting.start for setting in stage.times)
    for setting in sorted(stage.times, key=lambda setting: -setting.weight):
        value = values[setting.name]
        above = setting.up(value)
        if above is None or (down and above > setting.start):
            continue
        cost = model.slopes.get(setting.name, 0) * (above - value)
        if 0 < cost <= spare:
            refined[setting.name] = above
            spare -= cost
    return refined
