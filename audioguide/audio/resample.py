"""Any sampling rate to 48 kHz."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
        raise ValueError(f"expected one channel of int16 or float32, not {samples.shape} of {samples.dtype}")
    if rate <= 0:
        raise ValueError(f"a sampling rate of {rate} Hz does not exist")
    scale = 1 if samples.dtype == np.int16 else FULL_SCALE
    wide = samples.astype(np.float64) * scale
    # VHQ works in double precision; its images lie at about -150 dB.
    converted = soxr.resample(wide, rate, SAMPLE_RATE, quality="VHQ") if rate != SAMPLE_RATE else wide
    return np.clip(np.rint(converted), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def wave_48k(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return (n,) mono `samples` of `rate` Hz at 48 kHz, neither rounded nor clipped."""
    if rate == SAMPLE_RATE:
        return samples
    return np.asarray(soxr.resample(samples, rate, SAMPLE_RATE, quality="HQ"), dtype=np.float32)


def resampled(samples: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    """Return (n,) mono `samples` of `rate` Hz at `wanted` Hz, neither rounded nor clipped."""
    if rate == wanted:
        return samples
    return np.asarray(soxr.resample(samples, rate, wanted, quality="HQ"), dtype=np.float32)


def oversampled(samples: NDArray[np.float32], times: int = 4) -> NDArray[np.float32]:
    """Return (n,) `samples` at 48 kHz with `times` as many, to see what lies between them."""
    wide = soxr.resample(samples, SAMPLE_RATE, SAMPLE_RATE * times, quality="HQ")
    return np.asarray(wide, dtype=np.float32)


def stream_48k(
    blocks: Iterable[NDArray[np.float32]], rate: int, quality: str = "HQ"
) -> Iterator[NDArray[np.float32]]:
    """Yield a mono sound of `rate` Hz at 48 kHz, block by block: (n,) float32 in and out, no rounding.

    HQ has its images at -120 dB, for half of the time that VHQ takes.
    """
    if rate == SAMPLE_RATE:
        yield from blocks
        return
    stream = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32", quality=quality)
    for block in blocks:
        yield stream.resample_chunk(block)
    yield stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True)
