"""`audioguide practice`: what was done, by week, as a table, as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from audioguide.listener.diary import Diary
from tests.cli.conftest import Run


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    return Diary(tmp_path / "config")


def test_it_shows_weeks_and_what_is_liked(run: Run, diary: Diary) -> None:
    assert run("practice").out == "nothing yet: press Done on the page that `audioguide serve` opens\n"
    diary.add(datetime(2026, 11, 29, 7, 30), "neck-tilt", "Neck tilt", 185)
    diary.set_taste("cat-cow", "like", date(2026, 11, 29))
    diary.set_taste("cobra-pose", "dislike", date(2026, 11, 29))
    assert run("practice").out.splitlines() == [
        "Week of 23 November 2026: once, 3 min", "  2026-11-29 07:30  Neck tilt (neck-tilt), 3.1 min",
        "you like: cat-cow", "not for you: cobra-pose",
    ]  # fmt: skip
    assert run("practice", "--csv").out.splitlines()[1:] == ["2026-11-29,07:30,neck-tilt,Neck tilt,3.1"]
    data = json.loads(run("practice", "--json").out)
    assert data["tastes"] == {"cat-cow": "like", "cobra-pose": "dislike"}
    assert data["done"][0]["moment"] == "2026-11-29T07:30:00"


def test_a_damaged_file_is_named(run: Run, diary: Diary) -> None:
    diary.folder.mkdir()
    diary.path.write_bytes(b"x" * 5000)
    ran = run("practice")
    assert ran.code == 5
    assert str(diary.path) in ran.err
    assert "move the file away" in ran.err
