"""Paper, and where a moment is on it: the file is broken into stretches of one length, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.units import TICKS_PER_SECOND

MARGIN = 48
GUTTER = 54  # holds the names of the tracks


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper of so many units, and how many seconds stand on one line."""

    wide: int
    high: int
    seconds: int

    @property
    def left(self) -> float:
        """Return where time begins."""
        return MARGIN + GUTTER

    @property
    def right(self) -> float:
        """Return where a whole line ends."""
        return self.wide - MARGIN

    @property
    def per_second(self) -> float:
        """Return how many units one second takes."""
        return (self.right - self.left) / self.seconds

    @property
    def step(self) -> int:
        """Return how many ticks a whole line has."""
        return self.seconds * TICKS_PER_SECOND


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The ticks from `start` up to `end`, on one line."""

    format: Paper
    start: int
    end: int

    def x(self, tick: int) -> float:
        """Return where `tick` lies; what is before or behind this line is at its end."""
        inside = min(max(tick, self.start), self.end) - self.start
        return self.format.left + inside * self.format.per_second / TICKS_PER_SECOND

    def holds(self, tick: int) -> bool:
        """Return whether something that starts at `tick` starts on this line."""
        return self.start <= tick < self.end

    def meets(self, start: int, end: int) -> bool:
        """Return whether any of `start` to `end` is on this line."""
        return start < self.end and end > self.start

    def ticks(self) -> Iterator[tuple[int, bool]]:
        """Yield the moments to mark on the axis, each with whether it is labelled."""
        fine, coarse = next(
            (pair for limit, *pair in _STEPS if self.format.seconds <= limit), (_STEPS[-1][1], _STEPS[-1][2])
        )
        step = fine * TICKS_PER_SECOND
        for tick in range(-(-self.start // step) * step, self.end + 1, step):
            yield tick, tick % (coarse * TICKS_PER_SECOND) == 0


# Up to so many seconds a line: a small mark each, and a label each so many seconds.
_STEPS = (
    (30, 1, 5), (45, 5, 15), (60, 5, 10), (90, 5, 15), (120, 5, 20), (180, 10, 30), (300, 15, 60),
    (600, 60, 120), (1800, 60, 300), (3600, 300, 600), (7200, 300, 1200),
)  # fmt: skip
