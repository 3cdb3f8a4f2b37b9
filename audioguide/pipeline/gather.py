"""Fetching the clips of a script: words from the voice, sounds from files, breath tones made here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError, OutputError, RoutineError
from audioguide.pipeline.speaking import Speaking, Speaks
from audioguide.pipeline.voice import phrases_of, settled
from audioguide.pipeline.voice_origin import blamed
from audioguide.script.script import BreathTone, ClipRef, Script, Sounded, Spoken
from audioguide.script.shipped import is_shipped
from audioguide.script.sounds import find
from audioguide.sound.breath import breath_tone
from audioguide.sound.ringing import under_words
from audioguide.sound.wav import read_wav
from audioguide.speech.engine import Phrase, VoiceError
from audioguide.speech.pool import Unspoken
from audioguide.storage.cache import Cache

if TYPE_CHECKING:
    from audioguide.pipeline.proving import Proved, Prover  # with a recogniser that few renders need

LOGGER = logging.getLogger(__name__)
FIRST = 2  # phrases: with the pause between them, they last about as long as the third takes
Ready = Callable[[ClipRef, Clip], None]
# Called with what is being done, and how many parts of it are done, of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The clips of a script, those of them that had to be spoken, and what the proof of words found."""

    clips: Mapping[ClipRef, Clip]
    spoken: frozenset[ClipRef]
    proved: Proved | None = None

    @property
    def lengths(self) -> dict[ClipRef, int]:
        """Return the measured length of each clip in ticks."""
        return {ref: clip.ticks for ref, clip in self.clips.items()}


def gather(
    script: Script,
    speakers: Speaks,
    progress: Progress | None = None,
    ready: Ready | None = None,
    prover: Prover | None = None,
    *,
    first_alone: bool = False,
) -> Gathered:
    """Return every clip that `script` needs, each made once.

    Where phrases have to be spoken there is time to work ahead: `ready` is then called with every
    clip as soon as it is there, unless a `prover` may still exchange it. `first_alone` has the first phrase
    spoken before any other is begun: it is there sooner, all of them later.
    Raises EngineError that names the first step whose phrase cannot be spoken, RoutineError or OutputError
    also for a sound that cannot be loaded; VoiceError that names where the voice was chosen, if that is
    what is wrong.
    """
    needed = script.clips
    phrases = phrases_of(script)
    found = {
        ref: speakers.find(phrases[ref]) if isinstance(ref, Spoken) else _made(ref, script, step)
        for ref, step in needed.items()
    }
    clips = {ref: clip for ref, clip in found.items() if clip is not None}
    missing = [ref for ref in phrases if ref not in clips]
    LOGGER.info("%d clips: %d of %d phrases have to be spoken", len(needed), len(missing), len(phrases))

    def arrived(ref: ClipRef, clip: Clip) -> None:
        clips[ref] = clip
        if ready and not prover:
            ready(ref, clip)
        if progress:
            progress("speaking", len(clips), len(needed))

    for ref, clip in list(clips.items()) if missing else []:
        arrived(ref, clip)
    for refs in (missing[:1], missing[1:]) if first_alone else (missing,):
        _speak(script, {ref: phrases[ref] for ref in refs}, speakers, arrived)
    if progress:
        progress("speaking", len(needed), len(needed))
    proved = prover(script, phrases, clips, speakers) if prover else None
    return Gathered({**clips, **(proved.clips if proved else {})}, frozenset(missing), proved)


def _speak(script: Script, phrases: Mapping[Spoken, Phrase], speakers: Speaks, arrived: Ready) -> None:
    refs = list(phrases)
    try:
        speakers.speak(list(phrases.values()), lambda place, clip: arrived(refs[place], clip))
    except Unspoken as error:
        ref = refs[error.place]
        if isinstance(error.reason, VoiceError):
            raise blamed(script, error.reason, ref.voice) from error
        raise EngineError(script.blame(script.clips[ref], error.message), hint=error.hint) from error


@dataclass(frozen=True, slots=True)
class Measured:
    """The length of every clip of a script in ticks, and which of them had to be spoken for it."""

    lengths: Mapping[ClipRef, int]
    spoken: frozenset[ClipRef]


def measured(
    script: Script, cache: Cache, progress: Progress | None = None, prover: Prover | None = None
) -> Measured:
    """Return the lengths of all clips; speak those that `cache` does not hold. Raises as `gather` does."""
    script = settled(script)
    with Speaking(script, cache) as speakers:
        gathered = gather(script, speakers, progress, prover=prover)
    return Measured(gathered.lengths, gathered.spoken)


def speak_first(script: Script, cache: Cache, phrases: int = FIRST) -> None:
    """Speak those of the first `phrases` that `cache` does not hold; the rest of `script` waits for its turn.

    Raises as `gather` does.
    """
    script = settled(script)
    with Speaking(script, cache, workers=1) as speakers:
        begin = list(phrases_of(script).values())[:phrases]
        missing = [phrase for phrase in begin if speakers.find(phrase) is None]
        speakers.speak(missing, lambda _place, _clip: None)


def _made(ref: Sounded | BreathTone, script: Script, step: str) -> Clip:
    if isinstance(ref, BreathTone):
        return breath_tone(ref.phase, ref.length, ref.gain_db)
    try:
        return _loaded(ref)
    except (RoutineError, OutputError) as error:
        raise type(error)(f"{script.place(step)}: {error}") from error


def _loaded(ref: Sounded) -> Clip:
    path = find(ref.sound, Path())
    return _shipped(path, ref) if is_shipped(path) else _ducked(path, ref)


@lru_cache(maxsize=64)  # what ships does not change while the program runs, and every file has some of it
def _shipped(path: Path, ref: Sounded) -> Clip:
    return _ducked(path, ref)


def _ducked(path: Path, ref: Sounded) -> Clip:
    clip = _found(path, ref)
    return clip if ref.duck is None else under_words(clip, ref.duck)


def _found(path: Path, ref: Sounded) -> Clip:
    if is_shipped(path) and not ref.gain_db:
        return read_wav(path)
    from audioguide.sound.own_sound import load  # with decoders that take time to load

    return load(path, ref.gain_db)
