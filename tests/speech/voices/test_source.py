from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from audioguide.errors import UsageError
from audioguide.speech.voices.catalogue import catalogue
from audioguide.speech.voices.source import find_source
from tests.tables import every

SUM = "ab" * 32


@every(
    ("what", "more", "reported"),
    [
        ("af_hart", {}, "neither a voice in the table nor a file: did you mean af_heart"),
        ("qqqq", {}, "`audioguide voices add --list` shows the table"),
        (
            "http://example.org/xf_a.bin",
            {"language": "en-us"},
            "is not https, so it could be changed on the way, and is not in the table",
        ),
        ("https://example.org/voice.pt", {}, "'voice.pt' is not a voice: a Piper voice ends in .onnx"),
        ("https://example.org/a.onnx.json", {}, "is the second file of a voice: name a.onnx"),
        ("https://example.org/mine.bin", {}, "mine.bin does not say its language: add --language"),
        ("https://example.org/a.bin", {"sha256": "12"}, "--sha256 takes 64 hexadecimal digits; found '12'"),
    ],
)
def test_what_cannot_be_added_is_one_line(what: str, more: dict[str, Any], reported: str) -> None:
    with pytest.raises(UsageError, match=re.escape(reported)) as raised:
        find_source(what, **more)
    assert "\n" not in str(raised.value)


def test_an_address_without_https_needs_its_checksum() -> None:
    source = find_source("http://example.org/xf_a.bin", sha256=SUM.upper(), language="en-us")
    assert (source.offer.engine, source.offer.files[0].sha256) == ("kokoro", SUM)


def test_the_name_may_say_the_language() -> None:
    assert find_source("https://example.org/nl_BE-nathalie-low.onnx").offer.language == "nl-be"
    assert find_source("https://example.org/bf_own.bin").offer.language == "en-gb"
    assert find_source("https://example.org/bf_own.bin", language="fr").offer.language == "fr"


def test_a_file_that_the_table_knows_has_to_be_that_one(tmp_path: Path) -> None:
    path = tmp_path / "af_heart.bin"
    path.write_bytes(b"x")
    source = find_source(str(path))
    assert source.offer == catalogue()["af_heart"]
    assert source.places == (str(path),)


@every("name", ["AF_HEART", "af-heart", " af_heart "])
def test_a_name_of_the_table_may_be_written_in_other_ways(name: str) -> None:
    assert find_source(name).offer.id == "af_heart"


def test_a_folder_without_the_files_says_which(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no file de_DE-thorsten-low\.onnx|no file de_DE-thorsten"):
        find_source("de_DE-thorsten-medium", tmp_path)
    with pytest.raises(UsageError, match="name the file instead of using --from"):
        find_source("mine.bin", tmp_path)


def test_every_voice_of_the_table_is_whole() -> None:
    for name, offer in catalogue().items():
        assert offer.engine in ("kokoro", "piper"), name
        assert offer.licence
        assert offer.language
        assert len(offer.files) == (2 if offer.engine == "piper" else 1)
        for file in offer.files:
            assert file.url.startswith("https://"), name
            assert re.fullmatch("[0-9a-f]{64}", file.sha256), name
            assert file.size > 0
