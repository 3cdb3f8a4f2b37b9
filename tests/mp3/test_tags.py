from __future__ import annotations

import io
from typing import Any

import mutagen.id3
import pytest

from audioguide.mp3.tags import id3_bytes

id3: Any = mutagen.id3


def read(data: bytes) -> Any:
    return id3.ID3(io.BytesIO(data), translate=False)


def test_all_fields_are_read_back() -> None:
    data = id3_bytes(
        title="Knee to chest", artist="Audioguide", album="Back", comment="15 s\n20 s", length_ticks=375
    )
    tags = read(data)
    found = {name: str(tags[name]) for name in ("TIT2", "TPE1", "TALB", "TLEN", "COMM::eng")}
    assert found == {
        "TIT2": "Knee to chest",
        "TPE1": "Audioguide",
        "TALB": "Back",
        "TLEN": "1500",
        "COMM::eng": "15 s\n20 s",
    }


@pytest.mark.parametrize("title", ["Knie zur Brust", "Über den Rücken", "膝を胸に", "🧘 still"])
def test_a_title_in_any_script_is_read_back(title: str) -> None:
    assert str(read(id3_bytes(title=title))["TIT2"]) == title


def test_it_is_version_2_3_without_padding() -> None:
    data = id3_bytes(title="é", comment="ü")
    assert data[:5] == b"ID3\x03\x00"
    length = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    assert len(data) == 10 + length
    assert read(data).version == (2, 3, 0)
    assert not data.endswith(bytes(4))


def test_empty_fields_are_left_out() -> None:
    assert list(read(id3_bytes(title="Rest"))) == ["TIT2"]


def test_the_same_words_give_the_same_bytes() -> None:
    first, second = (id3_bytes(title="Ruhe", artist="a", album="b", comment="c") for _ in range(2))
    assert first == second


def test_control_characters_cannot_end_a_field() -> None:
    tags = read(id3_bytes(title="Rest\0and\r\nbreathe", comment="one\0two\nthree"))
    assert tags["TIT2"].text == ["Rest and  breathe"]
    assert tags["COMM::eng"].text == ["one two\nthree"]
