"""Tables: columns in line, on paper-thin terminals too."""

from __future__ import annotations

import os
import sys

import pytest

from audioguide.cli.tables import table

ROWS = (("a", "1.5", "short"), ("longer", "10.25", "a text of some length, and more of it"))


def test_columns_stand_in_line(capsys: pytest.CaptureFixture[str]) -> None:
    table(("name", "s", "what"), ROWS, right=(1,))
    assert capsys.readouterr().out.splitlines() == [
        "name        s  what",
        "a         1.5  short",
        "longer  10.25  a text of some length, and more of it",
    ]


def test_letters_of_two_columns_and_of_none_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    table(("voice", "name"), (("\u4e2d\u6587", "Chinese"), ("e\u0301te\u0301", "summer")))
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["voice  name", "\u4e2d\u6587   Chinese", "e\u0301te\u0301    summer"]


def test_a_pipe_keeps_lines_whole_and_no_line_ends_with_space(capsys: pytest.CaptureFixture[str]) -> None:
    table(("what", ""), (("x" * 150, ""), ("y", "z" * 150)))
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [4, 150, 302]


def test_on_a_terminal_the_last_column_is_folded(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_, **__: os.terminal_size((40, 24)))
    table(("name", "s", "what"), ROWS, right=(1,))
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["longer  10.25  a text of some length,", " " * 15 + "and more of it"]
    assert "\x1b[1m" in lines[0]
