"""A routine of several others: what is said once, when half of it is done, and who stays where they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.listener.options import Options
from audioguide.routine.load import load
from audioguide.script.script import Script
from tests.conftest import Write

HEAD = "title: All\nprogress: true\nsafety: {notice: none, closing: none}\nchimes: {explain: false}\nsteps:\n"
KNEES = (
    "title: %s\nsteps:\n  - say: Come there.\n    into: hands and knees\n"
    "  - say: Use a cushion for sore knees or sore wrists.\n  - hold: 20s\n"
    "  - say: Sit back.\n    into: heels\n  - say: Rest here.\n    alone: true\n"
)


def session(write: Write, parts: Sequence[str], more: str = "") -> Script:
    for number, text in enumerate(parts):
        write(text, f"part{number}.yaml")
    steps = "".join(f"  - include: part{number}.yaml\n" for number in range(len(parts)))
    return compile(load(write(HEAD + steps + more)))


def holds(*seconds: int) -> list[str]:
    return [f"title: P\nsteps:\n  - say: Here is this part.\n  - hold: {each}s\n" for each in seconds]


def said(made: Script) -> list[str]:
    return [cue.text or "" for cue in made.cues if cue.kind == "say"]


@pytest.mark.parametrize(
    ("seconds", "at"),
    [
        ((60, 60, 60, 60), 2),
        ((20, 20, 20, 20, 40, 40), 4),  # not the middle one of six
        ((100, 20, 20, 20, 20), 1),
        ((20, 20, 200, 20, 20), None),  # the middle is inside of the third
    ],
)
def test_half_is_said_once_where_half_of_the_time_is_over_or_not_at_all(
    seconds: tuple[int, ...], at: int | None, write: Write
) -> None:
    made = session(write, holds(*seconds))
    steps = [cue.step for cue in made.cues if cue.text == "You are halfway."]
    assert steps == ([] if at is None else [f"steps[{at}]"])
    assert said(made).count("This is the last exercise.") == 1
    if at is not None:
        laid = estimated(made)
        [start] = [timed.start for timed in laid.cues if timed.cue.text == "You are halfway."]
        assert 0.4 < start / laid.length < 0.6


def test_an_included_routine_does_not_say_half_of_itself(write: Write) -> None:
    own = "title: P\nsteps:\n  - say: Rest.\n  - hold: 60s\n    marks: {halfway: You are halfway.}\n"
    breaths = "title: B\nsteps:\n  - say: Breathe.\n  - breathe: {in: 2s, out: 4s, cycles: 8, tone: true, halfway: You are halfway.}\n"  # noqa: E501
    made = session(write, [*holds(20, 20), own, breaths])
    assert [cue.step for cue in made.cues if cue.text == "You are halfway."] == []
    assert sum(cue.kind == "breath" for cue in made.cues) == 16
    write(own, "alone.yaml")
    assert "You are halfway." in [cue.text for cue in compile(load(write(own, "alone.yaml"))).cues]


def test_who_goes_on_where_they_are_does_not_leave_it_before(write: Write) -> None:
    words = said(session(write, [KNEES % "One", KNEES % "Two"]))
    assert words.count("Sit back.") == 1
    assert "Lean forward, onto your hands and knees." not in words
    assert words.count("Rest here.") == 0


def test_wrists_rest_after_two_exercises_on_hands_and_knees(write: Write) -> None:
    words = said(session(write, [KNEES % name for name in ("One", "Two", "Three", "Four")]))
    assert words.count("Sit back.") == 2
    assert words.count("Lean forward, onto your hands and knees.") == 1


def test_what_still_holds_is_said_once_in_a_position(write: Write) -> None:
    words = said(session(write, [KNEES % "One", KNEES % "Two", KNEES % "Three"]))
    assert words.count("Use a cushion for sore knees or sore wrists.") == 1
    upright = "title: Up\nsteps:\n  - say: Stand.\n    into: standing\n  - say: Keep your eyes open while you stand.\n  - hold: 9s\n"  # noqa: E501
    closes = upright + "  - say: Close your eyes.\n  - hold: 9s\n"
    eyes = "Keep your eyes open while you stand."
    assert said(session(write, [upright, upright])).count(eyes) == 1
    assert said(session(write, [closes, upright])).count(eyes) == 2
    assert said(session(write, [upright, KNEES % "Down", upright])).count(eyes) == 2


def test_one_that_comes_once_is_not_called_the_first(write: Write) -> None:
    steps = (
        "  - sides: [left, right]\n    steps:\n      - repeat: {}\n        steps:\n"
        "          - say: Lift your {{side}} arm.\n            short: "
        "'{{nth}} time. Lift your {{side}} arm.'\n          - hold: 9s\n"
    )
    head = "title: T\nsafety: {notice: none, closing: none}\nsteps:\n"
    once = said(compile(load(write(head + steps.format(1)))))
    assert once[-1] == "Lift your right arm."
    assert "First time." not in once
    assert "First time." in said(compile(load(write(head + steps.format(2)))))


@pytest.mark.parametrize(
    ("between", "skip", "leaves"),
    [
        ("", (), False),
        ("", ("two",), True),  # what would go on there is left out
        ("  - say: Stand up.\n    into: standing\n", (), True),
        ("  - say: Well done.\n", (), False),
    ],
)
def test_only_what_comes_next_in_the_same_position_keeps_you_there(
    between: str, skip: tuple[str, ...], leaves: bool, write: Write
) -> None:
    for name in ("one", "two"):
        write(KNEES % name, f"{name}.yaml")
    path = write(f"{HEAD}  - include: one.yaml\n{between}  - include: two.yaml\n")
    made = compile(load(path), Options(skip=skip))
    left = [cue.step for cue in made.cues if cue.text == "Sit back."]
    assert any(step.startswith("steps[0]") for step in left) == leaves
