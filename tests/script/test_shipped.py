from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import audioguide.script.shipped as room
from audioguide.errors import OutputError
from audioguide.script.shipped import is_shipped, shipped


def test_shipped_names_lead_to_files() -> None:
    assert list(shipped()) == ["bell", "bowl", "chime", "tick", "wood"]
    assert all(path.is_file() for path in shipped().values())


def test_sounds_inside_of_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel, checkout = tmp_path / "audioguide" / "sounds", tmp_path / "sounds"
    for folder in (wheel, checkout):
        shutil.copytree(shipped()["bell"].parent, folder)
    monkeypatch.setattr(room, "_FOLDERS", (wheel, checkout))
    assert shipped()["bell"] == wheel / "bell.wav"
    shutil.rmtree(wheel)
    assert shipped()["bell"] == checkout / "bell.wav"
    shutil.rmtree(checkout)
    with pytest.raises(OutputError, match="install audioguide again"):
        shipped()


def test_is_shipped_knows_the_file_by_any_path(tmp_path: Path) -> None:
    bell = shipped()["bell"]
    assert is_shipped(bell.parent / ".." / bell.parent.name / "bell.wav")
    assert not is_shipped(Path(shutil.copy(bell, tmp_path / "bell.wav")))
    assert not is_shipped(tmp_path / "missing.wav")
