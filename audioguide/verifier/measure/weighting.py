"""Loudness by ITU-R BS.1770-4, for one channel: a second meter, apart from the one that sets levels."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.units import TICK_SAMPLES, TICKS_PER_SECOND
from audioguide.verifier.measure.decode import DECODED_BLOCK

Powers = NDArray[np.float32]
Spectrum = NDArray[np.complex64]

SIZE = 65_536  # of the transform: a block, and before it as much as the filters remember
MEMORY = SIZE - DECODED_BLOCK
GATE_TICKS = TICKS_PER_SECOND * 4 // 10  # blocks of 400 ms …
HOP_TICKS = GATE_TICKS // 4  # … that overlap by three quarters
ABSOLUTE_LUFS, RELATIVE_LU = -70.0, -10.0
DUAL_MONO_LU = 10 * np.log10(2)  # louder as both channels of a stereo file

# BS.1770-4, tables 1 and 2: numerator and denominator of the shelf and of the high pass, at 48 kHz.
_STAGES = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)


def spectrum_of(remembered: Wave) -> Spectrum:
    """Return the spectrum of a block, (65,536,) float32: it stands behind the 7,936 samples before it."""
    return np.asarray(np.fft.rfft(remembered), dtype=np.complex64)


def weighted(spectrum: Spectrum) -> Powers:
    """Return the weighted power of each tick of a block from its `spectrum`: (300,) float32."""
    heard = np.fft.irfft(spectrum * _response(), SIZE)[MEMORY:]
    return np.asarray(np.square(heard, dtype=np.float32).reshape(-1, TICK_SAMPLES).mean(axis=1))


@cache
def _response() -> NDArray[np.complex64]:
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(SIZE))
    response = np.ones(len(delay), dtype=np.complex128)
    for above, below in _STAGES:
        response *= np.polynomial.polynomial.polyval(delay, above)
        response /= np.polynomial.polynomial.polyval(delay, below)
    return response.astype(np.complex64)


def lufs(power: float) -> float:
    """Return the loudness of a weighted power; -inf for silence."""
    return float(-0.691 + 10 * np.log10(power)) if power > 0 else float("-inf")


def gate_blocks(powers: Powers) -> NDArray[np.float64]:
    """Return the power of each block of 400 ms, one every 100 ms; of less sound, that of all of it."""
    if len(powers) <= GATE_TICKS:
        return np.array([powers.mean()]) if len(powers) else np.zeros(0)
    sums = np.concatenate([[0.0], np.cumsum(powers, dtype=np.float64)])
    return np.asarray((sums[GATE_TICKS:] - sums[:-GATE_TICKS])[::HOP_TICKS] / GATE_TICKS)


def gated(blocks: NDArray[np.float64]) -> float:
    """Return the gated loudness in LUFS of blocks of those powers; -inf where none counts."""
    kept = blocks[blocks > 10 ** ((ABSOLUTE_LUFS + 0.691) / 10)]
    if not len(kept):
        return float("-inf")
    return lufs(float(kept[kept > kept.mean() * 10 ** (RELATIVE_LU / 10)].mean()))


def momentary(powers: Powers, step: int) -> NDArray[np.float64]:
    """Return the power of the 400 ms from every tick that is a multiple of `step` on."""
    if len(powers) < GATE_TICKS:
        powers = np.pad(powers, (0, GATE_TICKS - len(powers)))
    sums = np.zeros(len(powers) + 1)
    np.cumsum(powers, dtype=np.float64, out=sums[1:])
    return np.asarray((sums[GATE_TICKS::step] - sums[: len(sums) - GATE_TICKS : step]) / GATE_TICKS)
