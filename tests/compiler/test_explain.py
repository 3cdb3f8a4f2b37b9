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
