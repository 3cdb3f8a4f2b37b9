"""The commands. Each imports what it needs when it runs, so that `--help` costs nothing."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from audioguide.cli import options
from audioguide.cli.failures import reported

DEBUG = "AUDIOGUIDE_DEBUG"


class _Group(TyperGroup):
    """Commands whose errors become one message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        with reported(debug=bool(os.environ.get(DEBUG))):
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Group, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Turn routines into MP3s that are followed with closed eyes.",
)  # fmt: skip

OutFolder = Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="where to write")]


def main() -> None:
    """Run the command line. `--debug` may stand anywhere."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    if len(arguments) < len(sys.argv) - 1:
        os.environ[DEBUG] = "1"
    app(arguments, prog_name="audioguide")


def _version(asked: bool) -> None:
    if asked:
        from audioguide import __version__

        typer.echo(f"audioguide {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="show where an error comes from")] = False,
) -> None:
    del version, debug


@app.command("list")
def list_routines(as_json: options.Json = False) -> None:
    """List the routines that ship, with their estimated length."""
    from audioguide.estimate import estimated
    from audioguide.routine import library
    from audioguide.routine.load import load
    from audioguide.units import format_clock, seconds

    rows = []
    for name in library.names():
        document = load(library.find(name)).document
        length = estimated(options.script_of(name, options.Choices())).length
        rows.append((name, length, document))
    if as_json:
        listed = [
            {
                "name": name, "title": document.title, "summary": document.summary,
                "position": document.position, "estimated_length_s": seconds(length),
                "settings": {key: str(setting.default) for key, setting in document.settings.items()},
            }
            for name, length, document in rows
        ]  # fmt: skip
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    from audioguide.cli.present import table

    shown = [
        (
            name,
            format_clock(length).split(".")[0],
            document.position or "",
            document.summary or document.title,
        )
        for name, length, document in rows
    ]
    table(("name", "about", "position", "what"), shown, right=(1,))


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME_OR_FILE", show_default=False)],
    sets: options.Sets = None,
    hold: options.Hold = None,
    reps: options.Reps = None,
    dose: options.Dose = None,
    guidance: options.GuidanceLevel = "fade",
    rate: options.Rate = None,
    beyond_bounds: options.BeyondBounds = False,
    as_json: options.Json = False,
) -> None:
    """Show the timed script of a routine, from estimated lengths: no voice is needed."""
    from audioguide.estimate import estimated

    choices = options.Choices(
        sets=sets, hold=hold, reps=reps, rate=rate, dose=dose, guidance=guidance, beyond_bounds=beyond_bounds
    )
    timeline = estimated(options.script_of(name, choices))
    if as_json:
        from audioguide.export.script_json import script_json

        typer.echo(json.dumps({**script_json(timeline), "estimated": True}, ensure_ascii=False))
        return
    from audioguide.cli.present import timeline_table

    timeline_table(timeline)


@app.command()
def check(files: options.Names) -> None:
    """Check routine files; every fault is shown in its place."""
    from audioguide.cli.checking import check_files

    check_files(files)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the routine language (draft-07), for editors."""
    from audioguide.routine.schema import schema as routine_schema

    typer.echo(json.dumps(routine_schema(), indent=2))


@app.command()
def voices(engine: options.EngineName = None, as_json: options.Json = False) -> None:
    """List the voices that can speak."""
    from audioguide.script import VoiceChoice
    from audioguide.speech.engines import make_engine

    speaker = make_engine(options.Choices(engine=engine).speaker(VoiceChoice()).engine)
    try:
        found = speaker.voices()
    finally:
        speaker.close()
    if as_json:
        listed = [{"id": voice.id, "name": voice.name, "languages": list(voice.languages)} for voice in found]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    from audioguide.cli.present import table

    table(("voice", "name", "languages"), ((each.id, each.name, ", ".join(each.languages)) for each in found))


@app.command("compile")
def compile_scripts(
    names: options.Names,
    sets: options.Sets = None,
    hold: options.Hold = None,
    reps: options.Reps = None,
    dose: options.Dose = None,
    guidance: options.GuidanceLevel = "fade",
    voice: options.VoiceName = None,
    rate: options.Rate = None,
    pitch: options.Pitch = None,
    engine: options.EngineName = None,
    beyond_bounds: options.BeyondBounds = False,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="estimate the phrases instead of measuring the voice")
    ] = False,
    out: OutFolder = Path("scripts"),
) -> None:
    """Write the timed scripts: NAME.script.json for machines, NAME.txt for people."""
    from audioguide.cli.rendering import compile_all

    choices = options.Choices(
        sets=sets, hold=hold, reps=reps, voice=voice, rate=rate, pitch=pitch, engine=engine,
        dose=dose, guidance=guidance, beyond_bounds=beyond_bounds,
    )  # fmt: skip
    compile_all(names, choices, out, estimate=estimate)


@app.command()
def render(
    names: options.Names,
    sets: options.Sets = None,
    hold: options.Hold = None,
    reps: options.Reps = None,
    dose: options.Dose = None,
    guidance: options.GuidanceLevel = "fade",
    voice: options.VoiceName = None,
    rate: options.Rate = None,
    pitch: options.Pitch = None,
    engine: options.EngineName = None,
    beyond_bounds: options.BeyondBounds = False,
    bitrate: Annotated[int, typer.Option("--bitrate", metavar="KBIT", help="of the MP3, in kbit/s")] = 96,
    out: OutFolder = Path("out"),
    as_json: options.Json = False,
) -> None:
    """Render routines, or timed scripts (X.script.json), to MP3."""
    from audioguide.cli.rendering import render_all

    choices = options.Choices(
        sets=sets, hold=hold, reps=reps, voice=voice, rate=rate, pitch=pitch, engine=engine,
        dose=dose, guidance=guidance, beyond_bounds=beyond_bounds,
    )  # fmt: skip
    render_all(names, choices, out, bitrate=bitrate, as_json=as_json)
