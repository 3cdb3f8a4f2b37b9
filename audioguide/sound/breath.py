"""Tones that are exactly one phase of a breath long, told apart without words.

In rises and swells, out falls and fades; full lungs rest on a faint steady tone, empty ones in
silence. Every tone begins and ends at zero.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.script.script import Phase
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES

# D4 to A4, a fifth: wide enough to hear the way, high enough for a phone's loudspeaker, and
# apart from the pitches of the shipped sounds while it moves.
LOW_HZ = 293.66
HIGH_HZ = 440.0
# Speech has -19 LUFS. The loudest 0.4 s of a breath lie 6 LU below it and those of a rest 11 LU: clear,
# and softer than any chime, as a breath goes on for a long time and words may lie over it.
PEAK_DB = -21.0
FULL_DB = -26.0
FAINTEST = 0.25  # of the peak: where a rising tone begins and a falling one ends
EDGE_SAMPLES = SAMPLE_RATE * 80 // 1000
OCTAVE = 0.18  # some octave: a bare sine is hard to place, and lost on small loudspeakers
TONE_PEAK = 1.057  # of a sine and its octave together

_Curve = NDArray[np.float64]


@lru_cache(maxsize=32)  # a second of one has 96 kB; every breath of a routine asks for the same few
def breath_tone(phase: Phase, length: int, gain_db: float = 0.0) -> Clip:
    """Make the tone of a breath `phase`, `length` ticks long, and `gain_db` louder than here.

    Its loudest 0.4 s have -25 LUFS ("full": -30; "empty": silence), its peak -21 dBFS (-26), and its
    edges are raised cosines of 80 ms, or of half the tone where that is shorter. Raises ValueError
    for a negative length.
    """
    if length < 0:
        raise ValueError(f"a breath of {length} ticks does not exist")
    count = length * TICK_SAMPLES
    if phase == "empty" or not count:
        return Clip(np.zeros(count, dtype=np.int16))
    peak = 10 ** (((FULL_DB if phase == "full" else PEAK_DB) + gain_db) / 20)
    return Clip(_sixteen_bit(peak * _shape(phase, count)))


@lru_cache(maxsize=4)  # a second has 384 kB; tones under words differ from the others in their gain alone
def _shape(phase: Phase, count: int) -> _Curve:
    """Return the tone of a `phase`, `count` samples long, at full scale."""
    way = np.full(count, 1.0) if phase == "full" else _smooth(count)
    if phase == "out":
        way = way[::-1]
    swell = FAINTEST + (1 - FAINTEST) * way
    return swell * _edges(count) * _tone(way)


def _tone(way: _Curve) -> _Curve:
    # Equal steps of `way` are equal musical intervals.
    pitch = np.exp(way * np.log(HIGH_HZ / LOW_HZ))  # in LOW_HZ
    angle = np.cumsum(pitch) * (2 * np.pi * LOW_HZ / SAMPLE_RATE)
    return np.sin(angle) * (1 + 2 * OCTAVE * np.cos(angle)) / TONE_PEAK  # sin 2x = 2 sin x cos x


def _edges(count: int) -> _Curve:
    edge = min(EDGE_SAMPLES, count // 2)
    rise = _smooth(edge)
    return np.concatenate([rise, np.ones(count - 2 * edge), rise[::-1]])


def _smooth(count: int) -> _Curve:
    """Return a raised cosine from 0 up to 1 in `count` samples."""
    return (1 - np.cos(np.pi * np.arange(count) / max(1, count - 1))) / 2


def _sixteen_bit(curve: _Curve) -> Samples:
    return np.rint(curve * 32_767).astype(np.int16)
