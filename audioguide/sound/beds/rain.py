"""`rain`: steady rain on leaves, a soft rush with thousands of small drops in it."""

from __future__ import annotations

from functools import cache

import numpy as np

from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.grains import ping, strew
from audioguide.sound.beds.noise import LOOP_FRAMES, at_bed_level, band, frequencies, noise

SEED = 11
DROPS = 2_600  # on the loop: 270 a second, most of them far away
NEAREST = 3.5  # the loudest of them, beside the rush
PITCHES = 48


@cache
def rain() -> LoopedBed:
    """Make rain: noise that is fullest from 250 Hz to 3.5 kHz, and drops of 0.9 to 6 kHz; -40 LUFS."""
    rng = np.random.default_rng(SEED)
    hertz = frequencies(LOOP_FRAMES)
    wave = noise(band(hertz, 250, 3_500) / hertz**0.4, SEED) * np.float32(0.7)
    drops = [
        ping(float(pitch), float(0.9 / pitch**0.85), 0.0006)
        for pitch in np.exp(rng.uniform(np.log(900), np.log(6_000), PITCHES))
    ]
    places = rng.integers(len(wave), size=DROPS)
    near = np.minimum(0.55 * np.exp(0.8 * rng.standard_normal(DROPS)), NEAREST)
    strew(wave, drops, places, near, rng)
    return LoopedBed(samples=at_bed_level(wave))
