"""`audioguide voices` and its commands: their arguments and options."""

from pathlib import Path
from typing import Annotated

import typer

from audioguide.cli import options
from audioguide.cli.help import Command, Subcommands
from audioguide.errors import UsageError

app = typer.Typer(cls=Subcommands,
    rich_markup_mode=None, invoke_without_command=True,
    help="List, compare, try, add and remove voices.",
)  # fmt: skip

SAMPLE_FILE = "out/sample.wav"
COMPARISON_FILE = "out/voices.mp3"
SOUND_HELP = "where to write: .mp3, .wav, .m4b, .opus or .flac"

Say = Annotated[
    str | None,
    typer.Option("--say", metavar="TEXT", show_default=False, help="say this text into a sound file"),
]
Out = Annotated[str | None, typer.Option("-o", "--out", metavar="FILE", show_default=False, help=SOUND_HELP)]


@app.callback()
@options.choosing(only=options.SPEAKS)
def voices(
    context: typer.Context,
    choices: options.Choices,
    say: Say = None,
    out: Out = None,
    as_json: options.Json = False,
) -> None:
    """List, compare, try, add and remove voices.

    Without a command: list the voices by engine, and show which one `auto` would choose; with --say, write
    a sample.
    """
    if context.invoked_subcommand is not None:
        given = say is not None or out is not None or as_json or choices != options.Choices()
        if given:
            raise UsageError(f"options of `voices {context.invoked_subcommand}` go after its name")
        return
    from audioguide.cli.prepare import read_call
    from audioguide.script.script import VoiceChoice

    asked = read_call(choices).layered.options
    if say is not None:
        from audioguide.cli.commands.voices.sample import write_sample

        if as_json:
            raise UsageError("--json lists the voices; a sample is a sound file")
        write_sample(say, asked, out or SAMPLE_FILE)
        return
    if out is not None:
        raise UsageError("-o is for a sample: add --say TEXT")
    from audioguide.cli.commands.voices.listing import list_voices

    list_voices(asked.voice_over(VoiceChoice()), choices.options.engine, as_json=as_json)


@app.command(cls=Command)
def add(
    voice: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE|URL", show_default=False,
            help="a voice from the table, your own file (.onnx with its .onnx.json, or .bin), or an address",
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--from", metavar="FOLDER", help="folder with the files of a voice from the table"),
    ] = None,
    sha256: Annotated[
        str, typer.Option("--sha256", metavar="HEX", help="checksum of a file that is not in the table")
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="language; with --list: list only these")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="add it without asking")] = False,
    listed: Annotated[bool, typer.Option("--list", help="list the voices that you can add")] = False,
    as_json: options.Json = False,
) -> None:  # fmt: skip
    """Download a voice, after showing its size and licence.

    Asks first, checks the files, and lets the voice speak once. This is the only command of
    audioguide that downloads anything.
    """
    from audioguide.cli.commands.voices.add import Wanted, add_voice, list_offers

    if listed:
        list_offers(voice, language, as_json=as_json)
        return
    if voice is None:
        raise UsageError("name a voice, a file or an address; `audioguide voices add --list` shows the table")
    add_voice(Wanted(voice, folder, sha256, language), yes=yes, as_json=as_json)


@app.command(cls=Command)
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="a voice that you added")],
) -> None:
    """Remove a voice that you added."""
    from audioguide.cli.commands.voices.add import remove_voice

    remove_voice(name)


@app.command("record-list", cls=Command)
@options.choosing(without=options.MIXED | {"engine", "rate", "pitch", "warm"})
def record_list(
    choices: options.Choices,
    names: options.Names = None,
    every: Annotated[bool, typer.Option("--all", help="every included routine")] = False,
    missing: Annotated[bool, typer.Option("--missing", help="list only the missing recordings")] = False,
    as_json: options.Json = False,
) -> None:
    """Print what to read aloud to record your own voice.

    With the file name of each take, for the engine `recorded`.

    `--voice NAME` is the folder of the takes, where there are several.
    """
    from audioguide.cli.commands.voices.record import print_list

    print_list(names, choices, every=every, missing=missing, as_json=as_json)


@app.command(cls=Command)
@options.choosing(only=frozenset({"engine", "rate", "pitch", "warm"}))
def compare(
    choices: options.Choices,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VOICE",
            show_default=False,
            help="such as af_heart, or ENGINE/VOICE; default: every natural voice",
        ),
    ] = None,
    say: Annotated[
        str | None,
        typer.Option(
            "--say", metavar="TEXT", show_default=False, help="text that each voice says after its name"
        ),
    ] = None,
    out: Annotated[str, typer.Option("-o", "--out", metavar="FILE", help=SOUND_HELP)] = COMPARISON_FILE,
    as_json: options.Json = False,
) -> None:
    """Make one file in which each voice says the same phrase.

    Each has a chapter, and says its name.
    """
    from audioguide.cli.commands.voices.compare import compare_voices

    compare_voices(names or (), choices, say, out, as_json=as_json)
