"""The words that end a file: time to feel, that it is over, and the way up from where the listener is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audioguide.compiler import pauses
from audioguide.compiler.context import Context
from audioguide.routine.language.notices import CLOSINGS, FEEL_ALL, FEEL_BACK
from audioguide.routine.language.positions import up_from
from audioguide.script.profiles import FADE_OUT
from audioguide.script.script import Cue
from audioguide.units import TICKS_PER_SECOND

FEEL = 5 * TICKS_PER_SECOND
_CLOSED = re.compile(r"\bclose your eyes\b|\beyes (?:fall |gently |slowly |softly )?close", re.IGNORECASE)
_OPEN = re.compile(r"\bopen your eyes\b|\beyes open\b", re.IGNORECASE)


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
    eyes = ["Open your eyes."] if eyes_closed(out.cues) else []
    bed = "bed" in closing.routine.document.equipment
    for sentence, seconds in (*((each, 0) for each in eyes), *up_from(out.position, bed=bed)):
        closing.add(Cue(kind="say", step="", text=sentence))
        if seconds:
            closing.soft("settle", seconds * TICKS_PER_SECOND)
    for sentence in over:
        closing.add(Cue(kind="say", step="", text=sentence))


def eyes_closed(cues: Sequence[Cue]) -> bool:
    """Return whether the last words about the eyes let them close; without any, they are open."""
    for cue in reversed(cues):
        if _OPEN.search(cue.text or ""):
            return False
        if _CLOSED.search(cue.text or ""):
            return True
    return False
