"""A bed: what goes on softly under the whole file.

A stationary bed sounds the same at any moment, so the frames of its encoded loop may stand in any
order, and a file is mostly copies of them. Any other bed is a stream, encoded from end to end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audioguide.units import FRAME_SAMPLES

# Speech has about -19 LUFS. 20 LU below it, a bed is there in the holds and masks no word.
BED_LUFS = -40.0
# Samples of beds count in steps of 16 bit, as those of clips do, but are not rounded to them.
FULL_SCALE = 32_768

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StationaryBed:
    """A bed that is a seamless loop: `samples` is (n,) float32 at 48 kHz, n a multiple of 1152.

    `key` is the hash of the samples.
    """

    samples: Wave
    key: str

    @property
    def frames(self) -> int:
        """Return the length of the loop in frames."""
        return len(self.samples) // FRAME_SAMPLES


class StreamedBed(Protocol):
    """Any other bed: it swells, sings or is the user's own music."""

    def blocks(self) -> Iterator[Wave]:
        """Yield its samples at 48 kHz without end, in blocks of any length."""


Bed = StationaryBed | StreamedBed
