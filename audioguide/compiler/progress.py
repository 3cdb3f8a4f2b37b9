"""How far along a session is, said before the routines that it includes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioguide.compiler.context import Context
from audioguide.routine.language.model import Include
from audioguide.script.script import Cue
from audioguide.speech.estimate import estimate

HALF = "You are halfway."
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
        here.out.halves.append(len(here.out.cues))
        here.add(Cue(kind="say", step="", text=HALF))


def leave_one_half(here: Context) -> None:
    """Leave out every word on half of a session but the one that is nearest to its middle.

    Where no routine begins there, nothing is said. What was added to `out.halves` is given up.
    """
    out = here.out
    places = [place for place in out.halves if place < len(out.cues) and out.cues[place].text == HALF]
    if places:
        starts = list(_starts(out.cues))
        middle = starts[-1] // 2
        best = min(places, key=lambda place: abs(starts[place] - middle))
        near = abs(starts[best] - middle) <= starts[-1] // NEAR
        gone = {place for place in places if place != best or not near}
        out.cues = [cue for place, cue in enumerate(out.cues) if place not in gone]
    out.halves = []


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
