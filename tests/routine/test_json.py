"""Routines as JSON: the same language, in the form that programs write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.routine.library import Library, is_routine_file
from audioguide.routine.load import load
from tests.cli.conftest import Run, run

__all__ = ["run"]  # a fixture

DATA = {
    "title": "Stretch \U0001f9d8", "settings": {"hold": {"default": "20s", "min": "5s", "max": "30s"}},
    "steps": [{"say": 'Say "ah/oh".', "settle": "6s"}, {"hold": "$hold", "marks": {"countdown": 3}}],
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_json_file_is_the_same_routine(tmp_path: Path, indent: int | str | None, ascii_only: bool) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(DATA, indent=indent, ensure_ascii=ascii_only), encoding="utf-8")
    routine = load(path)
    assert routine.name == "mine"
    assert routine.document.title == DATA["title"]
    assert [cue.text for cue in compile(routine).cues if cue.step == "steps[0]" and cue.text] == [
        'Say "ah/oh".'
    ]


def test_a_fault_in_json_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({**DATA, "steps": [{"hold": "soon"}]}, indent="\t"), encoding="utf-8")
    with pytest.raises(RoutineError) as error:
        load(path)
    assert [fault.line for fault in error.value.faults] == [12]


def test_own_folders_list_json_routines_and_no_other_json(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(DATA), encoding="utf-8")
    (tmp_path / "other.json").write_text("[1, 2]", encoding="utf-8")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    (tmp_path / "mine.script.json").write_text(json.dumps({"steps": [], "cues": []}), encoding="utf-8")
    assert {"mine"} == set(Library((tmp_path,)).routines()) - set(Library().routines())
    assert not is_routine_file(tmp_path)


def test_the_command_line_takes_json_routines_and_timed_scripts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(DATA), encoding="utf-8")
    assert run("show", str(path)).code == 0
    assert run("check", str(path)).code == 0
    made = run("render", str(path), "-o", str(tmp_path / "out"), "--engine", "tone")
    assert made.code == 0, made.err
    assert run("show", str(tmp_path / "out" / "mine.script.json")).code == 0
