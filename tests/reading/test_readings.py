"""What is read is what was written, on the sounds of the bundled espeak-ng: none wrong."""

from __future__ import annotations

import re

import pytest

from audioguide.reading.read import reading_for
from tests.reading.phonemes import Spoken, phonemes
from tests.reading.readings import NUMBERS, PHYSIO, SIGNS, SOUNDS, UNITS
from tests.tables import every

WORDED = [*UNITS, *NUMBERS, *SIGNS, *PHYSIO]


@pytest.fixture(scope="module")
def heard() -> dict[Spoken, str]:
    """Return the phonemes of all that is compared here."""
    texts = [("en-us", text) for row in WORDED for text in (_read("en-us", row[0]), row[1])]
    return phonemes(texts + [(voice, _read(voice, row[0])) for row in SOUNDS for voice in ("en-us", "en-gb")])


def _read(voice: str, text: str) -> str:
    return reading_for(voice, "pyttsx3")(text)


def test_there_are_enough_of_them() -> None:
    texts = [row[0] for row in (*WORDED, *SOUNDS)]
    assert len(set(texts)) == len(texts) >= 200


@every(("text", "words"), WORDED, at_once=300)
def test_a_text_sounds_like_its_words(heard: dict[Spoken, str], text: str, words: str) -> None:
    said = _read("en-us", text)
    assert _sounds(heard["en-us", said]) == _sounds(heard["en-us", words]), said


def _sounds(phonemes: str) -> str:
    # Numbers in digits are stressed a little otherwise, and run together.
    return re.sub(r"[\s\u02c8\u02cc]", "", phonemes)


@every(("text", "american", "british"), SOUNDS, at_once=300)
def test_a_word_of_two_sounds_has_the_right_one(
    heard: dict[Spoken, str], text: str, american: str, british: str
) -> None:
    for voice, sounds in (("en-us", american), ("en-gb", british)):
        assert heard[voice, _read(voice, text)] == sounds
