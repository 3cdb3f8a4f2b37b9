"""`audioguide voices`."""

import typer

from audioguide.cli import options


def voices(engine: options.EngineName = None, as_json: options.Json = False) -> None:
    """List the voices that can speak."""
    from audioguide.cli.prepare import wished
    from audioguide.speech.engines import make_engine
    from audioguide.timeline.script import VoiceChoice

    wishes, _ = wished(options.Choices(engine=engine))
    speaker = make_engine(wishes.speaker(VoiceChoice()).engine)
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
