"""Many short sounds strewn over a loop: drops, and the rustle of `air`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave
from audioguide.units import SAMPLE_RATE


def ping(hertz: float, decay_s: float, attack_s: float) -> Wave:
    """Return a soft stroke: a sine of `hertz` that rises in `attack_s`, dies away and peaks at 1."""
    time = np.arange(int(7 * decay_s * SAMPLE_RATE) + 1) / SAMPLE_RATE
    rise = np.sin(np.pi / 2 * np.minimum(time / attack_s, 1)) ** 2
    # It ends on a curve to zero, not on a step.
    fall = np.exp(-time / decay_s) * np.cos(np.pi / 2 * time / time[-1]) ** 2
    wave = rise * fall * np.sin(2 * np.pi * hertz * time)
    return np.asarray(wave / np.abs(wave).max(), dtype=np.float32)


def flick(hertz: float) -> Wave:
    """Return a grain of three half waves of `hertz`: the middle passes zero, and both its sides peak at 1."""
    half = round(0.75 * SAMPLE_RATE / hertz)
    time = np.arange(-half, half + 1)
    wave = np.sin(2 * np.pi * hertz * time / SAMPLE_RATE) * np.cos(np.pi / 2 * time / half) ** 2
    return np.asarray(wave / np.abs(wave).max(), dtype=np.float32)


def strew(
    wave: Wave,
    grains: list[Wave],
    places: NDArray[np.int64],
    gains: NDArray[np.float64],
    rng: np.random.Generator,
) -> None:
    """Add to the loop `wave` one of `grains`, by chance, at each of `places`, as loud as `gains` says."""
    longest = max(map(len, grains))
    sum_ = np.zeros(len(wave) + longest, dtype=np.float32)
    chosen = rng.integers(len(grains), size=len(places))
    for place, gain, which in zip(places.tolist(), gains.tolist(), chosen.tolist(), strict=True):
        grain = grains[which]
        sum_[place : place + len(grain)] += grain * np.float32(gain)
    sum_[:longest] += sum_[len(wave) :]  # what rings over the end of the loop rings at its beginning
    wave += sum_[: len(wave)] - sum_[: len(wave)].mean()  # a stroke pushes to one side a little
