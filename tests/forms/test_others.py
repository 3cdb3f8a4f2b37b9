"""More published forms of practice, in our own words: each can be written, compiles, and keeps its times."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.lint.table import lint
from audioguide.routine.load import load
from audioguide.script.layout import Timeline
from tests.tables import every

HERE = Path(__file__).parent / "others"
FORMS = sorted(path.name for path in HERE.iterdir())


def timeline_of(name: str) -> Timeline:
    return estimated(compile(load(HERE / name)))


@every("form", FORMS)
def test_a_form_has_no_faults(form: str) -> None:
    routine = load(HERE / form)
    script = compile(routine)
    assert [finding.line for finding in lint(routine, script) if finding.level == "error"] == []
    assert estimated(script).length > 60 * 250


def test_a_ladder_does_not_drift() -> None:
    waits = [timed for timed in timeline_of("interval-ladder.yaml").cues if timed.cue.is_stay]
    lengths = [20, 10, 30, 15, 40, 20, 30, 15, 20, 10]
    assert [(timed.start - waits[0].start) / 250 for timed in waits] == [
        sum(lengths[:place]) for place in range(len(lengths))
    ]


def test_minutes_begin_on_the_minute() -> None:
    waits = [timed for timed in timeline_of("emom-with-rest.yaml").cues if timed.cue.is_stay]
    assert [timed.start - waits[0].start for timed in waits] == [place * 15_000 for place in range(9)]


def test_reps_fall_by_two_and_rests_by_five_seconds() -> None:
    cues = timeline_of("falling-reps.yaml").cues
    assert [timed.length / 250 for timed in cues if timed.cue.kind == "rest"] == [30, 25, 20, 15, 10]
    assert [timed.length / 250 for timed in cues if timed.cue.kind == "hold"] == [30, 24, 18, 12, 6]


def test_letters_without_spaces_are_sides() -> None:
    said = [timed.cue.text for timed in timeline_of("sides-in-order.yaml").cues if timed.cue.kind == "say"]
    knees = [text for text in said if text and text.endswith("knee.")]
    assert knees == ["The left knee."] * 2 + ["The right knee."] * 2
