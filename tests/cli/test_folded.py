"""What is shown fits the terminal, whatever letters it is in."""

from __future__ import annotations

import os
import sys

import pytest

from audioguide.cli.folded import columns, folded
from audioguide.cli.tables import table
from tests.cli.conftest import Run
from tests.conftest import Write
from tests.tables import every

CHINESE = "慢慢地把右膝拉向胸口，保持呼吸，不要勉强自己。"
WIDE = f"""
title: {CHINESE}
position: {CHINESE}
steps:
  - sides: [左边, 右边]
    steps:
      - hold: 40s
      - say: {CHINESE} {CHINESE}
"""


@every(
    "text",
    ["", " ", "a", "one two  three", CHINESE, f"a {CHINESE} b", "x" * 50, "e\u0301" * 30, "    indented"],
)
def test_no_line_is_wider_than_the_room_and_nothing_is_lost(text: str) -> None:
    for room in (4, 7, 20, 33, 200):
        for indent in (0, 2):
            lines = [*folded(text, room, indent)]
            assert all(columns(line) <= room for line in lines)
            assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_break_at_spaces_and_what_follows_is_indented() -> None:
    assert [*folded("avoid   with an injury or trauma", 22, 8)] == [
        "avoid   with an injury",
        "        or trauma",
    ]
    assert [*folded("one two three", None)] == ["one two three"]
    assert [*folded("膝を胸に引き寄せる", 8)] == ["膝を胸に", "引き寄せ", "る"]


@pytest.fixture(params=[80, 60, 40])
def terminal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("audioguide.cli.folded.terminal_columns", lambda: request.param)
    for module in ("tables", "commands.show"):
        monkeypatch.setattr(f"audioguide.cli.{module}.terminal_columns", lambda: request.param)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_, **__: os.terminal_size((request.param, 24)))
    return int(request.param)


@pytest.mark.parametrize("name", ["knee-to-chest", "wide"])
def test_show_fits_the_terminal(run: Run, terminal: int, write: Write, name: str) -> None:
    shown = run("show", str(write(WIDE)) if name == "wide" else name).out
    assert [line for line in shown.splitlines() if columns(line) > terminal] == []
    if name == "wide":
        hold = next(line for line in shown.splitlines() if line.startswith("hold"))
        assert "左█" in hold or "左#" in hold
        assert "".join(shown.split()).count("".join(CHINESE.split())) >= 6


def test_a_table_folds_its_widest_column_and_keeps_names_whole(
    terminal: int, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ("a-name-that-is-copied", "1", "lying " * 12, "stretch " * 12)
    table(("name", "s", "position", "what"), [row], right=(1,))
    lines = capsys.readouterr().out.splitlines()
    assert sum("a-name-that-is-copied  1  lying" in line for line in lines) == 1
    assert max(map(columns, lines)) <= terminal
    assert "".join(lines).count("stretch") == 12


def test_a_pipe_is_folded_nowhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert max(map(len, run("show", "knee-to-chest").out.splitlines())) > 90
