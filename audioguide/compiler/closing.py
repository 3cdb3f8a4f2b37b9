"""The words that end a file: time to feel, that it is over, and the way up from where the listener is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audioguide.compiler import pauses
from audioguide.compiler.context import Context
from audioguide.compiler.eyes import eyes
from audioguide.routine.language.notices import CLOSINGS, FEEL_ALL, FEEL_BACK
from audioguide.routine.language.positions import OPEN_EYES, up_from
from audioguide.script.profiles import FADE_OUT
from audioguide.script.script import EXACT, Cue
from audioguide.units import TICKS_PER_SECOND

FEEL = 5 * TICKS_PER_SECOND
WAKES = "Slowly breathe more deeply."  # with it, what rests begins to lead back


def let_sleep(here: Context) -> None:
    """Leave out the words with which the last included routine would wake who is to fall asleep."""
    cues = here.out.cues
    at = next((at for at in range(len(cues) - 1, -1, -1) if cues[at].text == WAKES), None)
    if at is None or here.routine.document.safety.closing != "sleep":
        return
    part, inside, _ = cues[at].step.partition(".include")
    if inside and all(cue.step.startswith(part + inside) and cue.kind not in EXACT for cue in cues[at:]):
        del cues[at:]


def add_closing(here: Context, *, asleep: bool) -> None:
    """Add the closing words, and the silence after them."""
    closing = replace(here, keys=("closing",))
    words = CLOSINGS["sleep" if asleep else here.routine.document.safety.closing]
    for sentence in words.sentences:
        closing.add(Cue(kind="say", step="", text=_felt(sentence, here.routine.document.body)))
    if words.then:
        closing.soft("gap", FEEL)
        _end(closing, words.then)
    # Long enough that the fade out meets no word.
    closing.soft("gap", FADE_OUT if asleep else pauses.TAIL)


def _felt(sentence: str, body: Sequence[str]) -> str:
    """Return what to notice: the back where the routine is for it, else how one feels."""
    if sentence != FEEL_BACK or not body or any("back" in part for part in body):
        return sentence
    return FEEL_ALL


def _end(closing: Context, over: Sequence[str]) -> None:
    """Say the way up first: after "You have finished." nothing follows that a listener could miss."""
    out = closing.out
    opened = [OPEN_EYES] if eyes(out.cues) == "closed" else []
    bed = "bed" in closing.routine.document.equipment
    for sentence, seconds in (*((each, 0) for each in opened), *up_from(out.position, bed=bed)):
        closing.add(Cue(kind="say", step="", text=sentence))
        if seconds:
            closing.soft("settle", seconds * TICKS_PER_SECOND)
    for sentence in over:
        closing.add(Cue(kind="say", step="", text=sentence))
