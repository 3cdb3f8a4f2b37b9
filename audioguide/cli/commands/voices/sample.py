"""`audioguide voices --say`: a sample of one voice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import typer

from audioguide.cli.commands.say import read_text, speak
from audioguide.cli.target import target_of
from audioguide.containers.formats import FORMATS
from audioguide.listener.options import Options
from audioguide.pipeline.phrase import phrase_script
from audioguide.pipeline.voice import phrases_of, settled
from audioguide.script.script import VoiceChoice
from audioguide.speech.engines import AUTO, make_engine
from audioguide.speech.roster import find_speaker


def write_sample(text: str, asked: Options, out: str) -> None:
    """Let the voice that is asked for say `text` into the file `out`, and print who speaks.

    Where a voice is asked for and no engine, the engine that has this voice speaks.
    """
    read_text(text)
    target = target_of(out, [each.suffix for each in FORMATS.values()], pipe=True, what="a sample")
    choice = asked.voice_over(VoiceChoice())
    script = phrase_script(text, choice, asked.say_as)
    if asked.voice and not asked.engine:
        found = find_speaker(asked.voice, list(phrases_of(script).values()))
        choice = replace(choice, engine=found.engine, name=found.voice)
    script = settled(replace(script, voice=choice))
    engine = script.voice.engine
    if choice.engine == AUTO:
        for note in script.notes:
            typer.echo(f"audioguide: note: {note}", err=True)
    with closing(make_engine(engine)) as speaker:
        voice = speaker.voice_for(script.voice.name)
    speak(script, target, stem="sample", by=f"engine {engine}, voice {voice}")
