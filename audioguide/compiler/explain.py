"""What the chimes of a file mean, said once, before the first of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audioguide.compiler.context import Context
from audioguide.compiler.opening import NOTICE_STEPS
from audioguide.script.script import Cue
from audioguide.units import TICKS_PER_SECOND

# What each sound that ships is called, as sounds/README.md describes them.
CALLED = {
    "bell": "bell", "bowl": "low bowl", "chime": "double chime", "tick": "short tick", "wood": "wooden tap",
}  # fmt: skip
OWN = "chime"
LONG = 60 * TICKS_PER_SECOND


def explain(here: Context) -> None:
    """Put what the chimes and breath tones mean after the opening.

    Not where the routine has no opening words: its author says everything there.
    """
    cues = here.out.cues
    if here.out.guidance == "chimes" or here.routine.document.safety.notice == "none":
        return
    place = next((at for at, cue in enumerate(cues) if cue.step not in NOTICE_STEPS), len(cues))
    opening = replace(here, keys=("opening",)).step
    cues[place:place] = [Cue(kind="say", step=opening, text=text) for text in _meanings(cues[place:])]


def _meanings(cues: list[Cue]) -> Iterator[str]:
    ends = [_ends(cues, at) for at, cue in enumerate(cues) if cue.kind == "hold"]
    rung = [each for each in ends if each[1] or each[2]]
    if rung:
        long = all(length >= LONG for length, _, _ in rung)
        yield from _of_holds(
            *rung[0][1:], what="the time" if long else "each hold" if rung[1:] else "the hold"
        )
    marks = {cue.sound for cue in cues if cue.kind == "mark" and cue.sound and not cue.text}
    for sound in sorted(marks - {sound for _, *both in rung for sound in both}):
        yield f"A {_called(sound)} in between only tells you that time passes."
    if any(cue.tone for cue in cues):
        yield "A soft tone rises as you breathe in, and falls as you breathe out."


def _of_holds(first: str | None, last: str | None, *, what: str) -> Iterator[str]:
    if first == last and first:
        yield f"A {_called(first)} starts {what}, and ends it."
        return
    if first:
        yield f"A {_called(first)} starts {what}."
    if last:
        yield f"A {_called(last)} ends {'it' if first else what}."


def _called(sound: str) -> str:
    return CALLED.get(sound, OWN)


def _ends(cues: list[Cue], hold: int) -> tuple[int, str | None, str | None]:
    """Return the length of the hold at `hold`, and the sounds at its two ends."""
    first = last = None
    for cue in cues[hold + 1 :]:
        if cue.kind == "chime" and cue.step == cues[hold].step:
            if cue.offset == 0:
                first = cue.sound
                continue
            last = cue.sound
        if cue.advances:
            break
    return cues[hold].length or 0, first, last
