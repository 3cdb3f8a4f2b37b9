"""The way from the lowest to the highest values of all settings, in stages of equal counts.

A *push* says how far settings are changed: 0 leaves all at their defaults, at 1 a setting of weight 1
stands at its upper bound, at -1 at its lower one. One push turns all, each as readily as its weight
says, so that no setting goes far while another stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audioguide.fitting.bench import Bench, Clash, Values
from audioguide.fitting.ranges import WHOLE_STEP, SettingRange

SOFT_WEIGHT = 0.1  # soft times give way a tenth as readily as a setting of weight 1


@dataclass(frozen=True, slots=True)
class Stage:
    """Between two pushes `counts` stay the same, and `times` turn; `counts` may hold any fixed value."""

    low: float
    high: float
    counts: Values
    times: tuple[SettingRange, ...]

    @property
    def near(self) -> float:
        """Return the push inside that is nearest to the defaults."""
        return min(max(0.0, self.low), self.high)

    @property
    def whole(self) -> Stage:
        """Return this stage with its times in whole seconds: 20s reads better than 20.1s."""
        return replace(
            self, times=tuple(replace(setting, step=max(setting.step, WHOLE_STEP)) for setting in self.times)
        )

    def distance(self, push: float) -> float:
        """Return how far `push` lies outside."""
        return max(self.low - push, push - self.high, 0.0)

    def values(self, push: float) -> Values:
        """Return the values of all settings at `push`."""
        return {**self.counts, **{setting.name: setting.at(push) for setting in self.times}}


def soft_share(push: float) -> float:
    """Return how much of their room the soft times use at `push`."""
    return min(1.0, max(0.0, push) * SOFT_WEIGHT)


def stages(ranges: Sequence[SettingRange]) -> Iterator[Stage]:
    """Yield the stages from the lowest to the highest values."""
    counted = [setting for setting in ranges if setting.kind == "count"]
    times = tuple(setting for setting in ranges if setting.kind == "time")
    weights = [setting.weight for setting in ranges]
    bottom, top = -1 / min(weights, default=1.0), 1 / min([*weights, SOFT_WEIGHT])
    turns = {
        setting.push_to((value + above) / 2)
        for setting in counted
        for value in setting.values()
        if (above := setting.up(value)) is not None
    }
    edges = [bottom, *sorted(turns), top]
    for low, high in pairwise(edges):
        yield Stage(low, high, {setting.name: setting.at((low + high) / 2) for setting in counted}, times)


def without_clash(stage: Stage, clash: Clash, bench: Bench) -> Stage:
    """Return `stage` without the values that make its script impossible. Raises `clash` if it cannot."""
    start = {**stage.counts, **{setting.name: setting.start for setting in stage.times}}
    if not bench.works(start):
        return _moved(stage, start, clash, bench)
    times = tuple(
        _cut(setting, start, clash.values.get(setting.name, setting.start), bench) for setting in stage.times
    )
    if times == stage.times:
        raise clash
    return replace(stage, times=times)


def _moved(stage: Stage, start: Values, clash: Clash, bench: Bench) -> Stage:
    """Return `stage` with one start moved as far as it must be towards a bound that works."""
    for place, setting in enumerate(stage.times):
        bounds = [
            bound for bound in (setting.low, setting.high) if bench.works({**start, setting.name: bound})
        ]
        edges = [
            (_edge(setting, setting.start, bound, bench, start), bound - setting.start) for bound in bounds
        ]
        moved = [setting.next(edge, 1 if side > 0 else -1) for edge, side in edges]
        if found := [value for value in moved if value is not None]:
            nearest = min(found, key=lambda value: abs(value - setting.start))
            times = list(stage.times)
            times[place] = replace(setting, start=nearest)
            return replace(stage, times=tuple(times))
    raise clash


def _cut(setting: SettingRange, start: Values, value: int, bench: Bench) -> SettingRange:
    """Return `setting` without the values around `value` that do not work with all others at `start`."""

    def works(value: int) -> bool:
        return bench.works({**start, setting.name: value})

    if value == setting.start or works(value):
        return setting
    bound = setting.high if value > setting.start else setting.low
    edges = (
        _edge(setting, value, setting.start, bench, start),
        _edge(setting, value, bound, bench, start) if works(bound) else bound,
    )
    return setting.without(min(edges), max(edges))


def _edge(setting: SettingRange, wrong: int, right: int, bench: Bench, start: Values) -> int:
    """Return the last value from `wrong` towards `right` that does not work."""
    while (middle := setting.down((wrong + right) / 2)) not in (wrong, right):
        if bench.works({**start, setting.name: middle}):
            right = middle
        else:
            wrong = middle
    return wrong
