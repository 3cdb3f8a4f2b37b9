"""How loud the loudest moment of a sound is: what decides whether a chime is clear, or startles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.sound.loudness import BLOCK, block_powers, loudness

STEP = BLOCK // 4  # 100 ms, as meters of EBU Tech 3341 move on


def loudest_moment(samples: NDArray[np.float32]) -> float:
    """Return the highest momentary loudness in LUFS of (n,) `samples` at 48 kHz, full scale 1.

    That is the loudest of the windows of 400 ms that begin every 100 ms; a shorter sound is measured
    with silence behind it. -inf for silence below -70 LUFS.
    """
    padded = np.pad(samples, (0, BLOCK - 1)).astype(np.float32)
    powers = np.concatenate([block_powers(padded[start:]) for start in range(0, BLOCK, STEP)])
    return loudness(powers.max(keepdims=True))
