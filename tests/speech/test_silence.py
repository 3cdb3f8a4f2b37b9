from __future__ import annotations

import numpy as np
import pytest

from audioguide.speech.silence import span
from tests.tables import every

RATE = 24_000


def _sound(before: float, words: float, after: float, room: float = 0.0) -> np.ndarray:
    moments = np.arange(round(words * RATE)) / RATE
    voice = 0.4 * np.sin(2 * np.pi * 200 * moments) * np.sin(np.pi * moments / words) ** 0.2
    whole = np.concatenate([np.zeros(round(before * RATE)), voice, np.zeros(round(after * RATE))])
    return (whole + room * np.random.default_rng(1).standard_normal(len(whole))).astype(np.float32)


@every("room", [0.0, 0.0005, 0.005])  # a studio, a quiet room, a fan: -46 dBFS
@every("around", [0.0, 0.02, 1.5])
def test_the_words_are_found_in_any_room(room: float, around: float) -> None:
    first, end = span(_sound(around, 1.0, around, room), RATE)
    assert first / RATE == pytest.approx(around, abs=0.02)
    assert end / RATE == pytest.approx(around + 1.0, abs=0.02)


@every("samples", [np.zeros(0), np.zeros(500), np.full(500, 1e-5)])
def test_silence_has_no_words(samples: np.ndarray) -> None:
    assert span(samples.astype(np.float32), RATE) == (0, 0)
