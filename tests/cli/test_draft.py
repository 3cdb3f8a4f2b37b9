"""`audioguide draft`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audioguide.cli.program import program

TEXT = "Hip stretch\n\nLie on your back. Pull one knee to your chest. Hold. Repeat with the other leg.\n"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "note.txt"
    path.write_text(TEXT)
    return path


def test_it_writes_routines_and_a_session_and_lists_what_it_assumed(source: Path) -> None:
    result = CliRunner().invoke(program(), ["draft", str(source), "-o", "made"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (source.parent / "made").iterdir()) == [
        "hip-stretch.yaml",
        "session.yaml",
    ]
    assert "assumed: hold 20s" in result.output


def test_json_alone_writes_no_file(source: Path) -> None:
    result = CliRunner().invoke(program(), ["draft", str(source), "--json"])
    (found,) = json.loads(result.stdout)["exercises"]
    assert found["title"] == "Hip stretch"
    assert (found["hold_s"], found["sides"], found["position"]) == (None, "left_right", "back")
    assert list(source.parent.iterdir()) == [source]


def test_standard_input_is_read(source: Path) -> None:
    result = CliRunner().invoke(program(), ["draft", "-", "--json"], input=TEXT)
    assert json.loads(result.stdout)["exercises"][0]["title"] == "Hip stretch"


def test_a_changed_file_is_never_replaced(source: Path) -> None:
    assert CliRunner().invoke(program(), ["draft", str(source), "-o", "made"]).exit_code == 0
    assert CliRunner().invoke(program(), ["draft", str(source), "-o", "made"]).exit_code == 0
    mine = source.parent / "made" / "hip-stretch.yaml"
    mine.write_text("title: mine")
    result = CliRunner().invoke(program(), ["draft", str(source), "-o", "made"])
    assert result.exit_code != 0
    assert mine.read_text() == "title: mine"


def test_interactive_asks_and_takes_the_answer(source: Path) -> None:
    result = CliRunner().invoke(
        program(), ["draft", str(source), "-o", "made", "--interactive"], input="later\n45 seconds\n"
    )
    assert result.exit_code == 0, result.output
    text = (source.parent / "made" / "hip-stretch.yaml").read_text()
    assert "default: 45s" in text
    assert "Assumed" not in text


def test_a_text_without_exercises_leaves_no_file(source: Path) -> None:
    source.write_text("The cat sat on the mat, and you were in the house with it and the dog.\n")
    result = CliRunner().invoke(program(), ["draft", str(source), "-o", "made"])
    assert result.exit_code != 0
    assert not (source.parent / "made").exists()
