"""Who speaks a script: decided once for all of it, before the first phrase."""

from __future__ import annotations

from dataclasses import replace

from audioguide.errors import EngineError
from audioguide.pipeline.voice_origin import blamed
from audioguide.reading.read import is_spoken, reading_for
from audioguide.script.script import Script, Spoken
from audioguide.speech.engine import Phrase, VoiceError
from audioguide.speech.engines import AUTO, PACK, make_engine


def settled(script: Script) -> Script:
    """Return `script` with the engine that speaks it, and a note that says why it is not a better one.

    The pack is named with its voice, whether it was asked for or chosen: both make the same file.
    """
    if script.voice.engine == PACK:
        return _named(script)
    if script.voice.engine != AUTO:
        return script
    from audioguide.speech.auto import decide

    decision = decide(list(phrases_of(script).values()))
    voice = replace(script.voice, engine=decision.engine, name=decision.voice)
    why = f"{decision.engine} speaks all of it, in the voice {decision.voice}: {decision.reason}"
    return replace(script, voice=voice, notes=(*script.notes, why) if decision.reason else script.notes)


def _named(script: Script) -> Script:
    try:
        name = make_engine(PACK).voice_for(script.voice.name)
    except EngineError:  # the first phrase says so, with the place where the voice was chosen
        return script
    return replace(script, voice=replace(script.voice, name=name))


def phrases_of(script: Script) -> dict[Spoken, Phrase]:
    """Return what the voice of `script` is asked for, by clip. Raises EngineError that names the step."""
    voice = script.voice
    reads = reading_for(voice.name, voice.engine, script.say_as)
    return {
        ref: _phrase(script, reads(ref.text), ref, step)
        for ref, step in script.clips.items() if isinstance(ref, Spoken)
    }  # fmt: skip


def _phrase(script: Script, text: str, ref: Spoken, step: str) -> Phrase:
    voice = script.voice
    if not is_spoken(text):
        raise EngineError(f"{script.place(step)}: {ref.text!r} holds nothing to speak")
    try:
        return Phrase(text=text, voice=voice.name, rate=voice.rate, pitch=voice.pitch, warm=voice.warm)
    except VoiceError as error:
        raise blamed(script, error) from error
