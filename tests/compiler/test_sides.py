"""Sides with names of their own, and in any order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.errors import RoutineError
from audioguide.export.captions import captions
from audioguide.export.script_json import dump
from audioguide.routine.load import load
from audioguide.script.script import Script
from tests.conftest import laid_out
from tests.pipeline.heard import Recording
from tests.tables import every

MakeScript = Callable[..., Script]
STEPS = """
  - sides: %s
    switch: 6s
    steps:
      - say: %s
      - hold: 2s
"""


def heard_on(made: Script) -> list[str | None]:
    return [cue.side for cue in made.cues if cue.kind == "hold"]


@every(
    ("written", "sides"),
    [
        ("[Left, RIGHT]", ["left", "right"]), ("L R L R", ["left", "right"] * 2), ("left", ["left"]),
        ("L L R R", ["left", "left", "right", "right"]), ("[l, r, both]", ["left", "right", "both"]),
        ("left, right", ["left", "right"]), ("[front, back]", ["front", "back"]),
        ("inner thigh, outer thigh", ["inner thigh", "outer thigh"]),
        ("[Vorne, Hinten]", ["Vorne", "Hinten"]),
    ],
)  # fmt: skip
def test_sides_come_in_the_order_in_which_they_are_written(
    script: MakeScript, written: str, sides: list[str]
) -> None:
    assert heard_on(script(STEPS % (written, "Now."))) == sides


def test_the_same_side_again_is_a_rest_and_no_change(script: MakeScript) -> None:
    made = script(STEPS % ("L L R R", "Now."))
    between = [(cue.kind, cue.length) for cue in made.cues if cue.kind in ("rest", "switch")]
    assert between == [("rest", 1500), ("switch", 1500), ("rest", 1500)]


def test_texts_and_placeholders_know_the_names(script: MakeScript) -> None:
    made = script(STEPS % ("[front, back]", "'The {side}, not the {other_side}.'"))
    said = [cue.text for cue in made.cues if cue.text]
    assert said == [
        "The front, not the back.",
        "The back, not the front.",
    ]
    made = script(STEPS % ("[front, back, Left]", "{front: Forward., back: Backward., LEFT: Left.}"))
    assert [cue.text for cue in made.cues if cue.text] == ["Forward.", "Backward.", "Left."]


@every(
    ("sides", "text", "words"),
    [
        ("[left, rihgt]", "Now.", "found 'rihgt'; did you mean 'right'?"), ("[]", "Now.", "empty"),
        ("[front, 2]", "Now.", "2 is not the name of a side"), ("13 R", "Now.", "'13' is not the name"),
        ("[front, back]", "{front: A.}", "no text for the side 'back'"),
        ("[front, back]", "{front: A., bcak: B.}", "no side here is called 'bcak'; did you mean 'back'?"),
        ("[a, b, c]", "'{other_side}'", "{other_side} is not one side here"),
    ],
)  # fmt: skip
def test_a_side_that_makes_no_sense_is_refused(script: MakeScript, sides: str, text: str, words: str) -> None:
    with pytest.raises(RoutineError) as error:
        script(STEPS % (sides, text))
    assert words in str(error.value)


def test_a_side_of_ones_own_is_in_the_file_and_all_beside_it(script: MakeScript, tmp_path: Path) -> None:
    recording = Recording(script(STEPS % ("[front, back]", "The {side}.")), tmp_path)
    assert recording.proof.stands(), recording.proof.faults
    assert [hold.hold.side for hold in recording.proof.holds] == ["front", "back"]
    for start in recording.starts_of(kind="hold", side="back"):
        assert recording.onset("bell", start) == pytest.approx(start, abs=2e-5)
    timeline = laid_out(read_script(recording.script_file))
    assert heard_on(timeline.script) == ["front", "back"]
    assert "hold 2 s, front" in "".join(each.text for each in captions(timeline))
    assert '"side": "back"' in dump(timeline)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("back", "Slowly roll over, onto your left side."), ("side", "Lie on your left side."),
        ("hands and knees", "Slowly lower yourself onto your left side."),
    ],
)  # fmt: skip
def test_a_session_says_on_which_side_an_exercise_is_done(before: str, words: str, tmp_path: Path) -> None:
    head = "title: Part\nsafety: {notice: none, closing: none}\nsteps:\n"
    (tmp_path / "one.yaml").write_text(f"{head}  - say: Get ready.\n    into: {before}\n  - hold: 5s\n")
    side = "  - say: Lie on your left side.\n    into: side\n    settle: 8s\n  - hold: 5s\n"
    (tmp_path / "two.yaml").write_text(head + side)
    session = tmp_path / "session.yaml"
    session.write_text(f"{head}  - include: one.yaml\n  - rest: 8s\n  - include: two.yaml\n")
    made = compile(load(session))
    said = [cue.text for cue in made.cues if cue.kind == "say" and cue.step.startswith("steps[2]")]
    assert said[-1] == words
    assert "Slowly roll onto one side." not in said
