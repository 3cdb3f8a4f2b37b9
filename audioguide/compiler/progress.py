"""How far along a session is, said before the routines that it includes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audioguide.compiler.context import Context
from audioguide.routine.language.model import Include
from audioguide.script.script import Cue
from audioguide.speech.estimate import estimate

HALF = "You are halfway."
EASILY = "Breathe easily."
LAST = "This is the last exercise."
NEAR = 10  # a tenth of the session, on both sides of its middle
_RATE = 110  # words a minute: near enough to place a sentence


def say_progress(here: Context) -> None:
    """Say how far along a session is, before one of the routines that it includes itself.

    Half is said before each of them; all but the one in the middle go when all are known.
    """
    document = here.routine.document
    if not document.progress or here.prefix or len(here.keys) != 2:
        return
    included = [
        index
        for index, step in enumerate(document.steps)
        if isinstance(step, Include) and f"steps[{index}]" not in here.out.skip
    ]
    number, count = included.index(here.keys[1]) + 1, len(included)
    if count > 2 and number == count:
        here.add(Cue(kind="say", step="", text=LAST))
    elif count > 3 and number > 1:
        here.out.halves.add(here.step)
        here.add(Cue(kind="say", step="", text=HALF))


def leave_one_half(here: Context) -> None:
    """Leave out every word on half of a session but the one that is nearest to its middle.

    Where no routine begins there, nothing is said. An included routine says half of itself, which is no half
    of a session of several.
    """
    out = here.out
    if len([step for step in here.routine.document.steps if isinstance(step, Include)]) > 1:
        out.cues = [kept for cue in out.cues if (kept := _without_own_half(cue))]
    places = [place for place, cue in enumerate(out.cues) if cue.text == HALF and cue.step in out.halves]
    if places:
        starts = list(_starts(out.cues))
        middle = starts[-1] // 2
        best = min(places, key=lambda place: abs(starts[place] - middle))
        near = abs(starts[best] - middle) <= starts[-1] // NEAR
        gone = {place for place in places if place != best or not near}
        out.cues = [cue for place, cue in enumerate(out.cues) if place not in gone]


def _without_own_half(cue: Cue) -> Cue | None:
    """Return a cue of an included routine without its word on half; None where nothing is left of it.

    In a long hold or among many breaths, other words come in its place: so much silence would be heard as
    the end.
    """
    if cue.text != HALF or ".include." not in cue.step:
        return cue
    return replace(cue, text=EASILY) if cue.kind in ("mark", "breath") else None


def _starts(cues: Sequence[Cue]) -> Iterator[int]:
    """Yield about when each cue starts, in ticks, and when the last one ends."""
    now = 0
    for cue in cues:
        yield now
        if cue.kind == "say" and cue.text:
            now += 0 if cue.text == HALF else estimate(cue.text, _RATE)
        elif cue.advances:
            now += cue.length or 0
    yield now
