"""What a teacher reads aloud, so that the engine `recorded` can speak a routine: one take for each phrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from audioguide.pipeline.voice import phrases_of
from audioguide.script.script import Script
from audioguide.speech.recorded import RecordedEngine, take_name

SUFFIX = ".wav"


@dataclass(frozen=True, slots=True)
class Line:
    """A `text` to read aloud, and the `file` to save it as; its `take` is there already, or None."""

    number: int
    text: str
    file: str
    take: Path | None


def reading_list(scripts: Iterable[Script], engine: RecordedEngine, voice: str) -> tuple[Line, ...]:
    """Return every phrase of `scripts` once, in the order in which it comes first. Raises EngineError."""
    texts: dict[str, str] = {}
    for script in scripts:
        asked = replace(script, voice=replace(script.voice, engine=engine.name, name=voice))
        for phrase in phrases_of(asked).values():
            if name := take_name(phrase.text):
                texts.setdefault(name, phrase.text)
    return tuple(
        Line(number, text, f"{name}{SUFFIX}", engine.take(voice, text))
        for number, (name, text) in enumerate(texts.items(), start=1)
    )
