"""The commands. Each imports what it needs when it runs, so that `--help` costs nothing."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from audioguide.cli import batch_options as batches
from audioguide.cli import options
from audioguide.cli.commands import cache, compose, doctor, planning, practice, prompt, say, serve
from audioguide.cli.commands.voices import group as voices
from audioguide.cli.failures import DEBUG, called_rightly, exit_codes
from audioguide.cli.signals import INTERRUPTED, exit_code
from audioguide.cli.trimmed import called


class _CommandGroup(TyperGroup):
    """Commands whose errors become one message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        with exit_codes(debug=bool(os.environ.get(DEBUG))):
            return super().invoke(ctx)


app = typer.Typer(
    cls=_CommandGroup, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Turn routines into MP3s that are followed with closed eyes.",
)  # fmt: skip
app.add_typer(cache.app, name="cache")
app.add_typer(voices.app, name="voices")

OutFolder = Annotated[str, typer.Option("-o", "--out", metavar="DIR", help="where to write")]
OutFile = Annotated[
    str,
    typer.Option("-o", "--out", metavar="DIR|FILE", help="a folder, one file, or - for standard output"),
]


def main() -> None:
    """Run the command line. `--debug` may stand anywhere."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    if len(arguments) < len(sys.argv) - 1:
        os.environ[DEBUG] = "1"
    if "--with-files" in arguments:  # its value may be left out, which typer does not know
        from audioguide.cli.commands.export import spelled_out

        arguments = spelled_out(arguments)
    # Looking for plug-ins through all that is installed would cost every command 50 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("PATH", os.defpath)  # pydub cannot be imported without one; some services have none
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
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="show where an error comes from")] = False,
) -> None:
    del version, debug


@app.command("list")
def list_routines(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD...", show_default=False, help="words to look for")
    ] = None,
    body: Annotated[
        list[str] | None,
        typer.Option("--body", metavar="PART", help="for this part of the body, such as back"),
    ] = None,
    position: Annotated[
        list[str] | None, typer.Option("--position", metavar="WORD", help="such as lying, sitting, standing")
    ] = None,
    equipment: Annotated[
        list[str] | None,
        typer.Option("--equipment", metavar="THING", help="with this, such as chair; or none"),
    ] = None,
    min_length: Annotated[
        str | None, typer.Option("--min-length", metavar="TIME", help="at least this long, such as 5m")
    ] = None,
    max_length: Annotated[
        str | None, typer.Option("--max-length", metavar="TIME", help="at most this long, such as 10m")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the routines, with their estimated length; words and filters narrow it down."""
    from audioguide.cli.commands import list as lists

    filters = lists.Filters(
        words=words or (), body=body or (), position=position or (), equipment=equipment or (),
        min_length=min_length, max_length=max_length,
    )  # fmt: skip
    lists.list_routines(filters, as_json=as_json)


