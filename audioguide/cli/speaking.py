"""`audioguide voices`."""

from __future__ import annotations

import json

import typer

from audioguide.cli.options import Choices, wished
from audioguide.cli.tables import table
from audioguide.script import VoiceChoice
from audioguide.speech.engines import make_engine


def list_voices(engine: str | None, *, as_json: bool) -> None:
    """List the voices of `engine`, or of the one that is wished."""
    wishes, _ = wished(Choices(engine=engine))
    speaker = make_engine(wishes.speaker(VoiceChoice()).engine)
    try:
        found = speaker.voices()
    finally:
        speaker.close()
    if as_json:
        listed = [{"id": voice.id, "name": voice.name, "languages": list(voice.languages)} for voice in found]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    table(("voice", "name", "languages"), ((each.id, each.name, ", ".join(each.languages)) for each in found))
