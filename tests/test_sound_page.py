"""docs/sound.md tells of all that ships, and tells the truth."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from audioguide.routine import library

DOCS = Path(__file__).parent.parent / "docs"
MEASURED_AGAIN = ("back-care-habits", "knee-to-chest")


@pytest.fixture(scope="module")
def sound() -> ModuleType:
    """Load docs/sound.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("sound_page", DOCS / "sound.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["sound_page"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / "sound.md").read_text(encoding="utf-8")


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """Return the rows of the table below a heading, by their first cell."""
    part = page.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if "|" in line
    ]
    return {line[0]: line[1:] for line in cells[2:]}


def number(cell: str) -> float:
    found = re.search(r"-?\d+(\.\d+)?", cell)
    return float(found.group()) if found else 0.0


def test_it_has_every_routine_and_every_profile(sound: ModuleType, page: str) -> None:
    assert list(rows(page, "The routines that ship")) == library.names()
    for profile in sound.PROFILES:
        assert list(rows(page, f"With `--profile {profile}`")) == list(sound.SAMPLE)


def test_its_targets_are_those_of_verify(sound: ModuleType, page: str) -> None:
    assert "\n".join(sound.targets_table()) in page


def test_no_promise_is_broken_in_what_ships(page: str) -> None:
    assert "- fault in " not in page
    for cells in rows(page, "The routines that ship").values():
        exact = re.match(r"(\d+) of (\d+) exact", cells[1])
        assert exact is None or exact[1] == exact[2]


@pytest.mark.slow
def test_some_rows_measured_again(sound: ModuleType, page: str, tmp_path: Path) -> None:
    told = rows(page, "The routines that ship")
    for mp3 in sound.rendered(MEASURED_AGAIN, tmp_path):
        again = dict(zip(sound.COLUMNS[1:], (*sound.row(mp3).cells, ""), strict=True))
        before = dict(zip(sound.COLUMNS[1:], told[mp3.stem], strict=True))
        assert again["holds"] == before["holds"]
        assert again["clicks"] == before["clicks"]
        for name, tolerance in (
            ("speech, LUFS", 0.3),
            ("true peak, dBTP", 0.5),
            ("loudest 400 ms, LUFS", 0.5),
        ):
            assert number(again[name]) == pytest.approx(number(before[name]), abs=tolerance), name
