"""The soft times that nobody wrote: what stands between two cues that would otherwise touch.

Every phrase, standalone chime and hold follows a soft time (or the start of the file), so that
`lay_out` can bring it to a frame border.
"""

from __future__ import annotations

from collections.abc import Iterable

from audioguide.compiler.load import joined
from audioguide.script.script import EXACT, SOFT, Cue
from audioguide.units import TICKS_PER_SECOND

SETTLE = 4 * TICKS_PER_SECOND  # from the last word of an instruction to the start chime
SWITCH = 8 * TICKS_PER_SECOND  # changing sides takes 5 to 10 s
REST = 10 * TICKS_PER_SECOND
GAP = 150  # 0.6 s: between sentences, and between a chime and a word
HEAD = 150  # 0.6 s of silence at the start of a file
TAIL = 500  # 2 s at its end


def with_pauses(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return `cues` with a default settle before a hold and a default gap where cues would touch."""
    result: list[Cue] = []
    last: Cue | None = None
    waiting: list[Cue] = []  # chapters stay with the cue that follows them
    for cue in cues:
        if cue.kind == "chapter":
            waiting.append(cue)
            continue
        if cue.advances:
            if last is not None and (pause := _pause(last, cue)):
                result.append(pause)
            last = cue
        result += [*waiting, cue]
        waiting = []
    return (*result, *waiting)


def _pause(before: Cue, after: Cue) -> Cue | None:
    if before.is_soft or after.kind in SOFT:
        return None
    if joined(before, after):
        return None
    if before.is_stay and after.kind == "chime" and after.step == before.step:
        return None  # its own end chime
    if before.kind == after.kind == "breath":
        return None
    if before.kind == "say" and after.kind in EXACT:
        return Cue(kind="settle", step=before.step, length=SETTLE, side=before.side, rep=before.rep)
    return Cue(kind="gap", step=before.step, length=GAP, side=before.side, rep=before.rep)
