"""Left and right: there, named, equal, and time to change."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.lint.table import lint
from audioguide.routine.library import Library
from audioguide.routine.load import load
from tests.lint.conftest import Findings, Rules
from tests.tables import every

BACK = "  - say: Come back.\n    settle: 3s\n"


def held(text: str, hold: str = "10s") -> str:
    return f"  - say: {text}\n    settle: 3s\n  - hold: {hold}\n{BACK}"


def in_sides(text: str, sides: str = "left, right", switch: str = "6s", hold: str = "10s") -> str:
    return (
        f"  - sides: [{sides}]\n    switch: {switch}\n    steps:\n"
        f"      - say: {text}\n        settle: 3s\n      - hold: {hold}\n"
        "      - say: Come back.\n"
    )


@every(
    ("text", "found"),
    [
        ("Lean over.", ["unnamed-side"]),
        ("Lean to the {side}.", []),
        ("{left: Lean left., right: Now to the other side.}", []),
        ("{left: Lean left., right: Lean again.}", ["unnamed-side"]),
    ],
)
def test_a_side_is_named_before_its_hold(rules: Rules, text: str, found: list[str]) -> None:
    assert rules(in_sides(text)) == found


def test_the_short_form_names_it_as_well(findings: Findings) -> None:
    steps = in_sides("Lean to the {side}.").replace(
        "        settle: 3s\n", "        settle: 3s\n        short: Lean.\n", 1
    )
    assert findings(steps, guidance="full") == ()
    (found,) = findings(steps)  # the right side is the second time
    assert (found.rule, found.step) == ("unnamed-side", "steps[0].steps[0]")
    assert findings(steps, guidance="chimes") == ()


@every(
    ("text", "found"),
    [
        ("Pull one knee to your chest.", ["unnamed-side"]),
        ("Pull one knee to your chest, then the other.", []),
        ("Place one hand on your belly.", []),
        ("Bring your feet together, one arm's length from the wall.", []),
    ],
)
def test_one_limb_is_which(rules: Rules, text: str, found: list[str]) -> None:
    assert rules(held(text)) == found


@every(
    "steps",
    [
        held("Turn your head to the left.") + held("Turn your head to the right."),
        held("Cross your left ankle over your right knee.")
        + held("Cross your right ankle over your left knee."),
        held("Lift your left leg. Keep your right leg long.") + held("Now the other leg."),
        held("Lift your left leg.") + held("Change sides, and do it again."),
        held("Lift your left leg.") + held("Lift your right leg.") + held("Lift both legs."),
        held("Lie on your left side."),
        held("Nothing is left to do. That is all right. Do it right now, at a right angle."),
        in_sides("Lean {side}.", "left, right, both".removesuffix(", both")) + held("Raise both arms."),
        in_sides("Lean {side}.", "right, left, right, left"),
    ],
)
def test_two_equal_sides_are_fine(rules: Rules, steps: str) -> None:
    assert rules(steps) == []


@every(
    ("steps", "found", "words"),
    [
        (held("Turn your head to the left."), "missing-side", "left, and none on the right"),
        (held("Bend your right knee."), "missing-side", "right, and none on the left"),
        (
            in_sides("Lean {side}.", "right").replace("    switch: 6s\n", ""),
            "missing-side",
            "right, and no left",
        ),
        (in_sides("Lean {side}.", "left, right, right"), "unequal-sides", "left: 1, right: 2"),
        (held("Lean left.") + held("Lean right.", "12s"), "unequal-sides", "10 s on the left and 12 s"),
        (held("Lean left.") + 2 * held("Lean right."), "unequal-sides", "10 s on the left and 20 s"),
    ],
)
def test_a_side_that_is_missing_or_unequal(findings: Findings, steps: str, found: str, words: str) -> None:
    (finding,) = findings(steps)
    assert finding.rule == found
    assert words in finding.fault.found


@every(("switch", "found"), [("5s", []), ("10s", []), ("3s", ["side-change"]), ("11s", ["side-change"])])
def test_a_change_of_sides_takes_5_to_10_s(rules: Rules, switch: str, found: list[str]) -> None:
    assert rules(in_sides("Lean {side}.", switch=switch)) == found


def test_the_time_to_settle_before_it_counts(rules: Rules) -> None:
    steps = in_sides("Lean {side}.", switch="3s") + "        settle: 2s\n"
    assert rules(steps) == []


LYING = (
    "  - say: Lie on your SIDE side. Lift your hips.\n    settle: 4s\n"
    "  - hold: HOLD\n  - say: Lower your hips.\n    settle: 3s\n"
)


def lying(side: str, hold: str) -> str:
    return LYING.replace("SIDE", side).replace("HOLD", hold)


def test_work_on_the_side_you_lie_on_is_a_side(rules: Rules) -> None:
    assert rules(lying("left", "20s")) == ["missing-side"]
    assert rules(lying("left", "20s") + lying("right", "10s")) == ["unequal-sides"]
    assert rules(lying("left", "20s") + lying("right", "20s")) == []


def test_a_side_to_rest_on_is_none(rules: Rules) -> None:
    assert rules(lying("left", "20s").replace("Lift your hips.", "Let go.")) == []


def test_the_sides_of_one_exercise_say_nothing_of_the_holds_of_the_next(tmp_path: Path) -> None:
    """An exercise that ends on the right side leaves no side behind for a hold without one."""
    head = "title: Part\nsafety: {notice: none, closing: none}\nsteps:\n"
    (tmp_path / "knees.yaml").write_text(head + held("Bend your left knee.") + held("Bend your right knee."))
    (tmp_path / "rest.yaml").write_text(head + held("Rest your arms.") + held("Breathe."))
    session = tmp_path / "session.yaml"
    for parts in (("knees", "rest"), ("rest", "knees")):
        steps = "".join(f"  - include: {part}\n" for part in parts)
        session.write_text(head + steps)
        routine = load(session, Library((tmp_path,)))
        found = {each.rule for each in lint(routine, compile(routine))}
        assert not found & {"missing-side", "unequal-sides"}
