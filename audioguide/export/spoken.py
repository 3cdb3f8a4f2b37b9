"""What is said in a timeline, phrase after phrase, and how long each is heard. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import VoiceChoice
from audioguide.script.text import one_line
from audioguide.speech.estimate import estimate


@dataclass(frozen=True, slots=True)
class SpokenPhrase:
    """A spoken text from the tick `start` up to `end`."""

    start: int
    end: int
    text: str


def spoken(timeline: Timeline) -> list[SpokenPhrase]:
    """Return what is said, in order."""
    script = timeline.script
    return [
        _phrase(timed, script.speaks(timed.cue.voice))
        for timed in timeline.cues
        if timed.cue.text and timed.cue.kind != "chapter" and one_line(timed.cue.text)
    ]


def _phrase(timed: Timed, voice: VoiceChoice) -> SpokenPhrase:
    text = one_line(timed.cue.text or "")
    # A phase of a breath lasts longer than the words at its start.
    likely = estimate(text, voice.rate, voice.name)
    length = min(timed.length, likely) if timed.cue.length is not None else timed.length
    return SpokenPhrase(timed.start, timed.start + length, text)
