"""From one position to the next: what leads there, where an included routine begins in another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audioguide.compiler.context import Context
from audioguide.compiler.eyes import eyes
from audioguide.routine.language.model import Include, Say
from audioguide.routine.language.positions import OPEN_EYES, Move, way
from audioguide.script.script import Cue
from audioguide.units import TICKS_PER_SECOND

_NAMED = re.compile(r"\byour (?:left|right) side\b", re.IGNORECASE)
_ROLL = ("roll onto one", "roll over, onto one")  # as exercises say it that name a side
# An exercise says what to hold on to, and what to kneel on; its words start from standing.
_OWN_WORDS = {("standing", "kneeling")}
HALF = "You are halfway."
LAST = "This is the last exercise."


def led_there(step: Say, here: Context) -> bool:
    """Say the words that lead from the present position to that of an included routine, and return whether.

    Only the first step of an included routine that names a position is replaced so. Nobody who lies down
    already is asked to lie down.
    """
    out = here.out
    if step.into is None:
        return False
    before, out.position = out.position, step.into
    out.first_arrival = out.first_arrival or here.step
    if not here.prefix or here.prefix in out.arrived:
        return False
    out.arrived.add(here.prefix)
    if before is None or (before, step.into) in _OWN_WORDS:
        return False
    moves = way(before, step.into)
    side = _NAMED.search(step.say) if step.into == "side" and isinstance(step.say, str) else None
    if side and not moves:  # on a side already, and maybe on the other one
        return False
    if side:
        sentence, seconds = moves[-1]
        moves = (*moves[:-1], (sentence.replace(*_ROLL).replace("one side", side[0].lower()), seconds))
    _lead(moves, here)
    return True


def _lead(moves: Sequence[Move], here: Context) -> None:
    for sentence, seconds in moves:
        if sentence == OPEN_EYES and eyes(here.out.cues) == "open":
            continue
        here.add(Cue(kind="say", step="", text=sentence))
        here.soft("settle", seconds * TICKS_PER_SECOND)


def say_progress(here: Context) -> None:
    """Say how far along a session is, before one of the routines that it includes itself."""
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
    elif count > 3 and number == -(-count // 2) + 1:
        here.add(Cue(kind="say", step="", text=HALF))