@app.command()
@options.choosing(without=options.MIXED)
def show(
    choices: options.Choices,
    name: options.Name = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="draw it instead: FILE.svg, or FILE.png"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show the timed script of a routine, from estimated lengths: no voice is needed."""
    from audioguide.cli.commands.show import show as show_routine

    show_routine(name, choices, picture, as_json=as_json)


@app.command()
def check(
    files: options.Names = None,
    strict: options.Strict = False,
    watching: Annotated[
        bool, typer.Option("--watch", help="check again whenever a file changes, until Ctrl-C")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Check routine files: faults, and what is unkind to closed eyes or unsafe, each in its place."""
    from audioguide.cli.commands.check import check_files, watch

    if watching:
        watch(files, as_json=as_json)
    check_files(files, strict=strict, as_json=as_json)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the routine language (draft-07), for editors."""
    import json

    from audioguide.routine.language.document import schema as routine_schema

    typer.echo(json.dumps(routine_schema(), indent=2))


app.command()(say.say)


@app.command("compile")
@options.choosing(without=options.MIXED)
def compile_scripts(
    choices: options.Choices,
    names: options.Names = None,
    estimate: options.Estimate = False,
    every: Annotated[bool, typer.Option("--all", help="every routine that ships")] = False,
    out: OutFolder = "scripts",
) -> None:
    """Write the timed scripts: NAME.script.json for machines, NAME.txt for people."""
    from audioguide.cli.commands.render import compile_all

    compile_all(names, choices, out, estimate=estimate, every=every)


@app.command()
@options.choosing()
def render(
    choices: options.Choices,
    names: options.Names = None,
    strict: options.Strict = False,
    bitrate: Annotated[
        int | None,
        typer.Option("--bitrate", metavar="KBIT", help="in kbit/s; unless given, 96 (MP3, M4B) or 64 (Opus)"),
    ] = None,
    sound_format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="of the sound: mp3 (the default), m4b, opus, flac or wav"
        ),
    ] = None,
    with_files: options.WithFiles = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", min=1000, max=9999, help="write it into the tags")
    ] = None,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="what the files are called; else after the routine")
    ] = "",
    prove_words: Annotated[
        bool,
        typer.Option("--prove-words", help="let a recogniser listen, and speak again what it mishears"),
    ] = False,
    out: OutFile = "out",
    as_json: options.Json = False,
) -> None:
    """Render routines, or timed scripts (X.script.json), to MP3 or another format.

    `-` as a name reads a routine from standard input. `-o mine.mp3` writes that file, and what belongs to it
    beside it; `-o -` writes the sound to standard output, and nothing else.

    All are read and compiled before the first is rendered: a fault in one file stops all. What only shows
    when the voice has spoken, such as a mark that outlasts its hold, stops that one alone.
    """
    from audioguide.cli.commands.export import output_of, sound_target
    from audioguide.cli.commands.render import render_all

    target, kind = sound_target(out, sound_format)
    output = output_of(kind, with_files, kbit=bitrate, year=year, file=target.file)
    render_all(
        names, choices, target, output, strict=strict, as_json=as_json, name=name, prove_words=prove_words
    )


@app.command()
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
    out: OutFile = "out",
    as_json: options.Json = False,
) -> None:
    """Write captions, lyrics, labels, chapters, a page to print or to hand over."""
    from audioguide.cli.commands import page as pages

    pages.export(names, choices, out, formats, page=page, kbit=bitrate, estimate=estimate, as_json=as_json)


@app.command()
def verify(
    mp3: Annotated[Path, typer.Argument(metavar="FILE.mp3", show_default=False)],
    script: Annotated[
        Path | None,
        typer.Argument(
            metavar="SCRIPT", show_default=False, help="its timed script; else the one that lies beside it"
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="draw what is heard and promised: FILE.svg or .png"),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="let a recogniser hear whether every word is understood")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="take figures outside their targets for faults")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Decode an MP3 and measure it: whether its holds are as long as promised, and how it sounds."""
    from audioguide.cli.commands.verify import verify as verify_file

    verify_file(mp3, script, picture, words=words, strict=strict, as_json=as_json)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="such as my-stretch")],
    out: OutFolder = ".",
) -> None:
    """Write a commented routine to begin with; it renders as it is."""
    from audioguide.cli.commands.new_config import new as write_new

    write_new(name, out)


@app.command()
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
        str | None, typer.Option("-o", "--out", metavar="DIR", help="where to write; else drafts")
    ] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="ask about what the text leaves open")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Make routines from exercises written as text: a leaflet, an article, an e-mail, a list.

    Writes a routine for each exercise, and a session that includes them. With --json, prints what was
    understood; files are then written only with -o.
    """
    from audioguide.cli.commands.draft import draft as draft_routines

    draft_routines(source, out, as_json=as_json, interactive=interactive)


@app.command()
def config(
    create: Annotated[bool, typer.Option("--create", help="write a commented file to begin with")] = False,
) -> None:
    """Show where your personal defaults lie, and what they say."""
    from audioguide.cli.commands.new_config import config as show_config

    show_config(create=create)


@app.command()
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
    """Make the files of many clients: each row of a table is an overlay, and gets a folder of its own.

    Options hold for every row; its cells come first. A second run makes only what is missing or changed.
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


for each in (planning.plan, compose.compose, practice.practice, prompt.prompt, serve.serve, doctor.doctor):
    app.command()(each)
