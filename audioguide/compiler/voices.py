"""The voices of a script: which one each step asks for, and how each reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audioguide.reading.language import locale_of
from audioguide.reading.read import Reading, reading_for
from audioguide.routine.language.base import RoutineVoice
from audioguide.routine.load import Routine
from audioguide.script.script import OtherVoice, Script, Spoken, VoiceChoice
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import AUTO, PACK

GUIDE = "guide"  # the main voice, where another one speaks around it
COUNTER = "counter"  # says all numbers that are counted, where a routine has this role

Reader = tuple[VoiceChoice, Reading]


def voice_of(routine: Routine) -> VoiceChoice:
    """Return the voice that the routine asks for, with the defaults for what it leaves open."""
    return replace(VoiceChoice(), **_main(routine)[1].model_dump(exclude_none=True))


def voice_places(routine: Routine) -> dict[str, str]:
    """Return where each part of the voice that the routine asks for stands, "file:line:column", by option."""
    keys, voice = _main(routine)
    where = routine.source.where
    return {
        "voice" if part == "name" else part: where((*keys, part))
        for part in voice.model_dump(exclude_none=True)
    }


def _main(routine: Routine) -> tuple[tuple[str, ...], RoutineVoice]:
    """Return the main voice, and where it stands: at `voice`, or as the role of the guide."""
    guide = routine.document.voices.get(GUIDE)
    return (("voices", GUIDE), guide) if guide else (("voice",), routine.document.voice)


def other_voice(asked: str | RoutineVoice, routine: Routine, keys: tuple[object, ...]) -> OtherVoice:
    """Return the voice of a role, or one that is asked for at `keys`; the guide changes nothing."""
    if asked == GUIDE:
        return OtherVoice()
    if isinstance(asked, str):
        return _role(asked, routine)
    return OtherVoice(**asked.model_dump(), place=routine.source.where(keys))


def counter_of(routine: Routine, around: tuple[Routine, ...]) -> OtherVoice | None:
    """Return who counts in `routine`: its own counter, else that of the nearest routine around it."""
    known = [each for each in (routine, *around) if COUNTER in each.document.voices]
    return _role(COUNTER, known[0]) if known else None


def _role(name: str, routine: Routine) -> OtherVoice:
    place = routine.source.where(("voices", name))
    return OtherVoice(**routine.document.voices[name].model_dump(), role=name, place=place)


def readers(script: Script) -> Mapping[OtherVoice | None, Reader]:
    """Return how each voice of `script` reads; None is the main one."""
    spoken = {voice: script.speaks(voice) for voice in (None, *script.other_voices)}
    return {
        voice: (choice, reading_for(choice.name, choice.engine, script.say_as))
        for voice, choice in spoken.items()
    }


def phrase_of(ref: Spoken, reader: Reader) -> Phrase:
    """Return what a voice is asked for, to speak the clip `ref`. Raises VoiceError where it cannot be."""
    voice, reads = reader
    return Phrase(reads(ref.text), voice.name, voice.rate, voice.pitch, voice.warm)


def speakers_again(
    voice: VoiceChoice, others: Mapping[str, Sequence[str]], *, asked_for: str | None
) -> tuple[VoiceChoice, dict[str, tuple[str, str]]]:
    """Return who speaks an edited script, and the engine and id of each of the `others`.

    A text that the pack lacks needs another engine, so it is decided again. Where somebody asked for the
    pack, it stays, and says what it lacks.
    """
    speakers = {name: (engine, id_) for name, (engine, id_) in others.items()}
    if voice.engine != PACK or asked_for == PACK:
        return voice, speakers
    # As it was asked for: "af_heart" is not "en-us", though both may come to the same.
    own = (name for name, who in speakers.items() if who == (voice.engine, voice.name))
    return replace(voice, engine=AUTO, name=next(own, locale_of(voice.name) or voice.name)), {}
