"""How a bed rises at the start of a file and falls at its end. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.units import TICK_SAMPLES

FADE_IN = 375  # ticks: 1.5 s
FADE_OUT = 750  # ticks: 3 s


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """A bed that rises from nothing to its level, or falls to nothing, from tick `start` to tick `end`."""

    start: int
    end: int
    rising: bool


def fades_for(length_ticks: int) -> tuple[Fade, ...]:
    """Return the fade in and the fade out of a file; a short file is half of each."""
    half = length_ticks // 2
    fades = (
        Fade(start=0, end=min(FADE_IN, half), rising=True),
        Fade(start=length_ticks - min(FADE_OUT, half), end=length_ticks, rising=False),
    )
    return tuple(fade for fade in fades if fade.end > fade.start)


def bed_gain(fades: Iterable[Fade], first: int, count: int) -> NDArray[np.float32]:
    """Return the gain of the bed, 0 to 1, for `count` samples from sample `first` on: (count,) float32.

    `first` and the fades count from the same border. Each fade is a raised cosine.
    """
    gain = np.ones(count, dtype=np.float32)
    for fade in fades:
        start, end = (tick * TICK_SAMPLES - first for tick in (fade.start, fade.end))
        if (end <= 0) if fade.rising else (start >= count):
            continue
        way = np.clip((np.arange(count) + 0.5 - start) / (end - start), 0, 1)
        curve = (1 - np.cos(np.pi * way)) / 2
        gain *= (curve if fade.rising else 1 - curve).astype(np.float32)
    return gain
