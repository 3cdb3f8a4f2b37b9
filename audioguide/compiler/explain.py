"""What the chimes of a file mean, said once, before the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audioguide.compiler.context import Context
from audioguide.compiler.load import joined, next_time
from audioguide.compiler.opening import end_of_opening
from audioguide.routine.load import Routine
from audioguide.routine.said import WORDINGS, files_of, said_in
from audioguide.script.script import Cue

# What each sound that ships is called, as sounds/README.md describes them.
CALLED = {
    "bell": "bell", "bowl": "deep, low tone", "chime": "double chime", "tick": "short tick",
    "wood": "wooden tap",
}  # fmt: skip
OWN = "chime"
# Where no text speaks of a hold, the body moves between the sounds: it must not be asked to keep still.
_HOLD = re.compile(r"\bholds?\b(?! (?:your|behind|on|the|it|both|onto|to)\b)", re.IGNORECASE)


def explain(here: Context) -> None:
    """Put what the chimes and breath tones mean after the opening.

    Not where the routine has no opening words: its author says everything there.
    """
    cues = here.out.cues
    if here.out.guidance == "chimes" or here.routine.document.safety.notice == "none":
        return
    place = end_of_opening(cues)
    opening = replace(here, keys=("opening",)).step
    said = _meanings(cues[place:], here.routine)
    cues[place:place] = [Cue(kind="say", step=opening, text=text) for text in said]


def _speaks_of_holds(routine: Routine) -> bool:
    """Return whether a text of the routine, or of one that it includes, speaks of a hold."""
    return any(
        said.keys[0] in WORDINGS and _HOLD.search(said.text)
        for each in files_of(routine).values()
        for said in said_in(each)
    )


def _meanings(cues: list[Cue], routine: Routine) -> Iterator[str]:
    ends = [_ends(cues, at) for at, cue in enumerate(cues) if cue.kind == "hold"]
    rung = [each for each in ends if each[1] or each[2]]
    if rung:
        many = len(rung) > 1 and _speaks_of_holds(routine)
        yield from _of_many(*rung[0][1:]) if many else _of_one(*rung[0][1:])
    marks = {cue.sound for cue in cues if cue.kind == "mark" and cue.sound and not cue.text}
    for sound in sorted(marks - {sound for _, *both in rung for sound in both}):
        yield f"A {_called(sound)} in between only marks the time."
    if any(cue.tone for cue in cues):
        yield "A soft tone rises as you breathe in, and falls as you breathe out."


def _of_many(first: str | None, last: str | None) -> Iterator[str]:
    if first == last and first:
        yield f"A {_called(first)} starts each hold, and ends it."
        return
    if first:
        yield f"A {_called(first)} starts each hold."
    if last:
        yield f"A {_called(last)} ends {'it' if first else 'each hold'}."


def _of_one(first: str | None, last: str | None) -> Iterator[str]:
    if first == last and first:
        yield f"A {_called(first)} sounds when the time starts, and when it ends."
        return
    if first:
        yield f"A {_called(first)} sounds when the time starts."
    if last:
        yield f"A {_called(last)} sounds when {'it' if first else 'the time'} ends."


def _called(sound: str) -> str:
    return CALLED.get(sound, OWN)


def _ends(cues: list[Cue], hold: int) -> tuple[int, str | None, str | None]:
    """Return the length of the hold at `hold`, and the sounds at its two ends."""
    first = last = None
    for index, cue in enumerate(cues[hold + 1 :], hold + 1):
        if cue.kind == "chime" and cue.step == cues[hold].step:
            if cue.offset == 0:
                first = cue.sound
                continue
            after, inside = next_time(cues, index)
            opens = any(each.kind == "chime" and each.offset == 0 for each in inside)
            last = None if opens and joined(cues[hold], after) else cue.sound
        if cue.advances:
            break
    return cues[hold].length or 0, first, last
