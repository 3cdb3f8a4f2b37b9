"""A bed: what goes on softly under the whole file.

A stationary bed sounds the same at any moment, so the frames of its encoded loop may stand in any
order. A loop that swells or sings keeps its order; its frames are still copied where nothing else
sounds. The user's own music is a stream, encoded from end to end.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.units import FRAME_SAMPLES

# Speech has -19 LUFS, give or take 0.5, and own music is measured as finely. 20 LU are left between
# them at the worst, so a bed masks no word; at -35 it would count as speech to the gate of a meter.
BED_LUFS = -40.0
# Samples of beds count in steps of 16 bit, as those of clips do, but are not rounded to them.
FULL_SCALE = 32_768

# A bed goes down under words by steps of 1.505 dB, by which encoded frames can be turned down, too.
STEP_DB = 5 * math.log10(2)
DUCK_STEPS = 5  # 7.5 dB: words are then 28 LU above it


def duck_steps(louder_db: float) -> int:
    """Return by how many steps a bed goes down under words that is `louder_db` above the usual level.

    It is 7.5 dB, and more where the bed would not be 20 LU below the words otherwise.
    """
    return max(DUCK_STEPS, math.ceil(louder_db / STEP_DB - 1e-9))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoopedBed:
    """A bed that is a seamless loop: `samples` is (n,) float32 at 48 kHz, n a multiple of 1152.

    `stationary` means that its frames may stand in any order, `ducks` by how many steps it goes down
    under words, and `louder_db` how far it is above its usual level. `key` is the hash of the samples.
    """

    samples: Wave
    stationary: bool = True
    ducks: int = DUCK_STEPS
    louder_db: float = 0.0
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", hashlib.sha256(self.samples.tobytes()).hexdigest())

    @property
    def frames(self) -> int:
        """Return the length of the loop in frames."""
        return len(self.samples) // FRAME_SAMPLES

    def stretch(self, start: int, count: int) -> Wave:
        """Return a copy of `count` samples from sample `start` on, round and round."""
        start %= len(self.samples)
        if start + count <= len(self.samples):
            return self.samples[start : start + count].copy()
        return np.resize(np.roll(self.samples, -start), count)

    def louder(self, change_db: float) -> LoopedBed:
        """Return the bed made louder by `change_db`."""
        level = self.louder_db + change_db
        return LoopedBed(
            samples=self.samples * np.float32(10 ** (change_db / 20)), stationary=self.stationary,
            ducks=duck_steps(level) if self.ducks else 0, louder_db=level,
        )  # fmt: skip


class StreamedBed(Protocol):
    """Any other bed: it has no loop, or one of hours."""

    @property
    def key(self) -> str:
        """Name its samples: beds of equal keys sound the same."""

    @property
    def ducks(self) -> int:
        """Tell by how many steps it goes down under words."""

    def blocks(self) -> Iterator[Wave]:
        """Yield its samples at 48 kHz without end, in blocks of any length."""


Bed = LoopedBed | StreamedBed
