"""What texts can say: the time left, the next rest, the next part; first and last reps; pauses inside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.lint.table import lint
from audioguide.routine.load import load_text
from audioguide.script.script import Script
from tests.pipeline.heard import Recording
from tests.tables import every

MakeScript = Callable[..., Script]


def said(made: Script) -> list[str | None]:
    return [cue.text for cue in made.cues if cue.text and cue.kind != "chapter"]


def test_a_mark_says_how_much_is_left(script: MakeScript) -> None:
    made = script(
        "  - hold: 5m\n    marks: {every: {1m: '{left} left.'}, before_end: {30s: 'Only {left}.'}}\n"
        "  - rest: 20s\n    marks: {halfway: '{left} to go.'}\n"
    )
    assert said(made) == [
        "4 minutes left.", "3 minutes left.", "2 minutes left.", "1 minute left.", "Only 30 seconds.",
        "10 seconds to go.",
    ]  # fmt: skip


def test_a_text_says_how_long_the_next_rest_is(script: MakeScript) -> None:
    made = script(
        "  - repeat: 2\n    rest: 15s\n    steps:\n      - say: Then rest for {rest}.\n"
        "  - say: And {rest} now.\n  - hold: 5s\n  - rest: 1m\n"
    )
    assert said(made) == ["Then rest for 15 seconds."] * 2 + ["And 1 minute now."]
    with pytest.raises(RoutineError, match=r"\{rest\} has no value here: no rest follows"):
        script("  - say: Rest for {rest}.\n")


def test_a_setting_keeps_its_name(script: MakeScript) -> None:
    made = script(
        "  - say: '{rest}, {next}.'\n  - rest: 1m\n", "settings: {rest: {default: 5s}, next: {default: 3}}"
    )
    assert said(made) == ["5 seconds, 3."]


def test_the_next_part_is_named(script: MakeScript) -> None:
    made = script(
        "  - say: 'First, {next}.'\n"
        "  - repeat: 2\n    steps:\n"
        "      - hold: 2s\n        id: step-ups\n        marks: {at: {0s: 'Then {next}.'}}\n"
        "      - hold: 2s\n        id: squats\n        marks: {at: {0s: 'Then {next}.'}}\n"
        "  - include: knee-to-chest\n"
    )
    assert [text for text in said(made) if text and text.split()[0] in ("Then", "First,")] == [
        "First, step ups.", "Then squats.", "Then step ups.", "Then squats.", "Then Knee to chest.",
    ]  # fmt: skip
    assert said(script("  - say: 'Next, {next}.'\n    id: here\n"))[0] == "Next, the end."


def test_first_and_last_reps_have_their_own_words(script: MakeScript) -> None:
    say = "      - {say: Again., first: Slowly begin., last: The last one.}\n"
    made = script(f"  - repeat: 4\n    steps:\n{say}")
    assert said(made) == ["Slowly begin.", "Again.", "Again.", "The last one."]
    assert said(script(f"  - repeat: 1\n    steps:\n{say}")) == ["Slowly begin."]


def test_a_pause_inside_a_text_is_heard(script: MakeScript, tmp_path: Path) -> None:
    made = script("  - say: 'Breathe in … [3s] … and out. Wait. [1.5 sec] Go on.'\n")
    between = [(cue.kind, cue.text or cue.length) for cue in made.cues][1:-1]
    assert between == [
        ("say", "Breathe in …"), ("gap", 750), ("say", "and out."), ("gap", 150), ("say", "Wait."),
        ("gap", 375), ("say", "Go on."),
    ]  # fmt: skip
    heard = Recording(made, tmp_path)
    first, second = heard.starts_of(kind="gap", step="steps[0]")[0], heard.starts_of(text="and out.")[0]
    assert 3 <= second - first < 3.024
    assert heard.is_silent(first + 0.05, second - 0.03)
    assert not heard.is_silent(second, second + 0.4)


@every(
    ("step", "words"),
    [
        ("say: 'Wait. [3] Go.'", None),
        ("hold: 9s\n    marks: {halfway: 'Wait [3s] Go.'}", r"the pause \[3s\]"),
        ("say: '{left} left.'", "{left} is outside `marks`"),
        ("say: 'Then {next}.'", "{next} has nothing to name"),
        ("say: A.\n    first: B.", "`first` is outside `repeat`"),
        ("say: 'Rest. [pause 10s] Go.'", "is a pause tag of another program"),
    ],
)
def test_what_cannot_be_filled_is_refused(script: MakeScript, step: str, words: str | None) -> None:
    if words is None:
        assert said(script(f"  - {step}\n"))
        return
    with pytest.raises(RoutineError, match=words):
        script(f"  - {step}\n")


def test_the_marks_of_a_rest_say_how_long_that_rest_is(script: MakeScript) -> None:
    made = script(
        "  - hold: 20s\n    marks: {at: {1s: 'Stay for {hold}.'}}\n"
        "  - rest: 15s\n    marks: {at: {1s: 'Rest for {rest}.'}}\n  - rest: 1m\n"
    )
    assert said(made) == ["Stay for 20 seconds.", "Rest for 15 seconds."]


def test_down_from_standing_an_exercise_says_itself_what_to_hold_on_to(tmp_path: Path) -> None:
    parts = ("standing-side-leg-lift", "hip-flexor-stretch")
    text = "title: Legs\nsteps:\n" + "".join(f"  - include: {part}\n" for part in parts)
    routine = load_text(text, tmp_path / "legs.yaml")
    script = compile(routine)
    texts = said(script)
    place = texts.index("Stand in front of the cushion, with the chair on your right.")
    assert texts[place + 1] == "Hold on to the chair, and slowly kneel down on the cushion."
    assert "missing-transition" not in [each.rule for each in lint(routine, script)]
