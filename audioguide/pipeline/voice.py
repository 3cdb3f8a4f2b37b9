"""Who speaks a script: decided once for each voice, before the first phrase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from audioguide.compiler.voices import Reader, phrase_of, readers
from audioguide.errors import EngineError
from audioguide.pipeline.voice_origin import blamed
from audioguide.reading.read import is_spoken
from audioguide.script.script import Script, Spoken, VoiceChoice
from audioguide.speech.auto import Decision, decide_each
from audioguide.speech.engine import Phrase, VoiceError
from audioguide.speech.engines import AUTO, PACK, make_engine


def settled(script: Script) -> Script:
    """Return `script` with the engine of each voice, and notes that say why it is not a better one.

    All phrases of one voice have the same engine, at any pace. The pack is named with its voice, whether it
    was asked for or chosen: both make the same file.
    """
    if script.voice.engine == PACK:
        return _named(script)
    if script.voice.engine != AUTO:
        return script
    own = script.voice.name
    asked: dict[str, list[Phrase]] = {own: []}
    for phrase in phrases_of(script).values():
        asked.setdefault(phrase.voice, []).append(phrase)
    decided = decide_each(asked)
    main = decided.pop(own)
    voice = replace(script.voice, engine=main.engine, name=main.voice)
    speakers = {name: (each.engine, each.voice) for name, each in decided.items()}
    whole = f"{main.engine} speaks {'its part' if decided else 'all'} of it, in the voice {main.voice}"
    script = replace(script, voice=voice, speakers={own: (main.engine, main.voice), **speakers})
    notes = [f"{whole}: {main.reason}"] if main.reason else []
    notes += [*_reasons(script, decided), *_alike(script)]
    return replace(script, notes=(*script.notes, *notes))


def _reasons(script: Script, decided: Mapping[str, Decision]) -> Iterator[str]:
    names = {voice.name: voice for voice in reversed(script.other_voices)}
    for name, decision in decided.items():
        if decision.reason:
            who = f"the voice {names[name]}: {decision.engine}, in the voice {decision.voice}"
            yield f"{who}: {decision.reason}"


def _alike(script: Script) -> Iterator[str]:
    """Yield a note for each voice that sounds the same as the main one."""
    for other in script.other_voices:
        if _heard(script.speaks(other)) == _heard(script.voice):
            yield f"the voice {other} sounds the same as the main voice, {script.voice.name}"


def _heard(voice: VoiceChoice) -> tuple[object, ...]:
    traits = make_engine(voice.engine).traits
    return (
        voice.engine, voice.name, voice.rate if traits.rate else None,
        voice.pitch if traits.pitch else None, voice.warm,
    )  # fmt: skip


def _named(script: Script) -> Script:
    try:
        name = make_engine(PACK).voice_for(script.voice.name)
    except EngineError:  # the first phrase says so, with the place where the voice was chosen
        return script
    speakers = {script.voice.name: (PACK, name), **script.speakers}
    return replace(script, voice=replace(script.voice, name=name), speakers=speakers)


def phrases_of(script: Script) -> dict[Spoken, Phrase]:
    """Return what the voices of `script` are asked for, by clip. Raises EngineError that names the step."""
    known = readers(script)
    return {
        ref: _phrase(script, known[ref.voice], ref, step)
        for ref, step in script.clips.items() if isinstance(ref, Spoken)
    }  # fmt: skip


def _phrase(script: Script, reader: Reader, ref: Spoken, step: str) -> Phrase:
    try:
        phrase = phrase_of(ref, reader)
    except VoiceError as error:
        raise blamed(script, error, ref.voice) from error
    if not is_spoken(phrase.text):
        raise EngineError(script.blame(step, f"{ref.text!r} cannot be spoken"))
    return phrase
