"""Settings that change from rep to rep: times and counts, up, down, and through lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.routine.load import Routine
from audioguide.script.script import Script
from tests.pipeline.heard import Recording, differences
from tests.tables import every

MakeScript = Callable[..., Script]
HOLD = "settings: {hold: {default: 30s, min: 10s, max: 40s}}"
TIMES = "  - repeat: %s\n    grow: {hold: %s}\n    steps: [{hold: $hold}]\n"


def seconds(script: Script) -> list[float]:
    return [(cue.length or 0) / 250 for cue in script.cues if cue.kind == "hold"]


@every(
    ("reps", "growth", "lengths"),
    [
        (3, "{by: -10s}", [30, 20, 10]), (4, "{by: -10s}", [30, 20, 10, 10]), (3, "{by: −5}", [30, 25, 20]),
        (3, "{by: 10}", [30, 40, 40]), (3, "{to: 10s}", [30, 20, 10]), (4, "{to: 29s}", [30, 29.7, 29.4, 29]),
        (5, "[10s, 20s, 30s, 20s, 10s]", [10, 20, 30, 20, 10]), (3, "[10, 20s]", [10, 20, 10]),
        (2, "[5s, 50s]", [10, 40]), (5, "[10s, 20s]", [10, 20, 10, 20, 10]), (3, "{by: 0s}", [30, 30, 30]),
    ],
)  # fmt: skip
def test_a_time_goes_up_and_down(script: MakeScript, reps: int, growth: str, lengths: list[float]) -> None:
    assert seconds(script(TIMES % (reps, growth), HOLD)) == lengths


@pytest.mark.parametrize(
    ("said", "ticks"), [("", [2599, 2174, 1724, 1250]), ("{say: 'For {hold}.'}, ", [2599, 2250, 1750, 1250])]
)
def test_a_time_that_shrinks_is_whole_where_a_text_says_it(
    script: MakeScript, said: str, ticks: list[int]
) -> None:
    steps = TIMES.replace("[{hold", f"[{said}{{hold") % (4, "{to: 5s}")
    made = script(steps, "settings: {hold: {default: 10.396s}}")
    assert [cue.length for cue in made.cues if cue.kind == "hold"] == ticks


@every(
    ("growth", "counts"),
    [
        ("{by: 1}", [4, 5, 6]), ("{by: -1}", [4, 3, 2]), ("{to: 8}", [4, 6, 8]), ("{to: 1}", [4, 3, 1]),
        ("[1, 2, 3]", [1, 2, 3]), ("{by: $step}", [4, 6, 8]),
    ],
)  # fmt: skip
def test_a_count_goes_up_and_down(script: MakeScript, growth: str, counts: list[int]) -> None:
    made = script(
        f"  - repeat: 3\n    grow: {{taps: {growth}}}\n    steps:\n      - say: '{{taps}} taps.'\n"
        "      - repeat: $taps\n        steps: [{chime: tick}]\n",
        "settings: {taps: {default: 4, min: 1, max: 8}, step: {default: 2}}",
    )
    heard = "".join("|" if cue.kind == "say" else "t" for cue in made.cues if cue.kind in ("say", "chime"))
    assert [len(part) for part in heard.split("|")[1:]] == counts
    assert [cue.text for cue in made.cues if cue.text] == [f"{count} taps." for count in counts]


def test_growth_does_not_turn_into_the_way_back(routine: Callable[..., Routine]) -> None:
    longer = routine(TIMES % (3, "{to: 35s}"), HOLD)
    shorter = routine(TIMES % (3, "{to: 20s}"), HOLD)
    for made, start in ((longer, "40s"), (shorter, "15s")):
        assert seconds(compile(made, Options(settings={"hold": start}))) == [float(start[:-1])] * 3


@every(("start", "lengths"), [("20s", [20, 25, 30]), ("30s", [30, 30, 30]), ("40s", [40, 40, 40])])
def test_growth_to_the_default_is_for_those_who_start_below_it(
    script: MakeScript, start: str, lengths: list[float]
) -> None:
    assert (
        seconds(script(TIMES % (3, "{to: 30s}"), "settings: {hold: {default: 30s}}", hold=start)) == lengths
    )


@every(
    ("growth", "start", "lengths"),
    [
        ("{by: 5s}", "50s", [50, 50, 50]), ("{by: -5s}", "50s", [50, 45, 40]),
        ("{by: -2s}", "6s", [6, 6, 6]), ("{by: 2s}", "6s", [6, 8, 10]),
    ],
)  # fmt: skip
def test_growth_never_leads_farther_beyond_the_bounds(
    routine: Callable[..., Routine], growth: str, start: str, lengths: list[float]
) -> None:
    asked = Options(settings={"hold": start}, beyond_bounds=True)
    assert seconds(compile(routine(TIMES % (3, growth), HOLD), asked)) == lengths


@every(
    ("growth", "words"),
    [
        ("{by: soon}", "'soon' is not a time such as"), ("[10s, -5s]", "-5s is negative"),
        ("[10s]", "list"), ("{by: 1s, to: 2s}", "either `by` or `to`"),
        ("{by: $reps}", "'reps' is a count"), ("[10s, $none]", "no setting is called 'none'"),
    ],
)  # fmt: skip
def test_a_growth_that_makes_no_sense_is_refused(script: MakeScript, growth: str, words: str) -> None:
    with pytest.raises(RoutineError, match=words):
        script(TIMES % (3, growth), "settings: {hold: {default: 30s}, reps: {default: 3}}")


def test_a_count_does_not_grow_by_a_time(script: MakeScript) -> None:
    with pytest.raises(RoutineError, match=r"the setting 'taps' is a count \(4\), and 10s is not"):
        script(
            "  - repeat: 3\n    grow: {taps: {by: 10s}}\n    steps: [{repeat: $taps, steps: [{gap: 1s}]}]\n",
            "settings: {taps: {default: 4}}",
        )


def test_a_pyramid_is_heard_as_it_is_written(script: MakeScript, tmp_path: Path) -> None:
    steps = TIMES.replace("steps:", "exact: true\n    steps:") % (5, "[1.5s, 3s, 4.5s, 3s, 1.5s]")
    heard = Recording(script(steps, "settings: {hold: {default: 2s}}"), tmp_path)
    starts = heard.starts_of(kind="hold")
    ends = [heard.onset("bell", start) for start in starts] + [heard.onset("bowl", starts[-1] + 1.5)]
    assert differences(ends) == [72_000, 144_000, 216_000, 144_000, 72_000]
    assert heard.proof.stands(), heard.proof.faults
