from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.loudness import block_powers, integrated, loudness, momentary_max, true_peak
from tests.mp3.conftest import make_voice
from tests.mp3.meter import lufs
from tests.slow import first
from tests.tables import every

RATE = 48_000

Floats = NDArray[np.float64]


def _time(seconds: float) -> Floats:
    return np.linspace(0.0, seconds, round(seconds * RATE), endpoint=False)


def _sine(hertz: float, peak: float, seconds: float = 6) -> Floats:
    return peak * np.sin(2 * np.pi * hertz * _time(seconds))


def _noise(seconds: float, level: float = 0.05) -> Floats:
    return level * np.random.default_rng(0).standard_normal(round(seconds * RATE))


def _voice(seed: int, seconds: float, gain: float = 1.0) -> Floats:
    return np.asarray(make_voice(seed, seconds).samples * (gain / 32_768), dtype=np.float64)


SOUNDS: dict[str, Callable[[], Floats]] = {
    "997 Hz at -10 dBFS": lambda: _sine(997, 10**-0.5),
    "997 Hz at -23 dBFS": lambda: _sine(997, 10 ** (-23 / 20)),
    "997 Hz at -40 dBFS": lambda: _sine(997, 0.01),
    "60 Hz": lambda: _sine(60, 0.3, 12),
    "10 kHz": lambda: _sine(10_000, 0.01, 12),
    "white noise": lambda: _noise(12),
    "brown noise": lambda: np.cumsum(_noise(12, 1e-4)),
    "mostly silent": lambda: _noise(12) * (_time(12) > 9),
    "soft and loud": lambda: _noise(12) * np.where(_time(12) > 6, 1, 0.05),
    "two steps": lambda: _noise(12) * np.where(_time(12) > 6, 1, 0.35),
    "pauses": lambda: _noise(20) * (_time(20) % 2 < 0.7),
    "long": lambda: _noise(45) * (0.3 + 0.7 * np.abs(np.sin(_time(45)))),
    "at its first block": lambda: _noise(0.4),
    "half a second": lambda: _noise(0.5),
    "a little less than a second": lambda: _noise(0.95),
    "a word": lambda: _voice(1, 0.6),
    "a sentence": lambda: _voice(2, 3.3),
    "a soft sentence": lambda: _voice(3, 4.0, 0.05),
    "a loud sentence": lambda: _voice(4, 4.0, 1.6),
    "sentences": lambda: np.concatenate(
        [part for seed in range(5) for part in (_voice(seed, 2.5), np.zeros(2 * RATE))]
    ),
    "soft sentences over noise": lambda: _voice(5, 30, 0.1) + _noise(30, 0.001),
}


@every("name", first(6, SOUNDS))
def test_loudness_is_that_of_libebur128(name: str) -> None:
    sound = SOUNDS[name]()
    assert integrated(sound.astype(np.float32)) == pytest.approx(lufs(sound * 32_768), abs=0.1)


def test_what_is_too_short_for_the_standard_is_measured_over_its_length() -> None:
    # A tone is as loud in 0.2 s as in 6 s; the filters need a few of its waves to settle.
    short = integrated(_sine(997, 0.1, 0.2).astype(np.float32))
    assert short == pytest.approx(integrated(_sine(997, 0.1).astype(np.float32)), abs=0.05)


@every("seconds", [1.0, 0.1, 0.0])
def test_silence_has_no_loudness(seconds: float) -> None:
    silence = np.zeros(round(seconds * RATE), dtype=np.float32)
    for measure in (integrated, momentary_max, true_peak, lambda sound: loudness(block_powers(sound))):
        assert measure(silence) == float("-inf")


def test_the_loudest_moment_is_found_where_it_is() -> None:
    sound = _sine(997, 0.01, 5)
    sound[2 * RATE : 3 * RATE] *= 10
    assert momentary_max(sound.astype(np.float32)) == pytest.approx(-23.01, abs=0.05)
    # A sound of 0.1 s in a window of 0.4 s has a quarter of its power.
    assert momentary_max(_sine(997, 0.1, 0.1).astype(np.float32)) == pytest.approx(-29.03, abs=0.1)


def test_a_true_peak_lies_between_the_samples() -> None:
    # A quarter of the sampling rate, 45 degrees off: every sample is 3 dB below the peak.
    sound = np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4) * np.hanning(RATE)
    assert 20 * np.log10(np.abs(sound).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak(sound.astype(np.float32)) == pytest.approx(0, abs=0.05)
