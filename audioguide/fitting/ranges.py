"""A setting that a wanted length may turn: between which bounds, in which steps, how readily."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from audioguide.units import TICKS_PER_SECOND

WHOLE_STEP = TICKS_PER_SECOND  # times are turned in whole seconds,
FINE_STEP = 25  # and in tenths where pauses cannot take up what is left, unless a text says how long they are


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRange:
    """A setting between `low` and `high`, in steps counted from `anchor`; ticks, or a count.

    Between its bounds lie `gaps`, first to last value, that do not work out. `start` is its default.
    """

    name: str
    kind: Literal["time", "count"]
    start: int
    low: int
    high: int
    step: int = 1
    anchor: int = 0
    weight: float = 1.0
    spoken: bool = False
    gaps: tuple[tuple[int, int], ...] = ()

    def at(self, push: float) -> int:
        """Return the value at `push`: -1 is the lower bound, 0 the default, 1 the upper bound at weight 1.

        A time is rounded down to its step, a count to the nearest.
        """
        part = min(1.0, abs(push) * self.weight)
        end = self.high if push > 0 else self.low
        wanted = self.start + (end - self.start) * part
        value = self.down(wanted)
        if self.kind == "count" and (above := self.up(value)) is not None and above - wanted < wanted - value:
            return above
        return value

    def push_to(self, value: float) -> float:
        """Return the push that leads to `value`."""
        end = self.high if value > self.start else self.low
        return (value - self.start) / (abs(end - self.start) or 1) / self.weight

    def down(self, wanted: float) -> int:
        """Return the largest value that is not above `wanted`, or `low`."""
        stepped = self.anchor + math.floor(wanted - self.anchor) // self.step * self.step
        below = [
            each for each in (stepped, self.start, self.high) if self.low <= each <= min(wanted, self.high)
        ]
        value = max(below, default=self.low)
        for first, last in self.gaps:
            if first <= value <= last:
                return self.down(first - 1)
        return value

    def up(self, value: int) -> int | None:
        """Return the next value above `value`, or None at the upper bound."""
        stepped = self.anchor + ((value - self.anchor) // self.step + 1) * self.step
        above = min(
            (each for each in (stepped, self.start, self.high) if value < each <= self.high), default=None
        )
        for first, last in self.gaps:
            if above is not None and first <= above <= last:
                return self.up(last)
        return above

    def next(self, value: int, side: int) -> int | None:
        """Return the value beside `value`, above it where `side` is 1, else below; None at the bound."""
        if side > 0:
            return self.up(value)
        return self.down(value - 1) if value > self.low else None

    def without(self, first: int, last: int) -> SettingRange:
        """Return this setting without the values from `first` to `last`, which must leave `start`."""
        if last >= self.high:
            return replace(self, high=max(self.start, self.down(first - 1)))
        if first <= self.low:
            return replace(self, low=min(self.start, self.up(last) or self.start))
        return replace(self, gaps=(*self.gaps, (first, last)))

    def values(self) -> Iterator[int]:
        """Yield every value, upwards."""
        value: int | None = self.low
        while value is not None:
            yield value
            value = self.up(value)

    @property
    def count(self) -> int:
        """Return about how many values there are."""
        return (self.high - self.low) // self.step + 1
