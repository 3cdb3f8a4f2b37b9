"""The voice at its level: every clip as loud as the others, and no peak too high."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.audio.loudness import HOP, blocks, loudness, lufs
from audioguide.speech.limiter import GRAIN, Gains, applied, held_below, lowest, peaks
from audioguide.units import TICK_SAMPLES

VOICE_LUFS = -19.0  # of one channel: -16 where both ears hear it
# Decoded, what LAME makes of it peaks up to 0.5 dB higher at 64 kbit/s: -2.6 dBTP.
CEILING_DBFS = -3.1
MOST_LIMITED_DB = 8.0  # a voice of peaks alone rather stays softer
ROUNDS, NEAR_LU = 6, 0.02  # what the limiter takes is given back, and what it takes of that, ...

# A moment is 1/150 s: 147 samples of a recording at 22,050 Hz, 320 samples or ten grains of a clip.
MOMENTS_PER_SECOND = 150
GRAINS = 10
MOMENTS = HOP // (GRAINS * GRAIN)  # in 100 ms

# Warmth: what is louder than the mean comes half as far above it, within a tenth of a second.
EASED = 0.5
EASE_MOMENTS = 15

# Any 400 ms may be 3 LU louder than the clip is; the limiter, LAME and the tone of a breath need a part of
# that. What is louder is turned down as slowly as it lasts, and before it comes.
RIDE_OVER_LU = 2.2
RIDE_MOMENTS = 60  # 400 ms
RIDES, RIDE_ROUNDS, RIDE_NEAR = 3, 6, 0.995
_RIDE_BELL = np.hanning(RIDE_MOMENTS + 3)[1:-1] / np.hanning(RIDE_MOMENTS + 3).sum()

Powers = NDArray[np.float64]


def levelled(samples: Wave, weighted: Wave, rate: int, *, eased: bool = False) -> Wave:
    """Return (n,) `samples` at 48 kHz at -19 LUFS and below -3.1 dBFS, padded to whole ticks.

    `weighted` is the same sound at `rate` Hz, a multiple of 150, as BS.1770 weighs it, so that no gain has
    to be measured by filtering again. Full scale is 1. With `eased`, loud and soft come a little closer
    first. No 400 ms become louder than the whole by 3 LU.
    """
    whole = np.pad(samples, (0, -len(samples) % TICK_SAMPLES))
    flat = _moment_powers(weighted, -(-len(whole) // (GRAINS * GRAIN)), rate // MOMENTS_PER_SECOND)
    steps = len(whole) // HOP
    count = len(whole) // GRAIN + 1
    base = _easing(flat, count) if eased else np.ones(count)
    gain, limits = 1.0, np.ones(count)
    highest = peaks(whole)
    for _ in range(RIDES):  # the limiter takes from some moments, and what it gives back goes to all
        riding = _riding(flat * _squares(base * limits, len(flat)), steps)
        if riding.min() == 1.0 and gain != 1.0:
            break
        base *= _at_borders(riding, count)
        # Within a grain, so slow a gain changes by 0.03 dB at most.
        gain, limits = _limited(
            highest * np.maximum(base[1:], base[:-1]), flat * _squares(base, len(flat)), steps
        )
    return applied(whole, base * gain * limits)


def _limited(levels: Gains, powers: Powers, steps: int) -> tuple[float, Gains]:
    """Return the gain that brings `powers` to their level, and those of the limiter at borders of grains."""
    ceiling = 10 ** (CEILING_DBFS / 20)
    gain = 10 ** ((VOICE_LUFS - _loudness(powers, steps)) / 20)
    most = ceiling * 10 ** (MOST_LIMITED_DB / 20) / levels.max()
    for _ in range(ROUNDS):
        limits = held_below(levels * min(gain, most), ceiling)
        if gain >= most or limits.min() == 1.0:
            break
        missing = VOICE_LUFS - _loudness(powers * _squares(limits * gain, len(powers)), steps)
        gain *= 10 ** (missing / 20)
        if missing < NEAR_LU:
            break
    gain = min(gain, most)
    return gain, held_below(levels * gain, ceiling)


def _moment_powers(weighted: Wave, count: int, width: int) -> Powers:
    moments = np.zeros((count, width), dtype=np.float32)
    end = min(len(weighted), moments.size)
    moments.reshape(-1)[:end] = weighted[:end]
    return np.asarray(np.einsum("ij,ij->i", moments, moments), dtype=np.float64) / width


def _squares(gains: Gains, count: int) -> Powers:
    """Return the mean square of `gains` at borders of grains, in each of `count` moments."""
    whole = np.full(count * GRAINS, gains[-2])
    whole[: len(gains) - 1] = gains[:-1]
    moments = whole.reshape(-1, GRAINS)
    return np.asarray(np.einsum("ij,ij->i", moments, moments) / GRAINS)


def _loudness(powers: Powers, steps: int) -> float:
    if steps < 4:  # the standard has no value for less than 0.4 s: the mean of all of it
        return lufs(float(powers.mean()))
    return loudness(blocks(powers[: steps * MOMENTS].reshape(-1, MOMENTS).mean(axis=1)))


def _easing(powers: Powers, count: int) -> Gains:
    bell = np.hanning(2 * EASE_MOMENTS + 1)
    around = np.convolve(powers, bell / bell.sum(), "same")
    over = np.maximum(1.0, around / powers.mean())
    return _at_borders(over ** (-EASED / 2), count)


def _riding(powers: Powers, steps: int) -> Gains:
    """Return a gain for each moment, with which no 400 ms are louder than the whole by more than 2.2 LU."""
    gains = np.ones(len(powers))
    for _ in range(RIDE_ROUNDS):
        heard = powers * np.square(gains)
        around = _means(heard, RIDE_MOMENTS)
        most = 10 ** ((_loudness(heard, steps) + RIDE_OVER_LU + 0.691) / 10)
        needed = np.minimum(1.0, np.sqrt(most / np.maximum(around, 1e-12)))
        if needed.min() > RIDE_NEAR:
            break
        least = np.pad(lowest(needed, RIDE_MOMENTS), RIDE_MOMENTS // 2, mode="edge")
        gains *= np.convolve(least, _RIDE_BELL, "valid")
    return gains


def _means(values: Powers, width: int) -> Powers:
    """Return the mean of each `width` in a row, of which some may lie outside: (n + width - 1,), 0 there."""
    sums = np.zeros(len(values) + 2 * width - 1)
    np.cumsum(values, out=sums[width : width + len(values)])
    sums[width + len(values) :] = sums[width + len(values) - 1]
    return np.maximum(sums[width:] - sums[:-width], 0.0) / width


def _at_borders(gains: Gains, count: int) -> Gains:
    """Return gains of moments at `count` borders of grains, straight between the middles of moments."""
    middles = (np.arange(len(gains)) + 0.5) * GRAINS
    return np.asarray(np.interp(np.arange(count), middles, gains))
