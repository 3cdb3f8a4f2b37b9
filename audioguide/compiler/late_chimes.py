"""The last minutes of a file to fall asleep with: no chime in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audioguide.script.script import PLAYER_CHECK, Cue, VoiceChoice
from audioguide.speech.engines import AUTO
from audioguide.speech.estimate import estimate
from audioguide.speech.pace import OWN_PACE, heard_rate
from audioguide.units import TICKS_PER_SECOND

LATE = 300 * TICKS_PER_SECOND
RINGING = 10 * TICKS_PER_SECOND  # a chime inside a hold may ring so long; the longest that ships rings 2.4 s
# How long the voice speaks is known when it has spoken; estimates miss by about a tenth. Less is
# assumed, so that rather one chime more is left out.
AT_LEAST = 0.8


def without_late_chimes(cues: Sequence[Cue], voice: VoiceChoice) -> tuple[Cue, ...]:
    """Return `cues`, pauses and all, without sounds in their last five minutes.

    Words and breath tones stay. So do the sounds of the opening and of the player check: a file
    may be shorter than five minutes, and nobody sleeps yet. `voice` is who speaks them.
    """
    kept: list[Cue] = []  # the last one first
    inside: list[Cue] = []  # what does not advance the clock, until its hold is met
    left = 0  # at least so many ticks lie between here and the end
    for cue in reversed(cues):
        if not cue.advances:
            inside.append(cue)
            continue
        length = _at_least(cue, voice.over(cue.voice))
        for each in inside:
            rest = left + length - (each.offset or 0)
            kept += [each] if rest >= LATE + RINGING else _silenced(each)
        kept += [cue] if left >= LATE else _silenced(cue)
        inside, left = [], left + length
    return (*reversed(inside), *reversed(kept))


def _at_least(cue: Cue, voice: VoiceChoice) -> int:
    if cue.length is not None:
        return cue.length
    return int(estimate(cue.text, _fastest(voice), voice.name) * AT_LEAST) if cue.text else 0


def _fastest(voice: VoiceChoice) -> int:
    """Return the words a minute of `voice`; of the fastest one where nobody knows yet which it will be."""
    return (
        max(voice.rate, *OWN_PACE.values()) if voice.engine == AUTO else heard_rate(voice.engine, voice.rate)
    )


def _silenced(cue: Cue) -> list[Cue]:
    if cue.sound is None or cue.step in ("opening", PLAYER_CHECK):
        return [cue]
    return [replace(cue, sound=None)] if cue.text or cue.tone or cue.length else []
