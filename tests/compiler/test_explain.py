"""Whether a file says what its chimes mean."""

from __future__ import annotations

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.routine.load import load
from tests.conftest import Write
from tests.tables import every


@every(
    ("routine", "listener", "explained"),
    [
        (True, None, True),
        (False, None, False),
        (True, False, False),
        (False, True, True),
    ],
)
def test_the_listener_decides_else_the_routine(
    write: Write, routine: bool, listener: bool | None, explained: bool
) -> None:
    path = write(f"title: T\nchimes: {{explain: {str(routine).lower()}}}\nsteps:\n  - hold: 10s\n")
    made = compile(load(path), Options(explain_chimes=listener))
    assert ("A bell sounds when the time starts." in [cue.text for cue in made.cues]) == explained


@every(
    ("words", "heard"),
    [
        ("Hold your leg, and swing it.", "A bell sounds when the time starts."),
        ("Swing your leg.", "A bell sounds when the time starts."),
        ("Each hold lasts ten seconds.", "A bell starts each hold."),
        ("Hold still.", "A bell starts each hold."),
    ],
)
def test_only_where_a_text_speaks_of_holds_the_sounds_start_one(write: Write, words: str, heard: str) -> None:
    path = write(f"title: T\nsteps:\n  - repeat: 2\n    steps:\n      - say: {words}\n      - hold: 10s\n")
    made = compile(load(path), Options(explain_chimes=True))
    assert [cue.text for cue in made.cues if "bell" in (cue.text or "").lower()] == [heard]


@every(
    ("steps", "heard"),
    [
        ("- hold: 10s\n    chime: {end: none}", ["A bell sounds when the time starts."]),
        ("- hold: 10s\n    chime: {start: none}", ["A deep, low tone sounds when the time ends."]),
        ("- hold: 10s\n    chime: {start: bowl}",
         ["A deep, low tone sounds when the time starts, and when it ends."]),
        ("- hold: 10s\n    chime: {start: none, end: none}", []),
        ("- say: Each hold is short.\n  - repeat: 2\n    steps: [{hold: 9s, chime: {start: none}}]",
         ["A deep, low tone ends each hold."]),
        ("- say: Each hold is short.\n  - repeat: 2\n    steps: [{hold: 9s, chime: {end: bell}}]",
         ["A bell starts each hold, and ends it."]),
        ("- hold: 20s\n    chime: {start: none, end: none}\n    marks: {halfway: tick}",
         ["A short tick in between only marks the time."]),
    ],
)  # fmt: skip
def test_only_the_sounds_that_are_heard_are_explained(write: Write, steps: str, heard: list[str]) -> None:
    made = compile(load(write(f"title: T\nsteps:\n  {steps}\n")), Options(explain_chimes=True))
    said = [cue.text for cue in made.cues if cue.step == "opening" and cue.text and cue.text.startswith("A ")]
    assert said == heard
