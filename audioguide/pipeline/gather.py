"""Fetching the clips of a script: words from the voice, sounds from files, breath tones made here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError, OutputError, RoutineError
from audioguide.pipeline.voice import phrase_of
from audioguide.sound.breath import breath_tone
from audioguide.sound.catalog import find
from audioguide.sound.shipped import is_shipped
from audioguide.sound.wav import read_wav
from audioguide.speech.engines import make_engine
from audioguide.speech.pool import Speakers, Unspoken
from audioguide.storage.cache import Cache
from audioguide.timeline.script import BreathTone, ClipRef, Script, Sounded, Spoken

Ready = Callable[[ClipRef, Clip], None]


def speakers_of(script: Script, cache: Cache, workers: int | None = None) -> closing[Speakers]:
    """Return who speaks `script`, in front of `cache`, to be closed behind it. Raises EngineError."""
    return closing(Speakers(lambda: make_engine(script.voice.engine), cache, workers=workers))


def gather(
    script: Script,
    speakers: Speakers,
    progress: Progress | None = None,
    ready: Ready | None = None,
    spoken: set[ClipRef] | None = None,
) -> dict[ClipRef, Clip]:
    """Return every clip that `script` needs, each made once.

    Where phrases have to be spoken there is time to work ahead: `ready` is then called with every
    clip as soon as it is there. What had to be spoken is added to `spoken`. Raises EngineError that
    names the first step whose phrase cannot be spoken, RoutineError or OutputError likewise for a
    sound that cannot be loaded.
    """
    needed = script.clips
    phrases = {ref: phrase_of(script, ref, step) for ref, step in needed.items() if isinstance(ref, Spoken)}
    found = {
        ref: speakers.find(phrases[ref]) if isinstance(ref, Spoken) else _made(ref, script, step)
        for ref, step in needed.items()
    }
    clips = {ref: clip for ref, clip in found.items() if clip is not None}
    missing = [ref for ref in phrases if ref not in clips]
    if spoken is not None:
        spoken.update(missing)

    def told(ref: ClipRef, clip: Clip) -> None:
        clips[ref] = clip
        if ready:
            ready(ref, clip)
        if progress:
            progress("speaking", len(clips), len(needed))

    for ref, clip in list(clips.items()) if missing else []:
        told(ref, clip)
    try:
        speakers.speak([phrases[ref] for ref in missing], lambda place, clip: told(missing[place], clip))
    except Unspoken as error:
        raise EngineError(f"{script.place(needed[missing[error.place]])}: {error}") from error
    if progress:
        progress("speaking", len(needed), len(needed))
    return clips


def _made(ref: Sounded | BreathTone, script: Script, step: str) -> Clip:
    if isinstance(ref, BreathTone):
        return breath_tone(ref.phase, ref.length, ref.gain_db)
    try:
        return _loaded(ref)
    except (RoutineError, OutputError) as error:
        raise type(error)(f"{script.place(step)}: {error}") from error


def _loaded(ref: Sounded) -> Clip:
    path = find(ref.sound, Path())
    if is_shipped(path) and not ref.gain_db:
        return read_wav(path)
    from audioguide.sound.own_sound import load  # with decoders that take time to load

    return load(path, ref.gain_db)


def lengths(clips: dict[ClipRef, Clip]) -> dict[ClipRef, int]:
    """Return the measured length of each clip in ticks."""
    return {ref: clip.ticks for ref, clip in clips.items()}


Progress = Callable[[str, int, int], None]
