"""How loud a bed is at each moment: it rises and falls with the file, and goes down under words. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from audioguide.units import TICK_SAMPLES

FADE_IN = 375  # ticks: 1.5 s
FADE_OUT = 750  # ticks: 3 s
STEPS_PER_DOUBLE = 4  # a step of level is 2 ** (1/4), 1.505 dB, as for the frames of `turned`

Gain = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """A bed that rises from nothing to its level, or falls to nothing, from tick `start` to tick `end`."""

    start: int
    end: int
    rising: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """A bed whose level changes by `steps` (of 1.505 dB) from tick `start` to tick `end`."""

    start: int
    end: int
    steps: int


def fades_for(length_ticks: int) -> tuple[Fade, ...]:
    """Return the fade in and the fade out of a file; a short file is half of each."""
    half = length_ticks // 2
    fades = (
        Fade(start=0, end=min(FADE_IN, half), rising=True),
        Fade(start=length_ticks - min(FADE_OUT, half), end=length_ticks, rising=False),
    )
    return tuple(fade for fade in fades if fade.end > fade.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The level of a bed over a file or an island: `level` steps before the first of `ramps`, times `fades`.

    `ramps` are sorted and do not overlap.
    """

    fades: tuple[Fade, ...] = ()
    ramps: tuple[Ramp, ...] = ()
    level: int = 0
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _levels: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        levels = accumulate((ramp.steps for ramp in self.ramps), initial=self.level)
        object.__setattr__(self, "_starts", tuple(ramp.start for ramp in self.ramps))
        object.__setattr__(self, "_levels", tuple(levels))

    @property
    def level_behind(self) -> int:
        """Return the level in steps behind the last ramp."""
        return self._levels[-1]

    def gain(self, first: int, count: int) -> Gain | np.float32:
        """Return the gain of the bed for `count` samples from sample `first` on: (count,), or one for all.

        `first` and the ticks count from the same border. Fades are raised cosines, ramps are so in dB.
        """
        gain = self._ramped(first, count)
        for fade in self.fades:
            start, end = (tick * TICK_SAMPLES - first for tick in (fade.start, fade.end))
            if (end > 0) if fade.rising else (start < count):
                curve = _risen(start, end, count)
                gain = gain * (curve if fade.rising else 1 - curve)
        return gain

    def _ramped(self, first: int, count: int) -> Gain | np.float32:
        """Return the gain by ramps alone."""
        after = bisect_right(self._starts, first // TICK_SAMPLES)
        nearest = max(after - 1, 0)
        steps: Gain | None = None
        for ramp in self.ramps[nearest:]:
            start, end = (tick * TICK_SAMPLES - first for tick in (ramp.start, ramp.end))
            if start >= count:
                break
            if end > 0:
                steps = np.zeros(count, dtype=np.float32) if steps is None else steps
                steps += _risen(start, end, count) * np.float32(ramp.steps)
            else:
                nearest += 1
        level = np.float32(self._levels[nearest])
        moving = level if steps is None else steps + level
        return np.exp2(moving / np.float32(STEPS_PER_DOUBLE))


def moved(parts: Iterable[Fade | Ramp], ticks: int) -> tuple[tuple[Fade, ...], tuple[Ramp, ...]]:
    """Return `parts` by kind, earlier by `ticks`."""
    fades: list[Fade] = []
    ramps: list[Ramp] = []
    for part in parts:
        start, end = part.start - ticks, part.end - ticks
        if isinstance(part, Fade):
            fades.append(Fade(start=start, end=end, rising=part.rising))
        else:
            ramps.append(Ramp(start=start, end=end, steps=part.steps))
    return tuple(fades), tuple(ramps)


def _risen(start: int, end: int, count: int) -> Gain:
    """Return a raised cosine from 0 to 1 between the samples `start` and `end` of `count`."""
    curve = np.zeros(count, dtype=np.float32)
    curve[max(0, end) :] = 1
    low, high = max(0, start), min(count, end)
    if low < high:
        way = (np.arange(low, high) + 0.5 - start) / (end - start)
        curve[low:high] = (1 - np.cos(np.pi * way)) / 2
    return curve


STEADY = Course()
