"""Stationary beds, made of nothing but numbers."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.sound.bed import FULL_SCALE, StationaryBed, Wave
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE

LOOP_FRAMES = 400  # 9.6 s, and a length that the FFT likes
# Below, loudspeakers only labour; without an edge, brown noise would wander away from zero.
BROWN_LOWEST_HZ = 25.0
BROWN_SEED = 5  # of eight, the loop whose loudness moves least: 1 LU over 0.4 s, 0.25 LU over 3 s
BROWN_RMS_DB = -36.18  # dB of full scale: that is -40 LUFS of this noise


@cache
def brown() -> StationaryBed:
    """Make brown noise: 6 dB less with each octave, even and low, -40 LUFS.

    Every frequency of the loop has its exact level and a random phase, so the loop has no seam
    and its level is what is stated. It is made in 25 ms whenever it is needed; a file that ships
    would be rounded to 16 bit, and weigh 0.9 MB for each bed.
    """
    count = LOOP_FRAMES * FRAME_SAMPLES
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)[1:-1]
    levels = 1 / (hertz * np.sqrt(1 + (BROWN_LOWEST_HZ / hertz) ** 8))
    return _stationary(_noise(levels, BROWN_RMS_DB, BROWN_SEED))


def _stationary(loop: Wave) -> StationaryBed:
    return StationaryBed(samples=loop, key=hashlib.sha256(loop.tobytes()).hexdigest())


def _noise(levels: NDArray[np.float64], rms_db: float, seed: int) -> Wave:
    """Return a loop with the given `levels` between 0 Hz and half of the rate, both left out."""
    phases = 2 * np.pi * np.random.default_rng(seed).random(len(levels))
    spectrum = np.zeros(len(levels) + 2, dtype=np.complex128)
    spectrum[1:-1] = levels * np.exp(1j * phases)
    wave = np.fft.irfft(spectrum)
    wave *= FULL_SCALE * 10 ** (rms_db / 20) / np.sqrt(np.mean(np.square(wave)))
    return wave.astype(np.float32)


MADE = {"brown": brown}
