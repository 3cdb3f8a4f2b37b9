"""Whether the listener is asked to open the eyes, and only where they may be closed."""

from __future__ import annotations

from audioguide.compiler.compile import compile
from audioguide.routine.load import load
from tests.conftest import Write
from tests.tables import every


@every(
    ("between", "times"),
    [
        ("", 1),  # the eyes are open from the first way up on
        ("  - say: Let your eyes close.\n", 2),
        ("  - say: Keep your eyes open.\n", 1),
    ],
)
def test_eyes_that_are_open_are_not_opened_again(write: Write, between: str, times: int) -> None:
    session = (
        "title: T\nsteps:\n  - include: knee-to-chest\n  - include: cat-cow\n"
        f"{between}  - include: forward-bend\n"
    )
    heard = [cue.text for cue in compile(load(write(session))).cues]
    assert heard.count("Open your eyes.") == times
