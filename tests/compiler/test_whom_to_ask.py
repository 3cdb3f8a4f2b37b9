"""With what to ask a doctor first is said before anything is done, once, if it is about what is done."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load_text
from audioguide.script.script import EXACT, Script
from tests.shipped import shipped
from tests.tables import every

HIP = "If you have an artificial hip, ask your doctor first."
WHOM = "ask your doctor first."
PARTS = ("bridge-pose", "figure-four", "knee-to-chest")
TWO_HIPS = "title: Hips\nsteps:\n" + "".join(f"  - include: {part}\n" for part in PARTS)


def session(options: Options | None = None) -> Script:
    return compile(load_text(TWO_HIPS, Path("hips.yaml")), options or Options())


@every("name", SHIPPED_LIBRARY.shipped)
def test_it_is_heard_before_anything_is_done(name: str) -> None:
    cues = compile(shipped(name)).cues
    done = next((at for at, cue in enumerate(cues) if cue.kind in EXACT), len(cues))
    assert [cue.text for cue in cues[done:] if (cue.text or "").endswith(WHOM)] == []


def test_a_session_says_it_in_its_opening_once() -> None:
    cues = session().cues
    at = [index for index, cue in enumerate(cues) if cue.text == HIP]
    chapter = next(index for index, cue in enumerate(cues) if cue.kind == "chapter")
    assert len(at) == 1
    assert at[0] < chapter


def test_what_is_left_out_asks_for_nobody() -> None:
    both = session(Options(skip=("figure-four", "knee-to-chest")))
    assert HIP not in [cue.text for cue in both.cues]


def test_no_silence_is_left_where_it_stood() -> None:
    cues = session().cues
    spoken = {cue.step for cue in cues if cue.kind == "say"}
    assert {cue.step for cue in cues if cue.kind == "settle"} <= spoken
