"""Lengths of clips without a voice: for tables and dry runs, never for a render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from audioguide.errors import OutputError, RoutineError
from audioguide.reading.read import Reading, reading_for
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import BreathTone, ClipRef, Script, Spoken
from audioguide.sound.catalog import find, sound_ticks
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import AUTO, PACK
from audioguide.speech.estimate import ROOM_TICKS, estimate
from audioguide.speech.pace import heard_rate


def estimated_lengths(script: Script) -> dict[ClipRef, int]:
    """Return the likely length of each phrase and the true length of each sound, in ticks.

    Raises RoutineError or OutputError that names the first step whose sound cannot be used.
    """
    script = _with_engine(script)
    reads = reading_for(script.voice.name, script.voice.engine, script.say_as)
    known = _packed(script, reads)
    return {
        ref: known[ref] if ref in known else _length(ref, script, step, reads)
        for ref, step in script.clips.items()
    }


def estimated(script: Script) -> Timeline:
    """Lay `script` out with estimated lengths. Raises RoutineError as `lay_out` does."""
    return lay_out(script, estimated_lengths(script))


def is_exact(script: Script) -> bool:
    """Return whether `estimated_lengths` are the true ones: the voice pack has every phrase of `script`."""
    script = _with_engine(script)
    known = _packed(script, reading_for(script.voice.name, script.voice.engine, script.say_as))
    return all(ref in known for ref in script.clips if isinstance(ref, Spoken))


def _with_engine(script: Script) -> Script:
    """Return `script` with the engine that will probably speak it, where none is asked for."""
    if script.voice.engine != AUTO:
        return script
    from audioguide.speech.auto import likely

    engine = likely(_phrases(script, reading_for(script.voice.name, AUTO, script.say_as)))
    return replace(script, voice=replace(script.voice, engine=engine))


def _packed(script: Script, reads: Reading) -> Mapping[ClipRef, int]:
    """Return the true length of the phrases that the voice pack has, in ticks, where it is what speaks."""
    if script.voice.engine != PACK or script.voice.warm:
        return {}
    from audioguide.speech.pack.engine import PackEngine

    engine = PackEngine()
    refs = [ref for ref in script.clips if isinstance(ref, Spoken)]
    lengths = zip(refs, map(engine.ticks, _phrases(script, reads)), strict=True)
    return {ref: ticks for ref, ticks in lengths if ticks is not None}


def _phrases(script: Script, reads: Reading) -> list[Phrase]:
    voice = script.voice
    return [
        Phrase(reads(ref.text), voice.name, voice.rate, voice.pitch, voice.warm)
        for ref in script.clips if isinstance(ref, Spoken)
    ]  # fmt: skip


def _length(ref: ClipRef, script: Script, step: str, reads: Reading) -> int:
    if isinstance(ref, Spoken):
        rate = heard_rate(script.voice.engine, script.voice.rate)
        room = ROOM_TICKS if script.voice.warm else 0
        return estimate(reads(ref.text), rate, script.voice.name) + room
    if isinstance(ref, BreathTone):
        return ref.length
    try:
        return sound_ticks(find(ref.sound, Path()))
    except (RoutineError, OutputError) as error:
        raise type(error)(f"{script.place(step)}: {error}") from error
