"""Your own files, whatever their names are: a session includes one, or says that it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audioguide.compose.stock import facts_of
from audioguide.compose.writing import plain
from audioguide.routine.library import Library
from audioguide.routine.load import load

TEXT = "title: Good\nsteps:\n  - say: Sit.\n  - hold: 10s\n"
WRITTEN = ("plain", "a: b #c", "~", "..dots", "q 1 #ü%41?", "'", "[x]", "null", "1", "背", "50$")
NOT_WRITTEN = (
    "{x}", "$x", "ab\u202ecd", "ab\u2028cd", "ab\x85cd", "esc\x1b[31mred", "two\nlines", "a  b", "tab\tb",
    "latin\udce9",
)  # fmt: skip


def _excluded(name: str, folder: Path) -> str:
    path = folder / f"{name}.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return facts_of(load(path, Library())).excluded


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@pytest.mark.parametrize("name", WRITTEN)
def test_a_name_that_can_be_written_is_part_of_sessions(name: str, tmp_path: Path) -> None:
    assert _excluded(name, tmp_path) == ""
    session = tmp_path / "session.yaml"
    session.write_text(f"title: All\nsteps:\n  - include: {plain(name)}\n", encoding="utf-8")
    assert list(load(session, Library(own=(tmp_path,))).includes) == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
@pytest.mark.parametrize("name", NOT_WRITTEN)
def test_a_name_that_would_be_read_as_something_else_is_left_out_with_a_reason(
    name: str, tmp_path: Path
) -> None:
    assert _excluded(name, tmp_path) == "a file name with signs that a session cannot name"
