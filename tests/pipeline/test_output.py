"""What a render writes, and where to: a folder, or an open file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from audioguide.containers.formats import FORMATS
from audioguide.errors import OutputError, UsageError
from audioguide.export.sidecars import named_sidecars
from audioguide.pipeline.output import Output
from audioguide.pipeline.render import render
from audioguide.script.script import Script, VoiceChoice
from audioguide.storage.cache import Cache
from tests.slow import first
from tests.tables import every


@pytest.fixture
def made(script: Callable[..., Script]) -> Script:
    return replace(script("  - say: Sit.\n  - hold: 5s\n"), voice=VoiceChoice(engine="tone"))


class Pipe(io.RawIOBase):
    """Takes a few bytes at a time, and can neither seek nor say where it is."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)[:1000]
        self.taken += part
        return len(part)


class FullDisk(io.BytesIO):
    """Takes nothing at all."""

    def write(self, data: Any) -> int:
        if len(data):
            raise OSError(28, "No space left on device")
        return 0


@pytest.mark.parametrize("name", first(5, FORMATS))
def test_an_open_file_takes_the_bytes_of_the_file_in_a_folder(
    name: str, made: Script, tmp_path: Path
) -> None:
    output, cache = Output(format=name), Cache(tmp_path / "cache")
    written = render(made, tmp_path / "out", output, cache=cache)
    file = io.BytesIO(b"before it")
    file.seek(0, io.SEEK_END)
    receipt = render(made, file, output, cache=cache)
    assert file.getvalue() == b"before it" + written.mp3.read_bytes()
    assert (receipt.size, receipt.timeline) == (written.size, written.timeline)


def test_an_open_file_need_not_seek(made: Script, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    written = render(made, tmp_path, cache=cache)
    pipe = Pipe()
    render(made, pipe, cache=cache)  # type: ignore[arg-type]
    assert pipe.taken == written.mp3.read_bytes()


def test_only_the_sound_goes_to_an_open_file(made: Script, tmp_path: Path) -> None:
    with open(tmp_path / "sound.mp3", "wb") as file:
        output = Output(sidecars=named_sidecars(["vtt"]))
        receipt = render(made, file, output, cache=Cache(tmp_path / "cache"))
    assert receipt.files == receipt.beside == ()
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "routine.yaml", "sound.mp3"}
    document = receipt.as_json()
    assert {document[name] for name in ("mp3", "script", "text")} == {None}
    assert document["files"] == []
    assert document["format"] == "mp3"
    assert receipt.as_text().startswith("written to an open file\n")
    with pytest.raises(UsageError, match="written to an open file"):
        _ = receipt.mp3


def test_a_failure_writes_nothing_to_an_open_file(
    made: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: IO[bytes], *_more: object, **_named: object) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("audioguide.pipeline.render.write_mp3", full)
    file = io.BytesIO()
    with pytest.raises(OutputError, match="cannot write to the open file: No space left"):
        render(made, file, cache=Cache(tmp_path))
    assert file.getvalue() == b""


def test_an_open_file_that_is_full_is_an_error(made: Script, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write to the open file: No space left"):
        render(made, FullDisk(), cache=Cache(tmp_path))


def test_a_file_that_takes_no_bytes_is_refused_before_anything_is_spoken(
    made: Script, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    path = tmp_path / "a.mp3"
    with (
        open(path, "w", encoding="utf-8") as text,
        pytest.raises(UsageError, match=r"a\.mp3 does not accept bytes"),
    ):
        render(made, text, cache=cache)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"a\.mp3 does not accept bytes"):
        render(made, text.buffer, cache=cache)  # type: ignore[arg-type] # closed by now
    with open(path, "rb") as reading, pytest.raises(OutputError, match=r"cannot write to .*a\.mp3"):
        render(made, reading, cache=cache)
    assert not (tmp_path / "cache").exists()


@every(
    ("wrong", "words"),
    [
        ({"format": "mp4"}, "unknown format 'mp4'"),
        ({"bitrate": 97_000}, "97 kbit/s is not possible in MP3"),
        ({"format": "flac", "bitrate": 96_000}, "FLAC is lossless"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Output(**wrong)
