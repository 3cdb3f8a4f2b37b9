"""The timed script for people: one line a cue."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.export.metadata import avoided, safety_texts
from audioguide.script.layout import Timed, Timeline
from audioguide.script.load import load_of
from audioguide.script.profiles import profile_text
from audioguide.script.script import PLAYER_CHECK
from audioguide.script.text import one_line
from audioguide.speech.pace import shown_voice
from audioguide.units import format_clock, seconds
from audioguide.untrusted.characters import cleaned


def script_text(timeline: Timeline) -> str:
    """Return the timed script as text: moment, kind, length in seconds, and what is heard."""
    return "".join(text_lines(timeline))


def text_lines(timeline: Timeline) -> Iterator[str]:
    """Yield the lines of `script_text`, each with its end."""
    for line in heading(timeline):
        yield f"{_shown(line)}\n"
    yield "\n"
    held = in_position(timeline)
    for timed in timeline.cues:
        yield f"{_shown(_line(timed) + held.get(id(timed), ''))}\n"


def _shown(line: str) -> str:
    return cleaned(line).replace("\n", " ").replace("\t", " ").rstrip()


def heading(timeline: Timeline) -> Iterator[str]:
    """Yield the lines above the cues: title, length, voice, settings, safety."""
    script = timeline.script
    yield (title := one_line(script.title))
    yield "=" * len(title)
    yield f"length  {format_clock(timeline.length)}"
    voice = script.voice
    yield f"voice   {shown_voice(f'{voice.name} ({voice.engine})', voice.engine, voice.rate)}"
    for other in script.other_voices:
        speaks = script.speaks(other)
        shown = shown_voice(f"{speaks.name} ({speaks.engine})", speaks.engine, speaks.rate)
        yield f"        {other}: {shown}"
    if script.profile != "standard":
        yield f"profile {profile_text(script.profile)}"
    if script.fit:
        yield f"fit     {script.fit}"
    if script.remark:
        yield f"note    {script.remark}"
    for name, value in script.settings.items():
        beyond = "  (beyond the bounds of the routine)" if name in script.beyond_bounds else ""
        yield f"{name:<7} {value}{beyond}"
    if avoid := avoided(script):
        yield f"{'avoid':<7} with {avoid}"
    for index, text in enumerate(safety_texts(script)):
        yield f"{'' if index else 'safety':<7} {text}"


def in_position(timeline: Timeline) -> dict[int, str]:
    """Map the id of each hold of `timeline` to how long the body is in its position, in words."""
    return {
        hold: f" · in position {seconds(load.length):.1f} s"
        for hold, load in load_of(timeline).items()
        if load.hold.cue.step != PLAYER_CHECK
    }


def _line(timed: Timed) -> str:
    kind = timed.cue.kind if timed.cue.advances else f"  {timed.cue.kind}"
    return f"{format_clock(timed.start)}  {kind:<9} {seconds(timed.length):>8.3f}  {heard(timed)}".rstrip()


def heard(timed: Timed) -> str:
    """Say what a cue sounds like, on which side and in which rep."""
    cue = timed.cue
    tone = f"breath {cue.tone.phase}" if cue.tone else ""
    sound = f"{cue.sound} ({cue.gain_db:+g} dB)" if cue.sound and cue.gain_db else cue.sound or ""
    text = one_line(cue.text or "")
    said = f"“{text}” ({cue.voice})" if cue.voice else f"“{text}”"
    parts = [said if text and cue.kind != "chapter" else text, sound, tone]
    if cue.kind == "hold":
        parts += [cue.side or "", f"rep {cue.rep}" if cue.rep else ""]
    return " · ".join(part for part in parts if part)
