"""A clip: mono sound at 48 kHz, a whole number of ticks long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.units import TICK_SAMPLES, ticks_for

Samples = NDArray[np.int16]
# (n,) samples of one channel; a module that takes them says in which unit and at which rate.
Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Sound to place: `samples` is (n,) int16, mono, 48 kHz, n a multiple of 192."""

    samples: Samples

    def __post_init__(self) -> None:
        if self.samples.dtype != np.int16 or self.samples.ndim != 1:
            raise ValueError("a clip is one channel of int16")
        if len(self.samples) % TICK_SAMPLES:
            raise ValueError("a clip is a whole number of ticks")

    @property
    def ticks(self) -> int:
        """Return the length in ticks."""
        return len(self.samples) // TICK_SAMPLES


def padded(samples: Samples) -> Clip:
    """Make a clip of `samples`, with silence behind them up to the next tick."""
    missing = ticks_for(len(samples)) * TICK_SAMPLES - len(samples)
    return Clip(np.pad(np.asarray(samples, dtype=np.int16), (0, missing)))
