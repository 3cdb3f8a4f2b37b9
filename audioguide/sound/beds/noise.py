"""Noise that is a loop: made of its spectrum, so that it has no seam. `brown` is nothing else."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.audio.loudness import block_powers, loudness
from audioguide.sound.beds.bed import BED_LUFS, FULL_SCALE, LoopedBed
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE

LOOP_FRAMES = 400  # 9.6 s, and a length that the FFT likes
# Below, loudspeakers only labour; without an edge, brown noise would wander away from zero.
BROWN_LOWEST_HZ = 25.0
BROWN_SEED = 5  # of eight, the loop whose loudness moves least: 1 LU over 0.4 s, 0.25 LU over 3 s
BROWN_RMS_DB = -36.18  # dB of full scale: that is -40 LUFS of this noise


@cache
def brown() -> LoopedBed:
    """Make brown noise: 6 dB less with each octave, even and low, -40 LUFS.

    Every frequency of the loop has its exact level and a random phase, so the loop has no seam
    and its level is what is stated. It is made in 25 ms whenever it is needed; a file that ships
    would be rounded to 16 bit, and weigh 0.9 MB for each bed.
    """
    hertz = frequencies(LOOP_FRAMES)
    levels = 1 / (hertz * np.sqrt(1 + (BROWN_LOWEST_HZ / hertz) ** 8))
    wave = noise(levels, BROWN_SEED)
    return LoopedBed(samples=wave * np.float32(FULL_SCALE * 10 ** (BROWN_RMS_DB / 20)))


def frequencies(frames: int) -> NDArray[np.float64]:
    """Return the frequencies in Hz of a loop of so many `frames`, without 0 Hz and half of the rate."""
    return np.asarray(np.fft.rfftfreq(frames * FRAME_SAMPLES, 1 / SAMPLE_RATE)[1:-1], dtype=np.float64)


def noise(levels: NDArray[np.float64], seed: int) -> Wave:
    """Return a loop of RMS 1 with those `levels` at its `frequencies`, and random phases."""
    phases = 2 * np.pi * np.random.default_rng(seed).random(len(levels))
    spectrum = np.zeros(len(levels) + 2, dtype=np.complex128)
    spectrum[1:-1] = levels * np.exp(1j * phases)
    wave = np.fft.irfft(spectrum)
    return np.asarray(wave / np.sqrt(np.mean(np.square(wave))), dtype=np.float32)


def band(hertz: NDArray[np.float64], low: float, high: float, slope: int = 2) -> NDArray[np.float64]:
    """Return levels of 1 between `low` and `high` Hz that fall by `slope` times 6 dB an octave outside."""
    return 1 / np.sqrt((1 + (low / hertz) ** (2 * slope)) * (1 + (hertz / high) ** (2 * slope)))


def at_bed_level(wave: Wave) -> Wave:
    """Return a loop at the level of a bed, -40 LUFS, in steps of 16 bit."""
    return wave * np.float32(FULL_SCALE * 10 ** ((BED_LUFS - loudness(block_powers(wave))) / 20))
