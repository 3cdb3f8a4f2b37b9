"""The words a minute that are asked for are what is heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from audioguide.speech.engine import RATES, Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.pace import FASTEST, OTHERS, SLOWEST, asked_of_espeak, pace
from audioguide.speech.paces import VOICES
from tests.slow import first
from tests.tables import every

# Words as they stand in guidance, long and short; none of them was used to measure the voices.
SENTENCES = (
    "Lie on your stomach on a comfortable surface.",
    "Straighten your arms, but do not lock your elbows.",
    "Let your shoulders sink away from your ears.",
    "Slowly lower your leg.",
    "You are halfway through.",
    "Stop if anything hurts, and come back to the starting position.",
    "Sit upright with both feet flat on the floor.",
    "Feel the weight of your body sink into the ground.",
    "When you are ready, roll to one side and sit up slowly.",
    "Press lightly with your hands as you breathe out.",
    "Keep breathing.",
)


@pytest.fixture(scope="module")
def engine() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as made:
        yield made


def _heard(engine: PyttsxEngine, voice: str, rate: int) -> float:
    """Return words a minute from the first sound of each phrase to its last."""
    samples = 0
    for text in SENTENCES:
        sounding = np.flatnonzero(np.abs(engine.speak(Phrase(text, voice, rate, 50)).samples) > 100)
        samples += int(sounding[-1] - sounding[0])
    return 60 * 48_000 * sum(len(text.split()) for text in SENTENCES) / samples


@pytest.mark.parametrize("voice", first(1, ["en-us", "en-gb", "en-gb-scotland", "en-us+f2", "en-gb+m3"]))
def test_what_is_asked_for_is_heard(engine: PyttsxEngine, voice: str) -> None:
    for rate in (80, 100, 120, 200):
        assert _heard(engine, voice, rate) == pytest.approx(rate, rel=0.05)


@every("voice", ["en-us", "en-gb-scotland", "de"])
def test_the_bounds_of_espeak_are_kept_and_no_step_is_large(voice: str) -> None:
    asked = [asked_of_espeak(voice, rate) for rate in RATES]
    assert all(SLOWEST <= rate <= FASTEST for rate, _ in asked)
    assert {gap for rate, (_, gap) in zip(RATES, asked, strict=True) if rate >= 115} == {0}
    gaps = [gap for _, gap in asked]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] <= 8


def test_a_voice_is_known_by_any_of_its_names_and_others_are_as_most() -> None:
    names = ("en-gb", "EN_GB", "gmw/en", "English (Great Britain)")
    assert {pace(name) for name in names} == {VOICES["en"]}
    assert pace("en-us+f2") < pace("en-us") < pace("en-us+m3")
    assert pace("de") == OTHERS
    assert min(VOICES.values()) < OTHERS < max(VOICES.values())
