"""Lengths of clips without a voice: for tables and dry runs, never for a render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from audioguide.compiler import voices
from audioguide.errors import OutputError, RoutineError
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import BreathTone, ClipRef, OtherVoice, Script, Spoken
from audioguide.script.sounds import find
from audioguide.sound.lengths import sound_ticks
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import AUTO, PACK
from audioguide.speech.estimate import ROOM_TICKS, estimate
from audioguide.speech.pace import heard_rate

Readers = Mapping[OtherVoice | None, voices.Reader]


def estimated_lengths(script: Script) -> dict[ClipRef, int]:
    """Return the likely length of each phrase and the true length of each sound, in ticks.

    Raises RoutineError or OutputError that names the first step whose sound cannot be used.
    """
    script = _with_engines(script)
    known, readers = _packed(script), voices.readers(script)
    return {
        ref: known[ref] if ref in known else _length(ref, script, step, readers)
        for ref, step in script.clips.items()
    }


@dataclass(slots=True)
class Estimate:
    """Estimates for one routine, piece by piece: the engines that the first, whole script has speak them all.

    A few phrases by themselves may have another engine than the whole: the voice pack may have just these.
    """

    whole: Script | None = None

    def lengths(self, script: Script) -> dict[ClipRef, int]:
        """Return lengths as `estimated_lengths` does. Raises what it raises."""
        self.whole = self.whole or _with_engines(script)
        voice = replace(script.voice, engine=self.whole.voice.engine)
        return estimated_lengths(
            replace(script, voice=voice, speakers={**self.whole.speakers, **script.speakers})
        )


def estimated(script: Script) -> Timeline:
    """Lay `script` out with estimated lengths. Raises RoutineError as `lay_out` does."""
    return lay_out(script, estimated_lengths(script))


def is_exact(script: Script) -> bool:
    """Return whether `estimated_lengths` are the true ones: the voice pack has every phrase of `script`."""
    known = _packed(_with_engines(script))
    return all(ref in known for ref in script.clips if isinstance(ref, Spoken))


def _with_engines(script: Script) -> Script:
    """Return `script` with the engines that will probably speak it, where none is asked for."""
    if script.voice.engine != AUTO:
        return script
    from audioguide.speech.auto import likely

    asked: dict[str, list[Phrase]] = {script.voice.name: []}
    readers = voices.readers(script)
    for ref in script.clips:
        if isinstance(ref, Spoken):
            phrase = voices.phrase_of(ref, readers[ref.voice])
            asked.setdefault(phrase.voice, []).append(phrase)
    engines = {name: likely(phrases) for name, phrases in asked.items()}
    speakers = {name: (engine, name) for name, engine in engines.items()}
    return replace(script, voice=replace(script.voice, engine=engines[script.voice.name]), speakers=speakers)


def _packed(script: Script) -> Mapping[ClipRef, int]:
    """Return the true length of the phrases that the voice pack has, in ticks, where it is what speaks."""
    refs = [ref for ref in script.clips if isinstance(ref, Spoken)]
    readers = voices.readers(script)
    packed = {each for each, (voice, _) in readers.items() if voice.engine == PACK and not voice.warm}
    if not packed:
        return {}
    from audioguide.speech.pack.engine import PackEngine

    engine = PackEngine()
    lengths = {
        ref: engine.ticks(voices.phrase_of(ref, readers[ref.voice])) for ref in refs if ref.voice in packed
    }
    return {ref: ticks for ref, ticks in lengths.items() if ticks is not None}


def _length(ref: ClipRef, script: Script, step: str, readers: Readers) -> int:
    if isinstance(ref, Spoken):
        voice, reads = readers[ref.voice]
        room = ROOM_TICKS if voice.warm else 0
        return estimate(reads(ref.text), heard_rate(voice.engine, voice.rate), voice.name) + room
    if isinstance(ref, BreathTone):
        return ref.length
    try:
        return sound_ticks(find(ref.sound, Path()))
    except (RoutineError, OutputError) as error:
        raise type(error)(f"{script.place(step)}: {error}") from error
