"""`audioguide batch`."""

import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import typer

from audioguide.cli.batch_report import (
    check_report,
    dry_report,
    forecast_json,
    print_faults,
    progress,
    summary_json,
)
from audioguide.cli.signals import Interrupted, Terminated
from audioguide.errors import RoutineError, UsageError
from audioguide.listener.options import Options

if TYPE_CHECKING:
    from audioguide.batch.crew import WorkerCrew
    from audioguide.batch.prepare import BatchRequest
    from audioguide.batch.run import Batch

FAILED = 3  # the exit code of a batch some rows of which failed


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCall:
    """One call of `audioguide batch`, as it is on the command line."""

    clients: Path
    out: str
    below: Options
    routine: str = ""
    check: bool = False
    dry: bool = False
    keep_going: bool = True
    retry_failed: bool = False
    workers: int | None = None
    cluster: str = ""
    insecure_cluster: bool = False
    sessions: int | None = None
    weeks: int | None = None
    packs: bool = False
    feed: str = ""
    page: bool = False
    sound_format: str = "mp3"
    with_files: str = "sheet"
    bitrate: int | None = None
    as_json: bool = False


def batch(call: BatchCall) -> None:
    """Check the table, and make its files, or say what would be made."""
    from audioguide.batch.prepare import prepared
    from audioguide.listener.listener import this_listener

    found = prepared(_wanted(call), this_listener())
    for note in () if call.as_json else found.notes:
        typer.echo(f"audioguide: note: {note}", err=True)
    if found.read.faults:
        print_faults(found.read)
        if not call.keep_going and not call.check:
            count = len(found.read.faults)
            raise RoutineError(f"{call.clients}: {count} rows have mistakes, and nothing was made")
    crew, found = _crew(found, call)
    try:
        if call.check or call.dry:
            _look(found, crew, call)
        else:
            _make(found, crew, call)
    finally:
        crew.close(now=True)


def _wanted(call: BatchCall) -> "BatchRequest":
    from audioguide.batch.prepare import BatchRequest
    from audioguide.cli.commands.export import output_of
    from audioguide.listener.plan import PlanShape

    if call.weeks is not None and call.sessions is None:
        raise UsageError("--weeks is the length of a plan: add the number of sessions with --plan N")
    if (call.packs or call.feed) and "://" in call.out:
        raise UsageError(f"--zip and --feed need a folder, and {call.out} is a URL: write to a folder first")
    files = [] if call.with_files == "none" else [call.with_files]
    if call.feed:
        from audioguide.batch.feeds import NEEDED, check_url

        check_url(call.feed)
        files += NEEDED
    return BatchRequest(
        table=call.clients, out=call.out, below=call.below, routine=call.routine,
        output=output_of(call.sound_format, ",".join(files) or None, kbit=call.bitrate, page=call.page),
        plan=PlanShape(sessions=call.sessions, weeks=call.weeks) if call.sessions is not None else None,
    )  # fmt: skip


def write_template(path: Path, name: str) -> None:
    """Write a table for the routine `name` to `path`. Raises UsageError where there is a file already."""
    from audioguide.batch.table import kind_of
    from audioguide.batch.template import template
    from audioguide.listener.listener import this_listener
    from audioguide.routine.load import load
    from audioguide.storage.atomic import write_atomically

    kind = kind_of(path)
    if path.exists():
        raise UsageError(f"{path} already exists: choose another name, or remove it first")
    library = this_listener().library
    write_atomically(path, template(load(library.find(name), library), name, kind))
    typer.echo(str(path))
    typer.echo(f"now write a row for each client, then `audioguide batch {shlex.quote(str(path))}`", err=True)


def _crew(found: "Batch", call: BatchCall) -> "tuple[WorkerCrew, Batch]":
    from audioguide.batch.crew import local_crew

    if not call.cluster:
        return local_crew(call.workers), found
    from audioguide.batch.cluster import connected

    crew, found = connected(call.cluster, found, insecure=call.insecure_cluster)
    for name, why in crew.rejected.items():
        typer.echo(f"audioguide: note: the worker {name} is not used: {why}", err=True)
    if crew.dashboard:
        typer.echo(f"audioguide: dashboard: {crew.dashboard}", err=True)
    return crew, found


def _look(found: "Batch", crew: "WorkerCrew", call: BatchCall) -> None:
    from audioguide.batch.run import BatchRun

    with progress(quiet=call.as_json) as show, _stopping() as stop:
        forecast = BatchRun(found, crew, show=show, stop=stop).forecast()
    if call.as_json:
        forecast_json(forecast)
    elif call.check:
        typer.echo(check_report(found, forecast))
    else:
        typer.echo(dry_report(forecast))
    if forecast.failed:
        raise typer.Exit(FAILED)


def _make(found: "Batch", crew: "WorkerCrew", call: BatchCall) -> None:
    from audioguide.batch.run import BatchRun
    from audioguide.cli.batch_report import summary_report

    with progress(quiet=call.as_json) as show, _stopping() as stop:
        run = BatchRun(found, crew, show=show, stop=stop)
        summary = run.run(only_failed=call.retry_failed)
        if found.folder and not stop.is_set():
            if call.packs:
                from audioguide.batch.packs import write_packs

                write_packs(found.folder, found.orders, run.manifest)
            if call.feed:
                from audioguide.batch.feeds import write_feeds

                feeds = write_feeds(found.folder, call.feed, found.orders, run.manifest)
                for client, address in () if call.as_json else feeds:
                    typer.echo(f"{client}: {address}")
    if call.as_json:
        summary_json(found, summary)
    else:
        typer.echo(summary_report(found, summary))
    if summary.stopped:
        raise stop.asked
    if summary.failed:
        raise typer.Exit(FAILED)


class _StopEvent(Event):
    """Set once the run should end; `asked` is how."""

    asked: KeyboardInterrupt = Interrupted()


@contextmanager
def _stopping() -> Iterator[_StopEvent]:
    """Let the first Ctrl-C, or request to end, finish the rows that have begun; the second ends at once."""
    stop = _StopEvent()
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
