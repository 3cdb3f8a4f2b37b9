"""Measuring sound with other means than the package: libebur128, and plain spectra."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.ebur128 import RATE, readings

Floats = NDArray[np.float64]

FULL_SCALE = 32_768


def lufs(samples: Floats) -> float:
    """Return the integrated loudness that libebur128 finds; `samples` are in steps of 16 bit."""
    return [float("-inf"), *readings(samples / FULL_SCALE, "I")][-1]


def powers_around(samples: Floats, places: NDArray[np.int64], hertz: float = 0) -> Floats:
    """Return the power above `hertz` in the 10 ms to both sides of each place, under a Hann window."""
    half = RATE // 100
    windows = samples[places[:, None] + np.arange(-half, half)] * np.hanning(2 * half)
    spectra = np.abs(np.fft.rfft(windows)) ** 2
    return np.asarray(spectra[:, round(hertz * 2 * half / RATE) :].sum(axis=1))


def decibels(power: float) -> float:
    """Return a ratio of powers in dB."""
    return float(10 * np.log10(power))
