"""A file that was cut, or changed by a bit, is distinguished from one with other tags."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from mutagen.id3 import ID3, TIT2

from audioguide.verifier.proof import prove
from audioguide.verifier.whole import damage
from tests.verifier.takes import Take


@pytest.fixture
def copy(good: Take, tmp_path: Path) -> Path:
    path = tmp_path / "copy.mp3"
    path.write_bytes(good.mp3.read_bytes())
    assert damage(path) == ""
    return path


@pytest.mark.parametrize("cut", [1, 288, 5_000])
def test_what_is_cut_off_is_reported(cut: int, good: Take, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-cut])
    assert damage(copy) == f"{cut} bytes at the end of the file are missing"
    assert damage(copy) in prove(copy, good.script).faults
    assert prove(copy).faults == [damage(copy)]  # without a script, too


def test_a_changed_bit_is_reported(good: Take, copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[-300] ^= 1
    copy.write_bytes(data)
    assert prove(copy, good.script).faults == ["bytes of the file have changed"]


def test_other_tags_change_nothing(copy: Path) -> None:
    tags = ID3(copy)  # type: ignore[no-untyped-call]
    tags.add(TIT2(encoding=3, text="Another title " * 500))  # type: ignore[no-untyped-call]
    tags.save(copy, v1=2)
    assert copy.read_bytes()[-128:-125] == b"TAG"
    assert damage(copy) == ""


def test_a_file_of_another_encoder_is_left_alone(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.mp3"
    with av.open(copy) as source, av.open(other, "w") as target:
        stream = target.add_stream("libmp3lame", rate=44_100, layout="mono")
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    assert damage(other) == ""
    other.write_bytes(b"ID3")
    assert damage(other) == ""
