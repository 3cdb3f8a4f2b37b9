"""The language that a voice speaks."""

from __future__ import annotations

from audioguide.reading.language import language_of, locale_of
from audioguide.speech.voices.catalogue import catalogue
from audioguide.speech.voices.packaged import BLENDS, PACKAGED, READ_LANGUAGE
from tests.tables import every


@every(
    ("voice", "language"),
    [
        ("en-us", "en"),
        ("gmw/en-gb-x-rp+f3", "en"),
        ("English (America)", "en"),
        ("en_US-lessac-medium", "en"),
        ("de", "de"),
        ("German", "de"),
        ("fr_CH", "fr"),
        ("sit/cmn", "cmn"),
        ("Chinese (Cantonese)", "yue"),
        ("Chinese (Mandarin, latin as English)", "cmn"),
        ("chr-US-Qaaa-x-west", "chr"),
        ("robot", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_voice_says_its_language(voice: str, language: str) -> None:
    assert language_of(voice) == language


@every("voice", [*PACKAGED, *BLENDS, "JF_Alpha:0.6+jm_kumo:0.4"])
def test_what_the_package_of_kokoro_brings_reads_english(voice: str) -> None:
    assert locale_of(voice) == READ_LANGUAGE


def test_every_voice_that_can_be_added_is_read_in_its_language() -> None:
    for name, offer in catalogue().items():
        assert language_of(name) == offer.language.partition("-")[0], name
