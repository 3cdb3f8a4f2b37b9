from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.sound.loudness import block_powers, loudness
from tests.mp3.meter import lufs

RATE = 48_000


def sounds() -> dict[str, NDArray[np.float64]]:
    rng = np.random.default_rng(0)
    time = np.arange(12 * RATE) / RATE
    white = 0.02 * rng.standard_normal(len(time))
    return {
        "997 Hz": 0.1 * np.sin(2 * np.pi * 997 * time),
        "60 Hz": 0.3 * np.sin(2 * np.pi * 60 * time),
        "10 kHz": 0.01 * np.sin(2 * np.pi * 10_000 * time),
        "white": white,
        "mostly silent": white * (time > 9),
        "soft and loud": white * np.where(time > 6, 1, 0.05),
    }


@pytest.mark.parametrize("name", sounds())
def test_loudness_is_that_of_libebur128(name: str) -> None:
    sound = sounds()[name].astype(np.float32)
    # One channel of 997 Hz at full scale has -3.01 LUFS.
    assert loudness(block_powers(sound)) == pytest.approx(lufs(sounds()[name] * 32_768), abs=0.2)


def test_silence_has_no_loudness() -> None:
    assert loudness(block_powers(np.zeros(RATE, dtype=np.float32))) == float("-inf")
    assert loudness(block_powers(np.zeros(100, dtype=np.float32))) == float("-inf")
