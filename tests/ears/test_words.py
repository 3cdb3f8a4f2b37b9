"""A text as words that can be compared."""

from __future__ import annotations

from audioguide.ears.compare import compare
from audioguide.ears.sounds import Speller, phones
from audioguide.ears.words import plain_words, words_of
from audioguide.reading.lexicon import read_say_as
from audioguide.reading.marks import marked
from audioguide.reading.read import reading_for
from tests.tables import every

READS = reading_for("en-us", "pyttsx3")


@every(
    ("text", "words"),
    [
        ("You're done, don't rush.", "you are done do not rush"),
        ("It\u2019s all right; we\u2019ll rest.", "it is all right we will rest"),
        ("You can't. You cannot.", "you can not you can not"),
        ("OK, hold for 30 seconds!", "okay hold for 30 seconds"),
        ("Hold for 1.5 minutes.", "hold for 1 and a half minutes"),
        ("Half-way: 2nd of 8", "half way 2nd of 8"),
        ("\u2026 \u2013 !", ""),
    ],
)
def test_contractions_are_written_out_and_marks_left_out(text: str, words: str) -> None:
    assert " ".join(plain_words(text)) == words


def test_units_are_read_as_they_are_said(sounds: Speller) -> None:
    assert [word.text for word in words_of("Lift 5 kg", READS, sounds)] == ["lift", "5", "kilograms"]


def test_a_name_has_the_sounds_that_the_lexicon_gives_it(sounds: Speller) -> None:
    *_, name = words_of("Rest in savasana.", READS, sounds)
    assert (name.text, name.name, name.phones) == ("savasana", True, phones("ʃɑːvˈɑːsənə"))


def test_a_name_of_your_own_and_one_said_inline_are_known_too(sounds: Speller) -> None:
    reads = reading_for("en-us", "pyttsx3", read_say_as({"Wojtek": "VOY-tek"}))
    mine, inline = words_of(marked("Wojtek, {xyz|zih-ZEE}."), reads, sounds)
    assert mine.name
    assert inline.name
    assert mine.phones == tuple("vɑɪtɛk")
    assert (inline.text, inline.phones) == ("xyz", tuple("zɪzɪ"))


def test_a_word_with_two_sounds_is_one_word(sounds: Speller) -> None:
    asked, heard = (words_of(text, READS, sounds) for text in ("Let your eyes cloze.", "Let your eyes close"))
    assert compare(asked, heard).differing == 0
