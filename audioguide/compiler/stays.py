"""Times that a listener stays for: holds, exact rests, and movements to a count."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from audioguide.compiler import holds, pauses
from audioguide.compiler.context import Coming, Context
from audioguide.compiler.load import bounds_of
from audioguide.routine.language import model
from audioguide.routine.language.values import Amount, Ref
from audioguide.script.script import Cue
from audioguide.script.text import count_word
from audioguide.units import TICKS_PER_SECOND, format_seconds

LONGEST_HOLD = 3600 * TICKS_PER_SECOND


def hold(step: model.Hold, here: Context) -> None:
    """Add a hold: its chimes, its marks, and how soon words follow."""
    length = holds.hold_length(step.hold, here.values)
    if length <= 0:
        return here.blame("a hold cannot last 0 s", "hold")
    if length > LONGEST_HOLD:
        return here.blame(f"a hold of {format_seconds(length)} s is longer than an hour", "hold")
    bounded = bool(bounds_of(step, here.routine.document))
    here.add(Cue(kind="hold", step="", length=length, bounded=bounded, exact=step.exact or here.exact))
    _heard_in(step, step.hold, length, holds.amount_of(step.release, here.values), here)
    return None


def rest(step: model.Rest, here: Context) -> None:
    """Add a rest: a soft time, or an exact one with chimes and marks."""
    if not (step.is_exact or here.exact):
        return here.soft("rest", step.rest, pauses.REST)
    length = pauses.REST if step.rest is None else holds.amount_of(step.rest, here.values)
    if length <= 0:
        return here.blame("an exact rest cannot last 0 s: remove it", "rest")
    here.add(Cue(kind="rest", step="", length=length, exact=True))
    _heard_in(step, length, length, model.RELEASE, here)
    return None


def _heard_in(
    step: model.Hold | model.Rest,
    stay: int | Ref | model.BreathHold,
    length: int,
    release: int,
    here: Context,
) -> None:
    """Add the chimes at both ends of a hold or an exact rest, and its marks."""
    first, last = holds.chimes_of(step.chime, at_end=isinstance(step, model.Rest))
    if first:
        here.add(Cue(kind="chime", step="", sound=first, offset=0))
    try:
        turn = here.turn("marks")
        words = replace(here, coming=_coming(step, length, here)).words
        what: Literal["hold", "rest"] = "rest" if isinstance(step, model.Rest) else "hold"
        saying = holds.MarkWords(words=words, voice=here.voiced, counter=here.counting, stay=what)
        marks = list(holds.mark_cues(stay, step.marks, length, here.values, saying, turn=turn))
        marks += list(holds.random_cues(step.marks, length, here.chance("marks", turn), marks))
        marks += holds.beat_cues(step.marks, length, marks)
        for mark in sorted(marks, key=lambda cue: cue.offset or 0):
            here.add(mark)
    except ValueError as error:
        here.blame(str(error), "marks")
    if last:
        here.add(Cue(kind="chime", step="", sound=last, duck=release))


def _coming(step: model.Hold | model.Rest, length: int, here: Context) -> Coming:
    """Return what the marks of a step may speak of: its own length, where it is not that of the next."""
    own = Amount("time", length).spoken
    if isinstance(step, model.Rest):
        return replace(here.coming, rest=own)
    return replace(here.coming, hold=here.coming.hold or own)


def counted(step: model.Counted, here: Context) -> None:
    """Add a hold of so many beats, with a word on each."""
    reps = holds.amount_of(step.reps, here.values)
    words = (
        step.count if isinstance(step.count, list) else [count_word(each + 1) for each in range(step.count)]
    )
    length = holds.beat(len(words) * reps, step.tempo)
    if reps < 1 or length > LONGEST_HOLD:
        return here.blame(f"{reps} reps at this tempo are {format_seconds(length)} s", "reps")
    sound = None if step.chime == "none" else step.chime
    here.add(Cue(kind="hold", step="", length=length, exact=here.exact))
    for number in range(len(words) * reps):
        rep, word = number // len(words) + 1, words[number % len(words)]
        text = None if word == "none" else replace(here, rep=rep, reps=reps).words(word)
        if text or sound:
            at = holds.beat(number, step.tempo)
            cue = Cue(kind="mark", step="", text=text, sound=sound, offset=at, rep=rep, voice=here.counting)
            here.add(cue)
    return None
