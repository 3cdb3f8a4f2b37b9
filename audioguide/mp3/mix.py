"""The sounds of one island, added up."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from audioguide.clip import Samples
from audioguide.errors import OutputError
from audioguide.mp3.islands import Island
from audioguide.units import FRAME_TICKS, TICK_SAMPLES, format_clock

FULL_SCALE = 32_767


def mix(island: Island) -> Samples:
    """Add the sounds of `island`: (n,) int16 at 48 kHz from its first frame border to its last sound.

    Levels are never changed. Raises OutputError where the sum does not fit into 16 bits, with the
    moment, the number of samples and the excess in dB.
    """
    total = np.zeros(island.ticks * TICK_SAMPLES, dtype=np.int32)
    for sound in island.sounds:
        total[sound.start * TICK_SAMPLES : sound.end * TICK_SAMPLES] += sound.clip.samples
    overs = np.flatnonzero((total > FULL_SCALE) | (total < -FULL_SCALE - 1))
    if overs.size:
        raise OutputError(_too_loud(island, total, overs))
    return total.astype(np.int16)


def _too_loud(island: Island, total: NDArray[np.int32], overs: NDArray[np.intp]) -> str:
    excess = 20 * math.log10(int(np.abs(total[overs]).max()) / FULL_SCALE)
    moment = format_clock(island.first_frame * FRAME_TICKS + int(overs[0]) // TICK_SAMPLES)
    number = len(island.sounds)
    return (
        f"{number} overlapping sounds at {moment} are together too loud by {excess:.2f} dB "
        f"({overs.size} samples over full scale): lower the gain of one, or move it"
    )
