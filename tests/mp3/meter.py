"""Measuring sound with other means than the package: libebur128, and plain spectra."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from audioguide.mp3.assemble import mp3_pieces
from audioguide.mp3.frames import frame_bytes
from tests.ebur128 import RATE, readings
from tests.mp3.conftest import decode_ffmpeg

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


def decoded(data: bytes) -> Floats:
    """Decode joined frames of 96 kbit/s; sample 0 is the border of the first one."""
    file = io.BytesIO()
    file.writelines(mp3_pieces([data], (len(data) // frame_bytes(96_000) - 1) * 6))
    return decode_ffmpeg(file.getvalue())


def noise_db(heard: Floats, meant: Floats) -> float:
    """Return how far the error lies below the sound, in dB."""
    return decibels(float(np.square(heard - meant).sum() / np.square(meant).sum()))
