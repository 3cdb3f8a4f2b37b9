"""The commands. Each imports what it needs when it runs, so that `--help` costs nothing."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from audioguide.cli import batch_options as batches
from audioguide.cli import completing, logs, options
from audioguide.cli.commands import (
    cache,
    compose,
    doctor,
    planning,
    play,
    practice,
    prompt,
    say,
    schema,
    serve,
)
from audioguide.cli.commands.voices import group as voices
from audioguide.cli.failures import DEBUG, called_rightly, exit_codes
from audioguide.cli.help import WELCOME, Command, CommandGroup
from audioguide.cli.signals import INTERRUPTED, exit_code
from audioguide.cli.trimmed import called


class _Program(CommandGroup):
    """Commands whose errors become one message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        with exit_codes(debug=bool(os.environ.get(DEBUG))):
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Program, invoke_without_command=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Turn routines into MP3s that you follow with your eyes closed.",
)  # fmt: skip
app.add_typer(cache.app, name="cache")
app.add_typer(voices.app, name="voices")

_command = partial(app.command, cls=Command)

OutFolder = Annotated[str, typer.Option("-o", "--out", metavar="DIR", help="where to write")]


def main() -> None:
    """Run the command line. `--debug`, `-v` and `--log FILE` may stand anywhere."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    if len(arguments) < len(sys.argv) - 1:
        os.environ[DEBUG] = "1"
    arguments, asked = logs.taken(arguments)
    logs.begin(asked)
    if "--with-files" in arguments:  # its value may be left out, which typer does not know
        from audioguide.cli.commands.export import spelled_out

        arguments = spelled_out(arguments)
    # Looking for plug-ins through all that is installed would cost every command 50 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("PATH", os.defpath)  # pydub cannot be imported without one; some services have none
    completing.rejoin(os.environ)
    with called_rightly():
        code = called(app, arguments)(arguments, prog_name="audioguide", standalone_mode=False)
        sys.exit(exit_code() if code == INTERRUPTED else code)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"audioguide {version('audioguide')}")
        raise typer.Exit


@app.callback()
def _start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", hidden=True)] = False,
    verbose: logs.Verbose = 0,
    log: logs.File = "",
) -> None:
    del version, debug, verbose, log  # `main` has taken them
    if context.invoked_subcommand is None:
        typer.echo(WELCOME)


@_command("list")
def list_routines(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD...", show_default=False, help="words to search for")
    ] = None,
    body: Annotated[
        list[str] | None,
        typer.Option(
            "--body",
            metavar="PART",
            help="for this part of the body, such as back",
            autocompletion=completing.words("body"),
        ),
    ] = None,
    position: Annotated[
        list[str] | None,
        typer.Option(
            "--position",
            metavar="WORD",
            help="such as lying, sitting, standing",
            autocompletion=completing.words("position"),
        ),
    ] = None,
    equipment: Annotated[
        list[str] | None,
        typer.Option(
            "--equipment",
            metavar="THING",
            help="with this, such as chair; or none",
            autocompletion=completing.words("equipment"),
        ),
    ] = None,
    min_length: Annotated[
        str | None, typer.Option("--min-length", metavar="TIME", help="at least this long, such as 5m")
    ] = None,
    max_length: Annotated[
        str | None, typer.Option("--max-length", metavar="TIME", help="at most this long, such as 10m")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the routines and about how long each one takes.

    Words and filters make the list shorter.
    """
    from audioguide.cli.commands import list as lists

    filters = lists.Filters(
        words=words or (), body=body or (), position=position or (), equipment=equipment or (),
        min_length=min_length, max_length=max_length,
    )  # fmt: skip
    lists.list_routines(filters, as_json=as_json)


