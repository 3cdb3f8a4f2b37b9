"""Any sampling rate to 48 kHz."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

from audioguide.units import SAMPLE_RATE

FULL_SCALE = 32_768


def to_48k(samples: NDArray[np.int16] | NDArray[np.float32], rate: int) -> NDArray[np.int16]:
    """Return (n,) mono `samples` of `rate` Hz as int16 at 48 kHz, rounded once and clipped.

    float32 is in full scale: 1.0 becomes 32,767. Raises ValueError for any other shape, type or rate.
    """
    if samples.ndim != 1 or samples.dtype not in (np.int16, np.float32):
        raise ValueError(f"one channel of int16 or float32 is needed, not {samples.shape} of {samples.dtype}")
    if rate <= 0:
        raise ValueError(f"a sampling rate of {rate} Hz does not exist")
    scale = 1 if samples.dtype == np.int16 else FULL_SCALE
    wide = samples.astype(np.float64) * scale
    # VHQ works in double precision; its images lie at about -150 dB.
    converted = soxr.resample(wide, rate, SAMPLE_RATE, quality="VHQ") if rate != SAMPLE_RATE else wide
    return np.clip(np.rint(converted), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
