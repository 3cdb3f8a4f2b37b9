"""The sounds of one island, added up."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.units import TICK_SAMPLES, format_clock

FULL_SCALE = 32_767

Sum = NDArray[np.int32] | NDArray[np.float32]


def add_sounds(total: Sum, sounds: Sequence[Sound], *, moment: int, first: int = 0) -> None:
    """Add to `total`, in steps of 16 bit, as much of `sounds` as falls into it.

    They count from index `first` of `total`, which is the tick `moment` of the file.
    Raises OutputError as `mix` does.
    """
    for sound in sounds:
        start = sound.start * TICK_SAMPLES + first
        begin, end = max(start, 0), min(start + len(sound.clip.samples), len(total))
        if begin < end:
            total[begin:end] += sound.clip.samples[begin - start : end - start]
    overs = np.flatnonzero((total > FULL_SCALE) | (total < -FULL_SCALE - 1))
    if overs.size:
        tick = (int(overs[0]) - first) // TICK_SAMPLES
        number = sum(sound.start <= tick < sound.end for sound in sounds)
        raise OutputError(_too_loud(total, overs, moment + tick, number))


def _too_loud(total: Sum, overs: NDArray[np.intp], moment: int, number: int) -> str:
    excess = 20 * math.log10(float(np.abs(total[overs]).max()) / FULL_SCALE)
    return (
        f"{number} overlapping sounds at {format_clock(moment)} are together too loud by {excess:.2f} dB "
        f"({overs.size} samples over full scale): lower the gain of one, or move it"
    )
