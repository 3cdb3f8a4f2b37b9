"""A clip: mono sound at 48 kHz, a whole number of ticks long."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from audioguide.units import TICK_SAMPLES, ticks_for

Samples = NDArray[np.int16]
# (n,) samples of one channel; a module that takes them says in which unit and at which rate.
Wave = NDArray[np.float32]


class Clip:
    """Sound to place: `samples` is (n,) int16, mono, 48 kHz, n a multiple of 192. It does not change."""

    __slots__ = ("_key", "_samples")

    frames = b""  # the same sound as MP3 frames that stand alone, where it was encoded already

    def __init__(self, samples: Samples) -> None:
        """Hold `samples`. Raises ValueError for what is not one channel of whole ticks."""
        if samples.dtype != np.int16 or samples.ndim != 1:
            raise ValueError("a clip is one channel of int16")
        if len(samples) % TICK_SAMPLES:
            raise ValueError("a clip is a whole number of ticks")
        self._samples = samples
        self._key = ""

    @property
    def samples(self) -> Samples:
        """Return the sound."""
        return self._samples

    @property
    def ticks(self) -> int:
        """Return the length in ticks."""
        return len(self._samples) // TICK_SAMPLES

    @property
    def key(self) -> str:
        """Name the content: clips of one key sound the same."""
        self._key = self._key or hashlib.sha256(self.samples.tobytes()).hexdigest()
        return self._key


def padded(samples: Samples) -> Clip:
    """Make a clip of `samples`, with silence behind them up to the next tick."""
    missing = ticks_for(len(samples)) * TICK_SAMPLES - len(samples)
    return Clip(np.pad(np.asarray(samples, dtype=np.int16), (0, missing)))
