"""Lengths estimated from the text: in every script, and behind every stop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.estimate import estimate
from tests.paragraphs import PARAGRAPHS
from tests.slow import first
from tests.tables import every


@pytest.fixture(scope="module")
def voice() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


@pytest.mark.parametrize("name", first(5, ["hi", "ko", "vi", "da", "th", *PARAGRAPHS]))
def test_estimates_come_near_a_voice_of_any_language(voice: PyttsxEngine, name: str) -> None:
    for text in PARAGRAPHS[name]:
        spoken = voice.speak(Phrase(text, name, 120, 50)).ticks
        assert estimate(text, 120, name) == pytest.approx(spoken, rel=0.45), text


@every(
    ("text", "name", "rate"),
    [
        ("One. two. three. four.", "en-us", 120),
        ("In. out. in. out.", "en-gb", 120),
        ("« Bien. »", "fr", 120),
        ("“Let go.” Then rest.", "en-us", 120),
        ("Now. Left. right. Left!", "en-us", 90),
        ("आँखें बंद करें। साँस लें।", "hi", 120),
        ("闭上眼睛。慢慢呼吸。放松肩膀！", "cmn", 200),
        ("Đặt tay lên bụng, thở chậm 10 giây.", "vi", 120),
    ],
)
def test_only_a_stop_that_is_heard_takes_time(voice: PyttsxEngine, text: str, name: str, rate: int) -> None:
    spoken = voice.speak(Phrase(text, name, rate, 50)).ticks
    assert estimate(text, rate, name) == pytest.approx(spoken, rel=0.35)


def test_accents_make_no_more_words_of_one() -> None:
    assert estimate("étirez les bras", 120) == estimate("etirez les bras", 120)
    assert estimate("połóż się", 120) == estimate("poloz sie", 120)
