"""Exact intervals in the script: what follows what, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from audioguide.compiler.edited import read_script
from audioguide.errors import RoutineError
from audioguide.export.script_json import dump
from audioguide.script.script import Script
from tests.conftest import laid_out
from tests.tables import every

MakeScript = Callable[..., Script]
ROUNDS = "  - repeat: 3\n    exact: true\n    rest: 1.004s\n    steps:\n      - hold: 2.004s\n"


def times(made: Script) -> list[tuple[str, int, int]]:
    return [
        (timed.cue.kind, timed.start, timed.length)
        for timed in laid_out(made).cues
        if timed.cue.kind in ("hold", "rest", "breath", "switch")
    ]


def test_a_hundred_reps_do_not_drift(script: MakeScript) -> None:
    made = script(ROUNDS.replace("3", "100", 1))
    found = times(made)
    start = found[0][1]
    assert [each for each in found if each[0] == "hold"] == [
        ("hold", start + 752 * rep, 501) for rep in range(100)
    ]
    assert {each[2] for each in found if each[0] == "rest"} == {251}


def test_a_repeat_inside_of_an_exact_one_is_exact(script: MakeScript) -> None:
    rounds = "".join(f"      {line}\n" for line in ROUNDS.replace("    exact: true\n", "").splitlines())
    found = times(script(f"  - repeat: 2\n    exact: true\n    steps:\n{rounds}"))
    assert [kind for kind, _, _ in found] == ["hold", "rest", "hold", "rest", "hold"] * 2
    for (_, start, length), (_, after, _) in pairwise(found):
        assert after == start + length


def test_a_rest_is_soft_unless_it_says_otherwise(script: MakeScript) -> None:
    steps = "  - hold: 5s\n  - rest: 2.004s\n{more}  - hold: 5s\n"
    soft, exact, marked, rung = (
        times(script(steps.format(more=more)))
        for more in ("", "    exact: true\n", "    marks: {at: {4ms: tick}}\n", "    chime: wood\n")
    )
    assert soft[1][1] > soft[0][1] + 1250  # the end chime rings first
    assert {each[1] for each in (exact[1], marked[1], rung[1])} == {exact[0][1] + 1250}
    assert exact[2][1] == exact[1][1] + 501


def test_an_exact_rest_lasts_a_tick_or_more(script: MakeScript) -> None:
    for rest, ticks in (("4ms", 1), ("", 2500)):
        found = times(script(f"  - hold: 5s\n  - rest: {rest}\n    exact: true\n  - hold: 5s\n"))
        assert [length for _, _, length in found] == [1250, ticks, 1250]
    with pytest.raises(RoutineError, match=r"routine.yaml:5:11: an exact rest cannot last 0 s"):
        script("  - rest: $none\n    exact: true\n", "settings: {none: {default: 0s}}")


def test_movements_to_a_count_join_exact_steps(script: MakeScript) -> None:
    made = script("  - repeat: 2\n    exact: true\n    steps:\n      - hold: 2s\n      - count: 3\n")
    found = times(made)
    assert [length for _, _, length in found] == [500, 750] * 2
    for (_, start, length), (_, after, _) in pairwise(found):
        assert after == start + length


def test_sides_and_breaths_join_exact_steps(script: MakeScript) -> None:
    found = times(
        script(
            "  - repeat: 1\n    exact: true\n    steps:\n      - sides: [left, right]\n"
            "        switch: 3.004s\n        steps:\n          - hold: 2s\n"
            "      - breathe: {in: 4s, out: 6s, cycles: 1}\n"
        )
    )
    for (_, start, length), (_, after, _) in pairwise(found):
        assert after == start + length


@every("step", ["say: Go on.", "chime: bell", "include: knee-to-chest"])
def test_what_would_delay_an_exact_time_is_refused(script: MakeScript, step: str) -> None:
    with pytest.raises(RoutineError, match="between exact times") as error:
        script(f"{ROUNDS}      - {step}\n")
    assert error.value.faults[0].line == 10


@every("stay", ["hold", "rest"])
@every(
    ("marks", "what"),
    [
        ("at: {4s: bell}", "a mark at 4s"),
        ("before_end: {4s: bell}", "a mark 4s before the end"),
        ("countdown: 4", "a countdown from 4"),
    ],
)
def test_a_mark_outside_of_a_stay_says_in_which(script: MakeScript, stay: str, marks: str, what: str) -> None:
    with pytest.raises(RoutineError, match=rf"{what} is outside a {stay} of 3s"):
        script(f"  - {stay}: 3s\n    marks: {{{marks}}}\n")


def test_an_exact_rest_is_read_back_as_it_was_written(script: MakeScript, tmp_path: Path) -> None:
    made = laid_out(script(f"{ROUNDS}      - rest: 4s\n        marks: {{before_end: {{2s: tick}}}}\n"))
    path = tmp_path / "x.script.json"
    path.write_text(dump(made))
    assert path.read_text().count('"exact": true') == 8
    read = read_script(path)
    assert read.notes == ()
    assert [(each.cue.kind, each.start, each.length) for each in laid_out(read).cues] == [
        (each.cue.kind, each.start, each.length) for each in made.cues
    ]


@pytest.mark.parametrize("kind", ["say", "chime", "breath"])
def test_only_times_are_exact(script: MakeScript, tmp_path: Path, kind: str) -> None:
    made = laid_out(script("  - say: Hi.\n  - chime: bell\n  - breathe: {in: 4s, out: 6s, cycles: 1}\n"))
    path = tmp_path / "x.script.json"
    path.write_text(dump(made).replace(f'"kind": "{kind}",', f'"kind": "{kind}", "exact": true,', 1))
    with pytest.raises(RoutineError, match=f"a cue of kind {kind} is never `exact`"):
        read_script(path)
