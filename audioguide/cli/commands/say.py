"""Speak one text, or print how it is read."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from audioguide.cli.options import SPEAKS, Choices
from audioguide.cli.prepare import read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import target_of
from audioguide.containers.formats import FORMATS
from audioguide.errors import EngineError, UsageError
from audioguide.pipeline.phrase import phrase_script, write_phrase
from audioguide.pipeline.voice import settled
from audioguide.reading.language import locale_of
from audioguide.reading.marks import shown
from audioguide.reading.pausing import pause_seconds, pause_tags
from audioguide.reading.read import is_spoken, reading_for
from audioguide.reading.speakable import clean
from audioguide.script.script import VoiceChoice
from audioguide.speech.espeak import PyttsxEngine
from audioguide.units import seconds

if TYPE_CHECKING:
    from audioguide.cli.target import Target
    from audioguide.script.script import Script

FORMAT = "wav"  # unless the file is named otherwise


def say(text: str, choices: Choices, out: str, *, as_text: bool, as_phonemes: bool) -> None:
    """Speak `text` into the file `out`, or print the text or the phonemes that the voice is given."""
    read_text(text)
    suffixes = [each.suffix for each in FORMATS.values()]
    target = target_of(out, suffixes, pipe=True, what="a phrase")
    layered = read_call(choices).layered
    asked = layered.options
    # With origins, so that a fault of the voice is blamed on where it was chosen.
    chosen = {name: origin for name, origin in layered.origins.items() if name in SPEAKS}
    script = phrase_script(text, asked.voice_over(VoiceChoice()), asked.say_as)
    script = replace(script, origins=chosen)
    if as_text or as_phonemes:
        _print(script, as_text=as_text, as_phonemes=as_phonemes)
    else:
        speak(script, target)


def read_text(text: str) -> None:
    """Raise UsageError where `text` cannot be said by itself."""
    if not text.strip():
        raise UsageError("there is nothing to say: write the text in quotes")
    if tags := pause_tags(text):
        raise UsageError(
            f"'{tags[0]}' is a pause tag, and this command only says words; in a routine, "
            f"write `- gap: {pause_seconds(tags[0]):g}s`"
        )


def _print(script: Script, *, as_text: bool, as_phonemes: bool) -> None:
    script = settled(script)
    voice = script.voice
    reads = reading_for(voice.name, voice.engine, script.say_as)
    asked = [said for cue in script.cues if cue.text and is_spoken(said := reads(cue.spoken or cue.text))]
    if not asked:
        raise EngineError(f"{script.title!r} cannot be spoken")
    espeaks = voice.engine == PyttsxEngine.name
    language = voice.name if espeaks else locale_of(voice.name) or voice.name
    with closing(PyttsxEngine()) as espeak:
        for sentence in asked:
            if as_text:
                typer.echo(espeak.sent(sentence, voice.name) if espeaks else shown(clean(sentence)))
            if as_phonemes:
                typer.echo(espeak.phonemes(sentence, language))


def speak(script: Script, target: Target, *, stem: str = "say", by: str = "") -> None:
    """Speak `script` into `target`, and print where; `by` says who speaks."""
    path = target.folder / (target.file or f"{stem}.{FORMAT}")
    out = target.out if target.standard_output else path
    with progress(stem, quiet=True):
        timeline = write_phrase(script, out, target.suffix.removeprefix(".") or FORMAT)
    where = "standard output" if target.standard_output else path
    who = f", {by}" if by else ""
    typer.echo(f"{where} ({seconds(timeline.length):.2f} s{who})", err=target.standard_output)
