"""What `audioguide batch` prints: faults, progress, a forecast, and the summary at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from audioguide.batch.failures import failures_path, one_line
from audioguide.batch.manifest import NAME
from audioguide.cli.envelope import coded, print_json
from audioguide.cli.failures import print_notes
from audioguide.cli.streams import terminal
from audioguide.units import format_clock

if TYPE_CHECKING:
    from audioguide.batch.rows import Read
    from audioguide.batch.run import Batch, Forecast, Show, Summary
    from audioguide.batch.table import TableRow

LINE_SECONDS = 5.0  # between two lines where there is no terminal
MOST_NAMED = 20  # failed rows in the summary; all are in the file
_TICKS = 250  # in a second


def print_faults(read: Read) -> None:
    """Print the faults of all rows."""
    for faults in read.faults.values():
        for fault in faults:
            typer.echo(f"audioguide: {fault}", err=True)


def check_report(found: Batch, forecast: Forecast) -> str:
    """Say how many rows are right, and name those that are not."""
    total = len(found.read.table.rows)
    wrong = len(forecast.failed)
    said = f"{found.read.table.path}: {_count(total, 'row')}, {wrong or 'none'} with mistakes"
    hidden = {row.number for row in found.read.wrong}  # shown with their places already
    return "\n".join([said, *_named([each for each in forecast.failed if each[0].number not in hidden])])


def dry_report(forecast: Forecast) -> str:
    """Say what would be made."""
    lines = [
        _made("to make", forecast.rows, forecast.sounds, forecast.length_s, forecast.size),
        f"{_count(forecast.phrases, 'phrase')} to speak first",
    ]
    if forecast.already:
        lines.append(f"{_count(forecast.already, 'row')} already made, unchanged")
    if forecast.failed:
        lines += [f"{_count(len(forecast.failed), 'row')} cannot be made:", *_named(forecast.failed)]
    return "\n".join(lines)


def summary_report(found: Batch, summary: Summary) -> str:
    """Say what was made, and name what failed."""
    rate = summary.files / summary.took_s if summary.took_s else 0.0
    made = _made("made", summary.made, summary.files, summary.length_s, summary.size)
    lines = [
        f"{made}, in {summary.took_s:.1f} s ({rate:.1f} files a second)",
        *([f"{_count(summary.already, 'row')} already made, unchanged"] if summary.already else []),
        f"files: {found.folder or found.job.place} (manifest: {found.state / NAME})",
    ]
    if summary.failed:
        where = failures_path(found.state, found.read.table)
        lines += [f"{_count(len(summary.failed), 'row')} failed; the reasons are in {where}:"]
        lines += _named(summary.failed)
    if summary.stopped:
        left = summary.rows - summary.made - summary.already - len(summary.failed)
        lines.append(f"stopped with {_count(left, 'row')} left: the same command continues from here")
    return "\n".join(lines)


def summary_json(found: Batch, summary: Summary) -> None:
    """Print the summary as JSON."""
    print_json(
        "batch",
        {
            "rows": summary.rows, "made": summary.made, "already": summary.already, "files": summary.files,
            "size_bytes": summary.size, "length_s": summary.length_s, "took_s": round(summary.took_s, 3),
            "phrases_spoken": summary.spoken, "islands_encoded": summary.encoded,
            "manifest": str(found.state / NAME), "stopped": summary.stopped,
            "failed": _failed_json(summary.failed),
        },
        _errors(summary.failed),
        ok=not (summary.failed or summary.stopped),
    )  # fmt: skip


def forecast_json(forecast: Forecast) -> None:
    """Print the forecast as JSON."""
    print_json(
        "batch",
        {
            "rows": forecast.rows, "already": forecast.already, "files": forecast.sounds,
            "length_s": forecast.length_s, "size_bytes": forecast.size, "phrases_to_speak": forecast.phrases,
            "failed": _failed_json(forecast.failed),
        },
        _errors(forecast.failed),
    )  # fmt: skip


@contextmanager
def progress(*, quiet: bool) -> Iterator[Show]:
    """Yield what shows rows done, rate, time left and failures: on a terminal a bar, elsewhere lines."""
    print_notes()
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _lines()


def line(stage: str, done: int, total: int, failed: int, *, seconds: float) -> str:
    """Return progress as one line; `seconds` is how long this stage has taken so far."""
    rate = done / seconds if seconds else 0.0
    left = f", {_clock((total - done) / rate)} left" if rate and done < total else ""
    pace = f", {rate:.1f} a second" if seconds >= 1 else ""
    said = f"{stage}: {done} of {total}{pace}{left}"
    return f"{said}, {failed} failed" if failed else said


def _lines() -> Show:
    began: dict[str, float] = {}
    shown: dict[str, float] = {}

    def show(stage: str, done: int, total: int, failed: int) -> None:
        now = time.monotonic()
        start = began.setdefault(stage, now)
        due = now - shown.get(stage, start) >= LINE_SECONDS
        if due or (done == total and stage in shown):
            shown[stage] = now
            typer.echo(line(stage, done, total, failed, seconds=now - start), err=True)

    return show


@contextmanager
def _bar() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn

    tasks: dict[str, tuple[TaskID, float]] = {}
    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(file=terminal(sys.stderr)), transient=True) as bars:

        def show(stage: str, done: int, total: int, failed: int) -> None:
            if stage not in tasks:
                tasks[stage] = (bars.add_task(stage, total=total), time.monotonic())
            task, start = tasks[stage]
            said = line(stage, done, total, failed, seconds=time.monotonic() - start)
            bars.update(task, completed=done, description=said)

        yield show


def _made(what: str, rows: int, files: int, length_s: float, size: int) -> str:
    return (
        f"{_count(rows, 'row')} {what}: {_count(files, 'file')}, {_clock(length_s)} in total, {_size(size)}"
    )


def _named(failed: Any) -> list[str]:
    rows: list[tuple[TableRow, str]] = list(failed)
    lines = [
        f"  {_who(row)}: {one_line(reason).removeprefix(f'row {row.number}, ')}"
        for row, reason in rows[:MOST_NAMED]
    ]
    return [*lines, *([f"  and {len(rows) - MOST_NAMED} more"] if len(rows) > MOST_NAMED else [])]


def _who(row: TableRow) -> str:
    named = next((str(row.values[each]) for each in row.values if each.lower() in ("client", "name")), "")
    return f"row {row.number} ({named})" if named else f"row {row.number}"


def _failed_json(failed: Any) -> list[dict[str, object]]:
    return [{"row": row.number, "reason": reason} for row, reason in failed]


def _errors(failed: Any) -> list[dict[str, Any]]:
    return coded("row", (f"row {row.number}: {reason}" for row, reason in failed))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _clock(seconds: float) -> str:
    return format_clock(round(seconds) * _TICKS).removesuffix(".000")


def _size(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
