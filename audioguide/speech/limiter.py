"""A limiter that looks ahead: what would pass the ceiling is turned down softly, before it comes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave

Gains = NDArray[np.float64]

GRAIN = 32  # samples at 48 kHz: the gain bends every 0.67 ms
REACH = 15  # grains: it begins to turn down 20 ms before a peak, and is up again 20 ms behind it
_BELL = np.hanning(2 * REACH + 3)[1:-1]
_SLOPE = _BELL / _BELL.sum()
_WAY = np.arange(GRAIN, dtype=np.float32)[None, :] / np.float32(GRAIN)


def peaks(samples: Wave) -> Gains:
    """Return the highest level in each grain of (n,) `samples` at 48 kHz; n is a multiple of 32."""
    highest = np.abs(samples)
    for _ in range(
        GRAIN.bit_length() - 1
    ):  # of neighbours, again and again: numpy is slow along a short axis
        highest = np.maximum(highest[::2], highest[1::2])
    return highest.astype(np.float64)


def held_below(levels: Gains, ceiling: float) -> Gains:
    """Return (n + 1,) gains, at the borders of (n,) grains with those peaks, so that none passes `ceiling`.

    Each is the lowest gain within 10 ms, smoothed over as much by a raised cosine: it does not follow
    the single waves of a voice, and a mean of gains that are all low enough is low enough.
    """
    needed = np.minimum(1.0, ceiling / np.maximum(levels, 1e-9))
    if needed.min(initial=1.0) == 1.0:
        return np.ones(len(levels) + 1)
    around = np.ones(len(needed) + 2 * (2 * REACH + 1))
    around[2 * REACH + 1 : -(2 * REACH + 1)] = needed
    borders = np.minimum(around[1:], around[:-1])
    return np.convolve(lowest(borders, 2 * REACH + 1), _SLOPE, "valid")


def applied(samples: Wave, gains: Gains) -> Wave:
    """Return (n,) `samples` with (n / 32 + 1,) `gains` at the borders of grains, straight between these."""
    edges = gains.astype(np.float32)
    curve = np.diff(edges)[:, None] * _WAY
    curve += edges[:-1, None]
    curve *= samples.reshape(-1, GRAIN)
    return curve.reshape(-1)


def lowest(values: Gains, width: int) -> Gains:
    """Return the lowest of each `width` of (n,) `values` in a row: (n - width + 1,)."""
    reached = 1
    while reached < width:  # of windows twice as wide each time
        step = min(reached, width - reached)
        values = np.minimum(values[step:], values[:-step])
        reached += step
    return values
