"""The name of a bed, or the path of one's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide.errors import RoutineError
from audioguide.script.beds import find_bed
from tests.tables import every


def test_a_bed_that_is_made_here_keeps_its_name_and_a_file_gets_its_whole_path(tmp_path: Path) -> None:
    (tmp_path / "music.mp3").touch()
    assert find_bed("rain", tmp_path) == "rain"
    (tmp_path / "a").mkdir()
    assert find_bed("a/../music.mp3", tmp_path) == str(tmp_path / "music.mp3")
    assert find_bed("./music.mp3", tmp_path) == str(tmp_path / "music.mp3")


@every(
    ("bed", "said"),
    [
        ("rane", "no bed is called 'rane'; did you mean 'rain'?"),
        ("folder", "'folder' is a folder, but a bed has to be a file"),
        ("my/notes.txt", "the bed 'my/notes.txt'"),
        ("my/rain.mp3", "there is no file 'my/rain.mp3' for a bed in"),
        ("pipe.mp3", "'pipe.mp3' is a pipe or a device, but a bed has to be a file"),
    ],
)
def test_what_is_not_a_bed_is_refused(tmp_path: Path, bed: str, said: str) -> None:
    (tmp_path / "folder").mkdir(exist_ok=True)
    if not (tmp_path / "pipe.mp3").exists():
        os.mkfifo(tmp_path / "pipe.mp3")
    with pytest.raises(RoutineError) as caught:
        find_bed(bed, tmp_path)
    assert said in str(caught.value)
