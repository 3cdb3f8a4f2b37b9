"""Chimes: not louder than the voice, and not more kinds than a listener can keep apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.script.script import Sounded
from audioguide.script.shipped import shipped
from audioguide.script.sounds import find

VOICE_LUFS = -19.0  # sounds/README.md
MOST_KINDS = 4


def chimes(subject: Subject) -> Iterator[Finding]:
    """Check what sounds beside the voice."""
    yield from _loud(subject)
    if subject.script.guidance != "chimes":  # a sound for each word is what the listener asked for
        yield from _many(subject)


def _loud(subject: Subject) -> Iterator[Finding]:
    for ref, step in subject.script.clips.items():
        # What ships is softer than the voice as it is; the rest is measured, which brings the decoders.
        if isinstance(ref, Sounded) and (ref.gain_db > 0 or ref.sound not in shipped()):
            level = loudest(ref)
            if level > VOICE_LUFS:
                found = f"'{Path(ref.sound).name}' has {level:.1f} LUFS, and the voice {VOICE_LUFS:.0f}"
                yield subject.places[step].found("loud-chime", found)


def loudest(ref: Sounded) -> float:
    """Return the loudness, in LUFS, of the loudest 0.4 s of a sound, as it will be placed.

    Raises RoutineError or OutputError where it cannot be loaded.
    """
    import numpy as np

    from audioguide.audio.loudness import momentary_max
    from audioguide.sound.own_sound import load

    clip = load(find(ref.sound, Path()))
    return ref.gain_db + momentary_max((clip.samples / 32_768).astype(np.float32))


def _many(subject: Subject) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for cue in subject.script.cues:
        if cue.sound:
            first.setdefault(cue.sound, cue.step)
    for sound in list(first)[MOST_KINDS:]:
        others = ", ".join(Path(each).name for each in list(first)[:MOST_KINDS])
        found = f"'{Path(sound).name}', beside {others}"
        yield subject.places[first[sound]].found("many-chimes", found)
