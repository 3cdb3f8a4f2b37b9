"""The language that a voice speaks."""

from __future__ import annotations

import pytest

from audioguide.reading.language import language_of


@pytest.mark.parametrize(
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
