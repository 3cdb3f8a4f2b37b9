"""What is read is what was written, on the sounds of the bundled espeak-ng: none wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from audioguide.reading.read import reading_for
from audioguide.speech.espeak import PyttsxEngine
from tests.reading.readings import NUMBERS, PHYSIO, SIGNS, SOUNDS, UNITS
from tests.tables import every

WORDED = [*UNITS, *NUMBERS, *SIGNS, *PHYSIO]


@pytest.fixture(scope="module")
def espeak() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


def test_there_are_enough_of_them() -> None:
    texts = [row[0] for row in (*WORDED, *SOUNDS)]
    assert len(set(texts)) == len(texts) >= 200


@every(("text", "words"), WORDED)
def test_a_text_sounds_like_its_words(espeak: PyttsxEngine, text: str, words: str) -> None:
    said = reading_for("en-us", "pyttsx3")(text)
    assert _sounds(espeak, said) == _sounds(espeak, words), said


def _sounds(espeak: PyttsxEngine, text: str) -> str:
    # Numbers in digits are stressed a little otherwise, and run together.
    return re.sub(r"[\s\u02c8\u02cc]", "", espeak.phonemes(text, "en-us"))


@every(("text", "american", "british"), SOUNDS)
def test_a_word_of_two_sounds_has_the_right_one(
    espeak: PyttsxEngine, text: str, american: str, british: str
) -> None:
    for voice, sounds in (("en-us", american), ("en-gb", british)):
        assert espeak.phonemes(reading_for(voice, "pyttsx3")(text), voice) == sounds
