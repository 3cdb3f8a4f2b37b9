from __future__ import annotations

import numpy as np
import pytest

from audioguide.speech.engine import Phrase
from audioguide.speech.tone import ToneEngine
from tests.tables import every


@every(
    ("text", "rate", "ticks"),
    [
        ("Rest.", 120, 125),
        ("Slowly breathe out.", 120, 375),
        ("Slowly breathe out.", 90, 500),
        ("Slowly breathe out.", 130, 347),  # 346.2 ticks of words
        ("Now.", 450, 34),
    ],
)
def test_its_length_follows_the_words(text: str, rate: int, ticks: int) -> None:
    assert ToneEngine().speak(Phrase(text, "en-us", rate, 50)).ticks == ticks


def test_it_is_quiet_and_always_the_same_whatever_the_voice() -> None:
    first = ToneEngine().speak(Phrase("Breathe out.", "tone", 120, 50)).samples
    second = ToneEngine().speak(Phrase("Breathe in. ", "no such voice", 120, 50)).samples
    assert np.array_equal(first, second)
    assert 20 * np.log10(first.max() / 32_768) == pytest.approx(-30, abs=0.1)