@_command()
@options.choosing(without=options.MIXED)
def show(
    choices: options.Choices,
    name: options.Name = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="draw it as a picture instead: FILE.svg or FILE.png"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show what a routine will say and when.

    The times are estimated: no voice is needed, and nothing is written.
    """
    from audioguide.cli.commands.show import show as show_routine

    show_routine(name, choices, picture, as_json=as_json)


@_command()
def check(
    files: options.Names = None,
    strict: options.Strict = False,
    watching: Annotated[
        bool, typer.Option("--watch", help="check again whenever a file changes, until Ctrl-C")
    ] = False,
    explain: options.Explain = "",
    as_json: options.Json = False,
) -> None:
    """Check routine files: mistakes, and anything unsafe.

    Also warns about anything that needs open eyes. Shows the line of each finding.
    """
    if explain:
        from audioguide.cli.commands.explain import explain as explain_code

        explain_code(explain)
        return
    from audioguide.cli.commands.check import check_files, watch

    if watching:
        watch(files, as_json=as_json)
    check_files(files, strict=strict, as_json=as_json)


_command()(schema.schema)
_command()(say.say)


@_command("compile")
@options.choosing(without=options.MIXED)
def compile_scripts(
    choices: options.Choices,
    names: options.Names = None,
    estimate: options.Estimate = False,
    every: Annotated[bool, typer.Option("--all", help="every included routine")] = False,
    out: OutFolder = "scripts",
) -> None:
    """Write timed scripts without making sound.

    NAME.script.json is for machines, NAME.txt for people.
    """
    from audioguide.cli.commands.render import compile_all

    compile_all(names, choices, out, estimate=estimate, every=every)


@_command()
@options.choosing()
def render(
    choices: options.Choices,
    names: options.Names = None,
    strict: options.Strict = False,
    bitrate: options.Bitrate = None,
    sound_format: options.AnyFormat = None,
    with_files: options.WithFiles = None,
    year: options.Year = None,
    name: options.FileName = "",
    prove_words: options.ProveWords = False,
    out: options.OutFile = "out",
    as_json: options.Json = False,
) -> None:
    """Make the MP3 of a routine, or of a timed script.

    `-` as a name reads a routine from standard input. `-o mine.mp3` writes that file, and its timed script
    next to it; `-o -` writes only the sound, to standard output.

    All files are checked before the first is rendered: a mistake in one stops all. A problem that shows only
    once the voice has spoken, such as words that outlast their hold, stops only that file.
    """
    from audioguide.cli.commands.export import output_of, sound_target
    from audioguide.cli.commands.render import render_all

    target, kind = sound_target(out, sound_format)
    output = output_of(kind, with_files, kbit=bitrate, year=year, file=target.file)
    render_all(
        names, choices, target, output, strict=strict, as_json=as_json, name=name, prove_words=prove_words
    )


@_command()
@options.choosing()
def export(
    choices: options.Choices,
    names: options.Names = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="all|NAME,...",
            help="all (the default), vtt, srt, lrc, labels, chapters, m3u8, sheet, picture, txt, json",
        ),
    ] = None,
    page: options.AsPage = False,
    bitrate: options.PageBitrate = None,
    estimate: options.Estimate = False,
    out: options.OutFile = "out",
    as_json: options.Json = False,
) -> None:
    """Write captions, lyrics, chapters or a page to print."""
    from audioguide.cli.commands import page as pages

    pages.export(names, choices, out, formats, page=page, kbit=bitrate, estimate=estimate, as_json=as_json)


@_command()
def verify(
    mp3: Annotated[Path, typer.Argument(metavar="FILE.mp3", show_default=False)],
    script: Annotated[
        Path | None,
        typer.Argument(
            metavar="SCRIPT", show_default=False, help="timed script of the MP3; default: the one next to it"
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--picture", metavar="FILE", help="draw the measured times with the planned: FILE.svg or .png"
        ),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="check with a speech recogniser that every word can be understood")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="also fail when a measurement misses its target")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Measure an MP3: the length of each hold, and its sound."""
    from audioguide.cli.commands.verify import verify as verify_file

    verify_file(mp3, script, picture, words=words, strict=strict, as_json=as_json)


@_command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="such as my-stretch")],
    out: OutFolder = ".",
) -> None:
    """Create a commented starter routine, ready to render."""
    from audioguide.cli.commands.new_config import new as write_new

    write_new(name, out)


@_command()
def draft(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            help="a text, Markdown, HTML, PDF, DOCX, JSON or CSV file with exercises; - for standard input",
        ),
    ],
    out: Annotated[
        str | None, typer.Option("-o", "--out", metavar="DIR", help="where to write; default: drafts")
    ] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="ask for values that the text does not give")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Make routines from a leaflet, an article or another text.

    Writes a routine for each exercise, and a session that includes them. With --json, prints what was
    understood; files are then written only with -o.
    """
    from audioguide.cli.commands.draft import draft as draft_routines

    draft_routines(source, out, as_json=as_json, interactive=interactive)


@_command()
def config(
    create: Annotated[bool, typer.Option("--create", help="create a commented file to start from")] = False,
) -> None:
    """Show your personal defaults and where they are stored."""
    from audioguide.cli.commands.new_config import config as show_config

    show_config(create=create)


@_command()
@options.choosing(without=frozenset({"overlay"}))
def batch(
    choices: options.Choices,
    clients: batches.Clients,
    out: batches.Out = "out",
    routine: batches.UsualRoutine = "",
    check: batches.Check = False,
    new: batches.New = "",
    dry: batches.Dry = False,
    keep_going: batches.KeepGoing = True,
    retry_failed: batches.RetryFailed = False,
    workers: batches.Workers = None,
    cluster: batches.Cluster = "",
    insecure_cluster: batches.InsecureCluster = False,
    plan: batches.PlanSessions = None,
    weeks: batches.PlanWeeks = None,
    packs: batches.Packs = False,
    feed: batches.Feed = "",
    page: batches.Page = False,
    sound_format: options.SoundFormat = "mp3",
    with_files: batches.Beside = "sheet",
    bitrate: batches.Bitrate = None,
    as_json: options.Json = False,
) -> None:
    """Make the files of many clients, from a table.

    Each row is one client, with a folder of its own. Options apply to every row; the cells of a row win over
    them. A second run makes only what is missing or changed.
    """
    from audioguide.cli.commands.batch import BatchCall, write_template
    from audioguide.cli.commands.batch import batch as run_batch

    if new:
        write_template(clients, new)
        return
    call = BatchCall(
        clients=clients, out=out, below=choices.options, routine=routine, check=check, dry=dry,
        keep_going=keep_going, retry_failed=retry_failed, workers=workers, cluster=cluster,
        insecure_cluster=insecure_cluster, sessions=plan, weeks=weeks, packs=packs, feed=feed, page=page,
        sound_format=sound_format, with_files=with_files, bitrate=bitrate, as_json=as_json,
    )  # fmt: skip
    run_batch(call)


for each in (
    planning.plan, compose.compose, practice.practice, prompt.prompt, play.play, serve.serve, doctor.doctor,
):  # fmt: skip
    _command()(each)
