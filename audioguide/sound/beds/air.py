"""`air`: almost nothing, yet never silence to a loudspeaker that falls asleep or a player that skips."""

from __future__ import annotations

from functools import cache

import numpy as np

from audioguide.sound.beds.bed import FULL_SCALE, LoopedBed
from audioguide.sound.beds.grains import flick, strew
from audioguide.sound.beds.noise import LOOP_FRAMES, band, frequencies, noise
from audioguide.units import SAMPLE_RATE

SEED = 7
# Players that skip silence take everything below -30.1 dBFS (1024 of 32,768) for it. The grains stand
# a little above, after the encoder too, and come so often that none of 100 ms is without one, even
# where two parts of the loop are joined. Each swings as far up as down: whatever sounds with it, a
# breath tone or the end of a chime, takes from one swing what it gives to the other.
PEAK_DB = -29.0
APART_S = (0.030, 0.046)
FLOOR_DB = -62.0  # dB of full scale, RMS


@cache
def air() -> LoopedBed:
    """Make air: a faint rustle of grains of 1 ms, 26 a second, over a breath of noise; -48 LUFS.

    It does not go down under words: it would be no more use then.
    """
    rng = np.random.default_rng(SEED)
    hertz = frequencies(LOOP_FRAMES)
    wave = noise(band(hertz, 250, 3_000, 1), SEED) * np.float32(10 ** ((FLOOR_DB - PEAK_DB) / 20))
    grains = [flick(float(pitch)) for pitch in np.exp(rng.uniform(np.log(1_500), np.log(3_000), 32))]
    steps = rng.uniform(*APART_S, size=len(wave))
    places = (np.cumsum(steps) * SAMPLE_RATE).astype(np.int64)
    places = places[places < len(wave) - int(APART_S[0] * SAMPLE_RATE)]
    signs = rng.choice([-1.0, 1.0], len(places)) * rng.uniform(1, 1.12, len(places))
    strew(wave, grains, places, signs, rng)
    return LoopedBed(samples=wave * np.float32(FULL_SCALE * 10 ** (PEAK_DB / 20)), ducks=0)
