"""A text and an edit in; text, cards, findings with their fixes and a timeline out. No browser is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.routine.editing.edits import Edit, read_edit
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.web.building.state import Built, after
from tests.tables import every

TEXT = """\
title: Mine
safety: {notice: none, closing: none}
settings:
  hold: {default: 20s, min: 5s, max: 40s}
steps:
  # Assumed: sides left_right. It has one side. From line 3: "Slide one hand down."
  - sides: [left, right]
    steps:
      - say: Slide your {side} hand down.
      - hold: $hold
      - say: Slowly come back.
  - rest: 10s
"""


def built(text: str, edit: Edit | None = None) -> Built:
    return after(text, edit, Path("/nowhere/mine.yaml"), SHIPPED_LIBRARY, Options(engine="tone"))


def findings(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = built(text).state["findings"]
    return found


def test_steps_become_cards_with_their_moments_and_what_was_assumed() -> None:
    state = built(TEXT).state
    sides, rest = state["cards"]
    assert (sides["kind"], sides["path"]) == ("sides", ["steps", 0])
    assert sides["step"] == {"sides": ["left", "right"]}
    assert sides["comments"][0]["assumed"] == {
        "what": "sides", "value": "left_right", "reason": "It has one side.", "line": "3",
        "words": "Slide one hand down.",
    }  # fmt: skip
    say, hold, _ = sides["steps"]
    assert hold["path"] == ["steps", 0, "steps", 1]
    assert say["start"] < hold["start"] < rest["start"]
    assert (say["line"], hold["line"]) == (0, 1)
    assert state["clock"]
    assert "<svg" in state["strip"]
    assert state["routine"]["title"] == "Mine"


def test_an_edit_changes_text_and_length_at_once() -> None:
    before = built(TEXT)
    now = built(TEXT, Edit(do="set", at=("settings", "hold", "default"), value="30s"))
    assert now.state["length"] == pytest.approx(before.state["length"] + 20, abs=0.1)
    assert now.state["heard"] != before.state["heard"]
    assert now.routine
    assert now.routine.name == now.state["heard"]


@every(
    ("wrong", "right", "path"),
    [
        ("  - rest: 10s", "  - rset: 10s", ["steps", 1]),
        ("      - hold: $hold", "      - hold: $hodl", ["steps", 0, "steps", 1]),
        ("  - rest: 10s", "  - rest: 10s\n    exakt: true", ["steps", 1]),
        ("  - rest: 10s", "  - repeat: 900\n    steps: [{say: Go on.}]", ["steps", 1]),
        ("  - rest: 10s", "  - say: 108", ["steps", 1]),
        ("title: Mine", "title: Mine\nprofil: quiet", []),
        ("title: Mine", "title: Mine\nbody: [nek]", []),
    ],
)
def test_a_finding_is_at_its_card_and_its_fix_puts_it_right(wrong: str, right: str, path: list[Any]) -> None:
    text = TEXT.replace(wrong, right)
    found = findings(text)
    assert found
    assert found[0]["path"] == path
    if right.endswith("rset: 10s"):
        return  # not every fault has a fix
    fixed = built(text, read_edit(found[0]["fixes"][0]["edit"]))
    assert fixed.state["findings"] == []


def test_a_finding_in_an_included_file_is_at_the_step_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text("title: Part\nbody: [frobnitz]\nsteps:\n  - say: Go on.\n")
    text = "title: A\nsteps:\n  - say: Begin.\n  - include: part.yaml\n"
    state = after(text, None, tmp_path / "mine.yaml", SHIPPED_LIBRARY, Options(engine="tone")).state
    found = [each for each in state["findings"] if each["rule"] == "unknown-word"]
    assert found[0]["path"] == ["steps", 1]
    assert found[0]["said"].startswith("part.yaml: ")
    assert found[0]["fixes"] == []


def test_a_warning_can_be_kept_with_a_reason() -> None:
    text = TEXT.replace("title: Mine", "title: Mine\nbody: [frobnitz]")
    keep = findings(text)[0]["fixes"][-1]
    assert keep["label"] == "Keep it as it is"
    fixed = built(text, read_edit(keep["edit"]))
    assert fixed.state["findings"] == []
    assert "allow: {unknown-word: " in fixed.text


def test_a_text_that_cannot_be_read_has_its_fault_and_no_cards() -> None:
    state = built("title: [\n").state
    assert state["cards"] is None
    assert state["findings"][0]["level"] == "error"
    with pytest.raises(RoutineError):
        built("title: [\n", Edit(do="copy", at=("steps", 0)))


@every("text", ["", "- a\n", "steps: 3\n", "title: A\nsteps:\n  - 5\n  -\n", "title: A\n"])
def test_any_text_has_a_state(text: str) -> None:
    assert built(text).state["findings"]


def test_a_routine_written_here_leads_to_no_file_elsewhere() -> None:
    found = findings("title: A\nsteps:\n  - include: ../secret.yaml\n")
    assert "your own folder" in found[0]["said"]
    assert found[0]["path"] == ["steps", 0]
