"""`audioguide voices`."""

import typer

from audioguide.cli import options


@options.choosing(only=frozenset({"engine"}))
def voices(choices: options.Choices, as_json: options.Json = False) -> None:
    """List the voices that can speak."""
    from audioguide.cli.prepare import read_call
    from audioguide.script.script import VoiceChoice
    from audioguide.speech.auto import chosen_engine

    asked = read_call(choices).layered.options
    speaker = chosen_engine(asked.voice_over(VoiceChoice()).engine)
    try:
        found = speaker.voices()
    finally:
        speaker.close()
    if as_json:
        import json

        listed = [{"id": voice.id, "name": voice.name, "languages": list(voice.languages)} for voice in found]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    from audioguide.cli.tables import table

    table(("voice", "name", "languages"), ((each.id, each.name, ", ".join(each.languages)) for each in found))
