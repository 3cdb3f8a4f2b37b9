"""How loud sound is, as ITU-R BS.1770-4 measures one channel: LUFS to the ear, dBTP between the samples."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.audio.resample import oversampled
from audioguide.units import SAMPLE_RATE

HOP = SAMPLE_RATE // 10  # a block of the standard begins every 100 ms
GATING_BLOCK = 4 * HOP
SILENCE_LUFS = -70.0  # blocks below it do not count
GATE_LU = 10.0  # nor do those so far below the mean of the others

# The two filters of BS.1770-4, tables 1 and 2, at 48 kHz: the head, and the low end.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGHPASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_LONGEST = 107  # steps filtered in one go: with the one in front of them, 2 x 2 x 3 x 3 x 3


def integrated(samples: Wave) -> float:
    """Return the gated loudness in LUFS of (n,) `samples` at 48 kHz; -inf for silence.

    The standard has no value for less than 0.4 s: such a sound is measured over its own length,
    without gates.
    """
    if len(samples) < GATING_BLOCK:
        return lufs(_short_power(samples))
    return loudness(block_powers(samples))


def momentary_max(samples: Wave) -> float:
    """Return the loudness in LUFS of the loudest 0.4 s of (n,) `samples` at 48 kHz; -inf for silence.

    Windows begin every 0.1 s; a shorter sound is measured with silence behind it.
    """
    missing = max(0, GATING_BLOCK - len(samples), -len(samples) % HOP)
    return loudness(block_powers(np.pad(samples, (0, missing))).max(keepdims=True))


def true_peak(samples: Wave) -> float:
    """Return the highest peak of (n,) `samples` at 48 kHz in dBTP, from four times as many; -inf for none."""
    peak = float(np.abs(oversampled(samples)).max(initial=0.0))
    return float(20 * np.log10(peak)) if peak else float("-inf")


def block_powers(samples: Wave) -> NDArray[np.float64]:
    """Return the weighted power of each whole block of 400 ms, one every 100 ms, in (n,) `samples` at 48 kHz.

    Of less than 400 ms there is none.
    """
    return blocks(step_powers(samples))


def step_powers(samples: Wave) -> NDArray[np.float64]:
    """Return the weighted power of each whole step of 100 ms in (n,) `samples` at 48 kHz: (n // 4800,)."""
    whole = len(samples) // HOP
    steps = [
        _step_powers(samples, first, min(whole, first + _LONGEST)) for first in range(0, whole, _LONGEST)
    ]
    return np.concatenate(steps) if steps else np.zeros(0)


def blocks(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power of each block of four of (n,) `steps` of 100 ms: (n - 3,), or none."""
    return np.convolve(steps, np.full(4, 0.25), "valid") if len(steps) >= 4 else np.zeros(0)


def loudness(powers: NDArray[np.float64]) -> float:
    """Return the gated loudness in LUFS of blocks of those weighted `powers`; -inf for silence."""
    kept = powers[powers > _power(SILENCE_LUFS)]
    if not len(kept):
        return float("-inf")
    kept = kept[kept > kept.mean() * 10 ** (-GATE_LU / 10)]
    return lufs(float(kept.mean()))


def lufs(power: float) -> float:
    """Return the weighted `power` of one channel in LUFS; -inf for none."""
    return -0.691 + 10 * math.log10(power) if power else float("-inf")


def weighting(hertz: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Return the response of the filters of the standard at the frequencies `hertz`, below 24 kHz."""
    turns = np.exp(-2j * np.pi / SAMPLE_RATE * hertz)
    gain = np.ones(len(turns), dtype=np.complex128)
    for above, below in (_SHELF, _HIGHPASS):
        gain *= np.polyval(above[::-1], turns) / np.polyval(below[::-1], turns)
    return gain


def _step_powers(samples: Wave, first: int, last: int) -> NDArray[np.float64]:
    """Return the weighted powers of the steps from `first` to `last`."""
    # The filters ring for less than a step (by -200 dB), so the step in front is all that they remember;
    # it also takes what comes around from the end.
    size = _smooth(last - first + 1)
    window = np.zeros(size * HOP, dtype=np.float32)
    start = first * HOP - HOP
    part = samples[max(0, start) : last * HOP]
    lead = max(0, -start)
    window[lead : lead + len(part)] = part
    weighted = np.fft.irfft(np.fft.rfft(window) * _gains(len(window)), len(window))
    squares = np.square(weighted[HOP : (last - first + 1) * HOP], dtype=np.float64)
    return np.asarray(squares.reshape(-1, HOP).mean(axis=1))


def _short_power(samples: Wave) -> float:
    padded = np.zeros(GATING_BLOCK + HOP, dtype=np.float32)
    padded[: len(samples)] = samples
    weighted = np.fft.irfft(np.fft.rfft(padded) * _gains(len(padded)), len(padded))
    return float(np.square(weighted[: len(samples)], dtype=np.float64).mean()) if len(samples) else 0.0


def _smooth(count: int) -> int:
    """Return the next number from `count` on with no prime factor above 5: its spectrum comes quickly."""
    while True:
        rest = count
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return count
        count += 1


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


@cache
def _gains(length: int) -> NDArray[np.complex64]:
    return weighting(np.linspace(0.0, SAMPLE_RATE / 2, length // 2 + 1)).astype(np.complex64)
