"""`audioguide batch`."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from audioguide.cli import options
from audioguide.cli.batch_report import check_report, dry_report, forecast_json, progress, summary_json, told
from audioguide.cli.signals import Interrupted, Terminated
from audioguide.errors import UsageError, faulty

if TYPE_CHECKING:
    from audioguide.batch.crew import Crew
    from audioguide.batch.run import Batch

FAILED = 3  # the exit code of a batch some rows of which failed


@options.choosing(without=frozenset({"overlay"}))
def batch(
    choices: options.Choices,
    clients: Annotated[
        Path,
        typer.Argument(metavar="CLIENTS", show_default=False, help="a .csv, .jsonl, .yaml or .xlsx file"),
    ],
    out: Annotated[
        str,
        typer.Option("-o", "--out", metavar="DIR|URL", help="a folder, or a URL such as s3://bucket/monday"),
    ] = "out",
    routine: Annotated[
        str, typer.Option("--routine", metavar="NAME", help="for rows that name none", show_default=False)
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="check every row, and make nothing")] = False,
    new: Annotated[
        str, typer.Option("--new", metavar="ROUTINE", help="write CLIENTS as a template for this routine")
    ] = "",
    dry: Annotated[
        bool, typer.Option("--dry", help="show what would be made, how long and how large")
    ] = False,
    keep_going: Annotated[
        bool,
        typer.Option("--keep-going/--no-keep-going", help="make the other rows where some have faults"),
    ] = True,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="only the rows that failed the last time")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="N", min=1, max=256, help="processes; one for each core unless given"
        ),
    ] = None,
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="URL", help="a Dask scheduler: tls://… or tcp://…")
    ] = "",
    insecure_cluster: Annotated[
        bool,
        typer.Option("--insecure-cluster", help="allow a scheduler on another machine without TLS"),
    ] = False,
    sessions: Annotated[
        int | None,
        typer.Option("--plan", metavar="SESSIONS", help="a plan of so many sessions for each row"),
    ] = None,
    weeks: Annotated[
        int | None, typer.Option("--weeks", metavar="N", help="of a plan; 4 unless there are fewer sessions")
    ] = None,
    packs: Annotated[bool, typer.Option("--zip", help="also write CLIENT.zip for each client")] = False,
    feed: Annotated[
        str,
        typer.Option(
            "--feed", metavar="URL", help="also write a private feed for each client, served at URL"
        ),
    ] = "",
    sound_format: options.SoundFormat = "mp3",
    with_files: Annotated[
        str, typer.Option("--with-files", metavar="all|none|NAME,...", help="files beside each sound")
    ] = "sheet",
    bitrate: Annotated[int | None, typer.Option("--bitrate", metavar="KBIT", help="in kbit/s")] = None,
    as_json: options.Json = False,
) -> None:
    """Make the files of many clients: each row of a table is an overlay, and gets a folder of its own.

    A second run makes only what is missing or has changed. Rows that fail are written to failures.csv with
    the reason, in the form of the table; the exit code is then 3.
    """
    from audioguide.batch.orders import PlanShape
    from audioguide.batch.prepare import Wanted, prepared
    from audioguide.cli.commands.export import output_of
    from audioguide.listener.listener import this_listener

    listener = this_listener()
    if new:
        return write_template(clients, new)
    if weeks is not None and sessions is None:
        raise UsageError("--weeks is the length of a plan: say how many sessions with --plan N")
    if (packs or feed) and "://" in out:
        raise UsageError(f"--zip and --feed need a folder, and {out} is a URL: write to a folder first")
    if feed:
        from audioguide.batch.feeds import NEEDED, check_url

        check_url(feed)
        with_files = ",".join([*([] if with_files == "none" else [with_files]), *NEEDED])
    output = output_of(sound_format, None if with_files == "none" else with_files, kbit=bitrate)
    plan = PlanShape(sessions=sessions, weeks=weeks) if sessions is not None else None
    wanted = Wanted(
        table=clients, out=out, output=output, below=choices.options, routine=routine, plan=plan
    )  # fmt: skip
    found = prepared(wanted, listener)
    for note in () if as_json else found.notes:
        typer.echo(f"audioguide: note: {note}", err=True)
    if found.read.faults:
        told(found.read)
        if not keep_going and not check:
            raise faulty(str(clients), [each for faults in found.read.faults.values() for each in faults])
    crew, found = _crew(found, cluster, workers, insecure=insecure_cluster)
    try:
        if check or dry:
            _look(found, crew, check=check, as_json=as_json)
        else:
            _make(found, crew, only_failed=retry_failed, packs=packs, feed=feed, as_json=as_json)
    finally:
        crew.close(now=True)
    return None


def write_template(path: Path, name: str) -> None:
    """Write a table for the routine `name` to `path`. Raises UsageError where there is a file already."""
    from audioguide.batch.table import kind_of
    from audioguide.batch.template import template
    from audioguide.listener.listener import this_listener
    from audioguide.routine.load import load
    from audioguide.storage.atomic import write_atomically

    kind = kind_of(path)
    if path.exists():
        raise UsageError(f"{path} exists already: choose another name, or remove it first")
    library = this_listener().library
    write_atomically(path, template(load(library.find(name), library), name, kind))
    typer.echo(str(path))


def _crew(found: "Batch", cluster: str, workers: int | None, *, insecure: bool) -> "tuple[Crew, Batch]":
    from audioguide.batch.crew import local_crew

    if not cluster:
        return local_crew(workers), found
    from audioguide.batch.cluster import connected

    crew, found = connected(cluster, found, insecure=insecure)
    for name, why in crew.rejected.items():
        typer.echo(f"audioguide: note: the worker {name} is not used: {why}", err=True)
    if crew.dashboard:
        typer.echo(f"audioguide: dashboard: {crew.dashboard}", err=True)
    return crew, found


def _look(found: "Batch", crew: "Crew", *, check: bool, as_json: bool) -> None:
    from audioguide.batch.run import Run

    with progress(quiet=as_json) as show, _stopping() as stop:
        forecast = Run(found, crew, show=show, stop=stop).forecast()
    if as_json:
        typer.echo(forecast_json(forecast))
    elif check:
        typer.echo(check_report(found, forecast))
    else:
        typer.echo(dry_report(forecast))
    if forecast.failed:
        raise typer.Exit(FAILED)


def _make(found: "Batch", crew: "Crew", *, only_failed: bool, packs: bool, feed: str, as_json: bool) -> None:
    from audioguide.batch.run import Run
    from audioguide.cli.batch_report import summary_report

    with progress(quiet=as_json) as show, _stopping() as stop:
        run = Run(found, crew, show=show, stop=stop)
        summary = run.run(only_failed=only_failed)
        if found.folder and not stop.is_set():
            if packs:
                from audioguide.batch.packs import write_packs

                write_packs(found.folder, found.orders, run.manifest)
            if feed:
                from audioguide.batch.feeds import write_feeds

                feeds = write_feeds(found.folder, feed, found.orders, run.manifest)
                for client, address in () if as_json else feeds:
                    typer.echo(f"{client}: {address}")
    typer.echo(summary_json(found, summary) if as_json else summary_report(found, summary))
    if summary.stopped:
        raise stop.asked
    if summary.failed:
        raise typer.Exit(FAILED)


class _Stop(Event):
    """Set once the run should end; `asked` is how."""

    asked: KeyboardInterrupt = Interrupted()


@contextmanager
def _stopping() -> Iterator[_Stop]:
    """Let the first Ctrl-C, or request to end, finish the rows that have begun; the second ends at once."""
    stop = _Stop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heard(number: int, _frame: object) -> None:
        stop.asked = Terminated() if number == signal.SIGTERM else Interrupted()
        if stop.is_set():
            raise stop.asked
        stop.set()

    for number, usual in before.items():
        if usual != signal.SIG_IGN:
            signal.signal(number, heard)
    try:
        yield stop
    finally:
        for number, usual in before.items():
            signal.signal(number, usual)
