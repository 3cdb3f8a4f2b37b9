from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from audioguide.speech.limiter import GRAIN, applied, held_below, peaks
from tests.tables import every

Wave = NDArray[np.float32]


def _limited(samples: Wave, ceiling: float = 0.5) -> Wave:
    return applied(samples, held_below(peaks(samples), ceiling))


@given(st.integers(0, 10**6), st.integers(1, 300), st.floats(0.01, 30))
def test_no_sample_passes_the_ceiling(seed: int, grains: int, loudness: float) -> None:
    rng = np.random.default_rng(seed)
    samples = (loudness * rng.standard_normal(grains * GRAIN) ** 3).astype(np.float32)
    assert np.abs(_limited(samples)).max() <= 0.5 + 1e-6


def test_what_is_soft_enough_stays_as_it_is() -> None:
    samples = np.linspace(-0.5, 0.5, 100 * GRAIN, dtype=np.float32)
    assert np.array_equal(_limited(samples), samples)


def test_a_peak_is_turned_down_before_it_comes_and_without_a_jump() -> None:
    gains = held_below(np.where(np.arange(300) == 150, 2.0, 0.1), 0.5)
    assert gains[150] == gains[151] == pytest.approx(0.25)
    low = np.flatnonzero(gains < 0.999)
    assert 10 < 150 - low[0] <= 30  # 7 to 20 ms
    assert 10 < low[-1] - 151 <= 30
    assert np.abs(np.diff(gains)).max() < 0.07 * (1 - 0.25)


@every("hertz", [90, 120, 220, 1000])
def test_a_steady_sound_is_only_turned_down(hertz: int) -> None:
    moments = np.arange(48_000) / 48_000
    heard = _limited((0.9 * np.sin(2 * np.pi * hertz * moments)).astype(np.float32))[12_000:36_000]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))) ** 2
    middle = hertz // 2  # 0.5 s: 2 Hz a line
    around = spectrum[middle - 4 : middle + 5].sum()
    assert 10 * np.log10((spectrum.sum() - around) / around) < -60
