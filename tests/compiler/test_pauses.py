"""The pauses that nobody wrote, in seconds."""

from __future__ import annotations

from collections.abc import Callable

from audioguide.script.script import Script
from tests.tables import every

MakeScript = Callable[..., Script]
SIDES = "  - sides: [left, right]\n    steps:\n      - say: Your {side} knee.\n      - hold: 10s\n"


@every(
    ("steps", "kind", "seconds"),
    [
        (SIDES, "switch", [8]),
        ("  - say: Lift.\n  - hold: 10s\n", "settle", [4]),
        ("  - hold: 10s\n  - rest:\n  - hold: 10s\n", "rest", [10]),
        ("  - say: Lift. Breathe.\n", "gap", [0.6, 0.6, 2]),
    ],
)
def test_a_pause_that_nobody_wrote_has_its_length(
    script: MakeScript, steps: str, kind: str, seconds: list[float]
) -> None:
    assert [(cue.length or 0) / 250 for cue in script(steps).cues if cue.kind == kind] == seconds


def test_the_next_words_wait_after_a_hold_while_its_end_chime_rings(script: MakeScript) -> None:
    kinds = [cue.kind for cue in script("  - hold: 10s\n  - say: Let go.\n").cues if cue.advances]
    assert kinds == ["gap", "hold", "gap", "say", "gap"]


def test_breaths_follow_one_another_without_a_pause(script: MakeScript) -> None:
    cues = script("  - breathe: {in: 4s, out: 6s, cycles: 2}\n").cues
    assert [cue.kind for cue in cues if cue.advances] == ["gap", *["breath"] * 4, "gap"]


def test_a_pause_belongs_to_the_step_before_it(script: MakeScript) -> None:
    cues = script(SIDES).cues
    settles = [cue for cue in cues if cue.kind == "settle"]
    assert [(cue.side, cue.step) for cue in settles] == [
        ("left", "steps[0].steps[0]"), ("right", "steps[0].steps[0]")
    ]  # fmt: skip
