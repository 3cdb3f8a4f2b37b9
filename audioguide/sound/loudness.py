"""How loud sound is to the ear, in LUFS, as ITU-R BS.1770-4 measures one channel."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.units import SAMPLE_RATE

BLOCK = SAMPLE_RATE * 4 // 10  # 400 ms
SILENCE_LUFS = -70.0  # blocks below it do not count
GATE_LU = 10.0  # nor do those so far below the mean of the others

# The two filters of BS.1770-4, tables 1 and 2, at 48 kHz: the head, and the low end.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGHPASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def block_powers(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the weighted power of each whole block of 400 ms in (n,) `samples` at 48 kHz.

    The blocks do not overlap, unlike those of the standard: sound that goes on for minutes has
    the same loudness either way. The filters act on the spectrum of each block.
    """
    blocks = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
    spectra = np.fft.rfft(blocks, axis=1)
    power = np.square(spectra.real, dtype=np.float64) + np.square(spectra.imag, dtype=np.float64)
    return np.asarray(2 * (power @ _weights()) / BLOCK**2)


def loudness(powers: NDArray[np.float64]) -> float:
    """Return the gated loudness in LUFS of blocks of those weighted `powers`; -inf for silence."""
    kept = powers[powers > _power(SILENCE_LUFS)]
    if not len(kept):
        return float("-inf")
    kept = kept[kept > kept.mean() * 10 ** (-GATE_LU / 10)]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


@cache
def _weights() -> NDArray[np.float64]:
    turns = np.exp(-2j * np.pi * np.fft.rfftfreq(BLOCK))
    gain = np.ones(len(turns), dtype=np.complex128)
    for above, below in (_SHELF, _HIGHPASS):
        gain *= np.polyval(above[::-1], turns) / np.polyval(below[::-1], turns)
    return np.square(np.abs(gain))
