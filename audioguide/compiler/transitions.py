"""From one position to the next: what leads there, where an included routine begins in another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audioguide.compiler.context import Context
from audioguide.compiler.eyes import eyes
from audioguide.compiler.walking import walk
from audioguide.routine.language.base import Strict
from audioguide.routine.language.model import Include, Say
from audioguide.routine.language.notices import asks_a_doctor
from audioguide.routine.language.positions import OPEN_EYES, Move, Position, way
from audioguide.script.script import Cue
from audioguide.units import TICKS_PER_SECOND

_NAMED = re.compile(r"\byour (?:left|right) side\b", re.IGNORECASE)
_ROLL = ("roll onto one", "roll over, onto one")  # as exercises say it that name a side
# An exercise says what to hold on to, and what to kneel on; its words start from standing.
_OWN_WORDS = {("standing", "kneeling")}
# What holds as long as somebody stays in a position: said once there, however many exercises follow.
_HOLD_ON = frozenset({"Keep your eyes open while you stand.", "Use a cushion for sore knees or sore wrists."})
_KNEES: set[Position | None] = {"hands and knees", "heels"}  # what lies there, lies there for both


def led_there(step: Say, here: Context) -> bool:
    """Say the words that lead from the present position to that of an included routine, and return whether.

    Only the first step of an included routine that names a position is replaced so. Nobody who lies down
    already is asked to lie down.
    """
    out = here.out
    if step.into is None:
        return False
    before, out.position = out.position, step.into
    if not {before, step.into} <= _KNEES and before != step.into:
        out.holding.clear()
    out.first_arrival = out.first_arrival or here.step
    if not here.prefix or here.prefix in out.arrived:
        return False
    out.arrived.add(here.prefix)
    if before is None or (before, step.into) in _OWN_WORDS:
        walk(here, stands=False)
        return False
    moves = way(before, step.into)
    side = _NAMED.search(step.say) if step.into == "side" and isinstance(step.say, str) else None
    if side and not moves:  # on a side already, and maybe on the other one
        return False
    if side:
        sentence, seconds = moves[-1]
        moves = (*moves[:-1], (sentence.replace(*_ROLL).replace("one side", side[0].lower()), seconds))
    _lead((*moves, *walk(here, stands=step.into == "standing")), here)
    return True


def _lead(moves: Sequence[Move], here: Context) -> None:
    for sentence, seconds in moves:
        if sentence == OPEN_EYES and eyes(here.out.cues) == "open":
            continue
        here.add(Cue(kind="say", step="", text=sentence))
        here.soft("settle", seconds * TICKS_PER_SECOND)


def leave_staying(step: Include, here: Context) -> None:
    """Note the last words of a routine that leave a position which the next one begins in again.

    Two in a row at most: from hands and knees, say, the third comes after a rest on the heels.
    """
    out = here.out
    if len(here.keys) != 2 or out.stays:
        out.stays = ""
        return
    steps = here.routine.includes[step.include].document.steps
    moves = _moves(steps)
    if len(moves) < 2:
        return
    last, (_, before) = moves[-1], moves[-2]
    if _next_position(here) == before != last[1] and _is_last(last[0], steps):
        out.stays = f"{here.step}.include.steps[{last[0]}]"


def _next_position(here: Context) -> Position | None:
    """Return the first position that the steps after this one lead to, without those that are left out."""
    at = here.keys[1] + 1
    for index, each in enumerate(here.routine.document.steps[at:], at):
        if f"steps[{index}]" in here.out.skip:
            continue
        if isinstance(each, Say) and each.into:
            return None  # these words lead away
        if isinstance(each, Include):
            first = _moves(here.routine.includes[each.include].document.steps)[:1]
            return first[0][1] if first else None
    return None


def _moves(steps: Sequence[Strict]) -> list[tuple[int, Position]]:
    """Return where the steps of an included routine lead to another position, and to which."""
    return [
        (index, each.into)
        for index, each in enumerate(steps)
        if isinstance(each, Say) and each.into and not each.alone
    ]


def _is_last(place: int, steps: Sequence[Strict]) -> bool:
    return all(isinstance(each, Say) and each.alone for each in steps[place + 1 :])


def still_holds(sentence: str, here: Context) -> bool:
    """Return whether a sentence was said since the listener came into this position, and still holds.

    Whom to ask holds in every position: a session says it once.
    """
    if here.prefix and asks_a_doctor(sentence):
        return any(cue.text == sentence for cue in here.out.cues)
    if sentence not in _HOLD_ON or not here.prefix:
        return False
    if "eyes" in sentence and eyes(here.out.cues) == "closed":
        return False
    again = sentence in here.out.holding
    here.out.holding.add(sentence)
    return again
