"""Lengths of clips without a voice: for tables and dry runs, never for a render."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import OutputError, RoutineError
from audioguide.reading.read import Reading, reading_for
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import BreathTone, ClipRef, Script, Spoken
from audioguide.sound.catalog import find, sound_ticks
from audioguide.speech.estimate import ROOM_TICKS, estimate


def estimated_lengths(script: Script) -> dict[ClipRef, int]:
    """Return the likely length of each phrase and the true length of each sound, in ticks.

    Raises RoutineError or OutputError that names the first step whose sound cannot be used.
    """
    reads = reading_for(script.voice.name, script.voice.engine, script.say_as)
    return {ref: _length(ref, script, step, reads) for ref, step in script.clips.items()}


def estimated(script: Script) -> Timeline:
    """Lay `script` out with estimated lengths. Raises RoutineError as `lay_out` does."""
    return lay_out(script, estimated_lengths(script))


def _length(ref: ClipRef, script: Script, step: str, reads: Reading) -> int:
    if isinstance(ref, Spoken):
        return estimate(reads(ref.text), script.voice.rate, script.voice.name) + (
            ROOM_TICKS if script.voice.warm else 0
        )
    if isinstance(ref, BreathTone):
        return ref.length
    try:
        return sound_ticks(find(ref.sound, Path()))
    except (RoutineError, OutputError) as error:
        raise type(error)(f"{script.place(step)}: {error}") from error
