"""`ocean`: a calm sea at night; a wave every 9 to 12 s comes, breaks softly and runs out over sand."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.noise import at_bed_level, band, frequencies, noise
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE

WAVES_S = (10.2, 9.4, 11.4, 8.8, 10.9, 11.6, 9.7)  # 72 s, all swells different
HEIGHTS = (0.9, 1.0, 0.82, 0.95, 1.0, 0.86, 0.92)
LOOP_FRAMES = 3_000
SWELL_STEP = 480  # samples between two points of a swell
SEED = 3


@cache
def ocean() -> LoopedBed:
    """Make the sea: a deep murmur, a wash that swells, and foam that hisses as it runs out; -40 LUFS.

    Each of the three is noise of a colour of its own that comes and goes in its own way; together
    they are a filter that opens as the wave comes and closes as it goes.
    """
    swell, foam = _swells()
    wave = _voice(375, 40, 260, 1, 0.5 + 0.5 * swell)
    wave += _voice(500, 150, 900, 2, 0.10 + 1.15 * swell**1.6)
    wave += _voice(300, 900, 4_200, 3, 0.025 + 0.42 * foam**2.2)
    return LoopedBed(samples=at_bed_level(wave), stationary=False)


def _swells() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how high the sea is and how much foam there is, 0 to 1, at every STEP samples and at the end."""
    borders = np.concatenate([[0.0], np.cumsum(WAVES_S)])
    time = np.arange(LOOP_FRAMES * FRAME_SAMPLES // SWELL_STEP + 1) * SWELL_STEP / SAMPLE_RATE
    number = np.clip(np.searchsorted(borders, time, side="right") - 1, 0, len(WAVES_S) - 1)
    way = np.clip((time - borders[number]) / np.asarray(WAVES_S)[number], 0, 1)
    height = np.asarray(HEIGHTS)[number]
    # A wave comes in 0.42 of its time and goes in the rest; foam comes later.
    return height * _bump(way, 0.42), height * _bump(way, 0.52)


def _bump(way: NDArray[np.float64], top: float) -> NDArray[np.float64]:
    bent = np.where(way < top, way / top / 2, 0.5 + (way - top) / (1 - top) / 2)
    return (1 - np.cos(2 * np.pi * bent)) / 2


def _voice(frames: int, low: float, high: float, seed: int, course: NDArray[np.float64]) -> Wave:
    """Return noise between `low` and `high` Hz over the whole loop, as loud as `course` says.

    It goes round every `frames` frames, a part of the loop; nobody hears that under the swell.
    """
    hertz = frequencies(frames)
    tile = noise(band(hertz, low, high) / hertz**0.4, SEED + seed)
    wave = np.tile(tile, LOOP_FRAMES // frames)
    points = np.arange(len(course)) * SWELL_STEP
    wave *= np.interp(np.arange(len(wave)), points, course).astype(np.float32)
    return wave
