"""Fetching the clips of a script: words from the voice, sounds from files, breath tones made here."""

from __future__ import annotations

from pathlib import Path

from audioguide.clip import Clip
from audioguide.errors import EngineError
from audioguide.progress import Progress
from audioguide.script import ClipRef, Script, Sounded, Spoken
from audioguide.sound.breath import breath_tone
from audioguide.sound.catalog import find
from audioguide.sound.segments import load
from audioguide.speech.engine import Engine, Phrase


def gather(script: Script, engine: Engine, progress: Progress | None = None) -> dict[ClipRef, Clip]:
    """Return every clip that `script` needs, each made once.

    Raises EngineError that names the step whose phrase cannot be spoken, RoutineError or
    OutputError for a sound that cannot be loaded.
    """
    clips: dict[ClipRef, Clip] = {}
    needed = script.clips
    for done, (ref, step) in enumerate(needed.items()):
        if progress:
            progress("speaking", done, len(needed))
        if isinstance(ref, Spoken):
            clips[ref] = _speak(script, ref, step, engine)
        elif isinstance(ref, Sounded):
            clips[ref] = load(find(ref.sound, Path()))
        else:
            clips[ref] = breath_tone(ref.phase, ref.length)
    if progress:
        progress("speaking", len(needed), len(needed))
    return clips


def _speak(script: Script, ref: Spoken, step: str, engine: Engine) -> Clip:
    voice = script.voice
    try:
        return engine.speak(Phrase(text=ref.text, voice=voice.name, rate=voice.rate, pitch=voice.pitch))
    except EngineError as error:
        raise EngineError(f"{script.place(step)}: {error}") from error


def lengths(clips: dict[ClipRef, Clip]) -> dict[ClipRef, int]:
    """Return the measured length of each clip in ticks."""
    return {ref: clip.ticks for ref, clip in clips.items()}
