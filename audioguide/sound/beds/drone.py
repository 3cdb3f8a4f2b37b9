"""`drone`: a low, warm chord that never changes and never stands still."""

from __future__ import annotations

from functools import cache

import numpy as np

from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.noise import at_bed_level
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE

LOOP_FRAMES = 2_000  # 48 s: every partial goes round a whole number of times
# An A with its fifth over two octaves, in just ratios to 110 Hz, so that their overtones agree; the
# lowest is for headphones only.
CHORD = ((55.0, 0.5), (110.0, 1.0), (165.0, 0.6), (220.0, 0.42), (330.0, 0.16), (440.0, 0.07))
OVERTONES = (1.0, 0.3, 0.12, 0.04)
# Each partial is three, so far apart in rounds of the loop: they beat once in 7 to 48 s.
APART = ((-1, 0.45), (0, 1.0), (2, 0.4), (5, 0.15))
SEED = 4


@cache
def drone() -> LoopedBed:
    """Make the drone out of its spectrum: partials at whole rounds of the loop, so no seam; -40 LUFS."""
    rng = np.random.default_rng(SEED)
    count = LOOP_FRAMES * FRAME_SAMPLES
    spectrum = np.zeros(count // 2 + 1, dtype=np.complex64)
    for hertz, level in CHORD:
        for number, share in enumerate(OVERTONES, 1):
            middle = round(hertz * number * count / SAMPLE_RATE)
            for apart, part in APART:
                spin = np.exp(2j * np.pi * rng.random())
                spectrum[middle + apart * number] += level * share * part * spin
    wave = (np.fft.irfft(spectrum) * count).astype(np.float32)
    return LoopedBed(samples=at_bed_level(wave), stationary=False)
