"""`audioguide plan`: one MP3 a session, a playlist, and a page to print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from audioguide.cli.commands.export import wanted as files_wanted
from audioguide.cli.commands.render import measuring
from audioguide.cli.options import Choices
from audioguide.cli.prepare import Prepared, named, prepare
from audioguide.cli.progress import progress
from audioguide.cli.target import target_of
from audioguide.compiler.estimate import estimated_lengths
from audioguide.containers.formats import format_of
from audioguide.errors import RoutineError, UsageError
from audioguide.export.metadata import metadata_of
from audioguide.export.overview import overview, playlist
from audioguide.fitting.bench import Lengths
from audioguide.fitting.fit import compile_to_length
from audioguide.lint.table import warnings_of
from audioguide.listener.plan import Planned, Session, numbered
from audioguide.listener.sessions import sessions_of
from audioguide.listener.wishes import Wishes
from audioguide.pipeline.build import ways_of
from audioguide.pipeline.receipt import Receipt
from audioguide.routine.load import Routine
from audioguide.storage.atomic import write_atomically
from audioguide.timeline.script import ClipRef, Script


def plan(
    name: str | None,
    choices: Choices,
    out: str | None,
    *,
    sessions: int,
    weeks: int | None,
    grow: Sequence[str],
    as_json: bool,
    sound_format: str = "mp3",
    with_files: str | None = None,
) -> None:
    """Render every session of a plan to `out` (out/NAME-plan), with NAME.m3u8 and NAME.html beside them.

    Where a length is asked for, or the routine has one of its own, what does not grow gives way to it.
    """
    from audioguide.pipeline.render import render

    [name] = named([name] if name else None, choices)
    if name.lower().endswith(".json"):
        raise UsageError(f"{name} is a timed script: a plan is made of a routine")
    kind, beside = format_of(sound_format), files_wanted(with_files)
    chosen = target_of(out, what="a plan").folder if out is not None else None
    prepared = prepare(name, choices)
    routine, wishes = prepared.routine, prepared.wishes
    folder = chosen or Path("out") / f"{prepared.name}-plan"
    listed = sessions_of(
        routine, wishes, sessions=sessions, weeks=weeks, grow=grow, beyond_bounds=choices.beyond_bounds
    )
    planned: list[Planned] = []
    receipts: list[Receipt] = []
    # All are compiled before the first is rendered: a session that cannot be is told at once.
    spoken: set[ClipRef] = set()
    lengths = measuring(quiet=as_json, spoken=spoken)
    scripts = [*_scripts(prepared, listed, suffix=kind.suffix, lengths=lengths)]
    _warn(routine, [script for script, _ in scripts])
    for script, each in scripts:
        with progress(script.name, quiet=as_json) as show:
            receipt = render(
                script,
                folder,
                progress=show,
                container=kind.name,
                beside=beside,
                about=metadata_of(routine.document),
            )
        receipts.append(receipt := receipt.with_spoken(spoken))
        beyond = receipt.timeline.script.beyond_bounds
        planned.append(Planned(each.session, each.title, each.file, receipt.timeline.length, beyond))
    pages = folder / f"{prepared.name}.m3u8", folder / f"{prepared.name}.html"
    write_atomically(pages[0], playlist(planned).encode())
    write_atomically(pages[1], overview(routine.document.title, planned, wishes.note or "").encode())
    if as_json:
        renders = [receipt.as_json() for receipt in receipts]
        document = {"playlist": str(pages[0]), "overview": str(pages[1]), "renders": renders}
        typer.echo(json.dumps(document, ensure_ascii=False))
        return
    for receipt in receipts:
        typer.echo(str(receipt.mp3))
    for page in pages:
        typer.echo(str(page))


def _warn(routine: Routine, scripts: Sequence[Script]) -> None:
    # Sessions differ in numbers only, so most of what is to be said of one is to be said of all.
    warned = (warnings_of(routine, script) for script in scripts)
    for line in dict.fromkeys(finding.line for findings in warned for finding in findings):
        typer.echo(f"audioguide: {line}", err=True)


def _scripts(
    prepared: Prepared,
    listed: Sequence[tuple[Session, Wishes]],
    *,
    suffix: str,
    lengths: Lengths,
) -> Iterator[tuple[Script, Planned]]:
    """Yield the script of each session; raise RoutineError, with the first and the last that cannot be."""
    refused: list[str] = []
    for session, wishes in listed:
        ways = ways_of(prepared.routine, wishes, beyond_bounds=prepared.beyond_bounds)
        try:
            script = compile_to_length(
                prepared.routine, wishes.settings, length=wishes.fit, lengths=lengths,
                guess=estimated_lengths, **ways,
            )  # fmt: skip
        except RoutineError as error:
            if prepared.wishes.fit is None or error.faults:
                raise
            refused.append(f"session {session.number} of {len(listed)}: {error}")
            continue
        for note in script.notes:
            typer.echo(f"audioguide: note: session {session.number} of {len(listed)}: {note}", err=True)
        script = numbered(prepared.finished(script), session, len(listed))
        yield script, Planned(session, script.title, f"{script.name}{suffix}", 0)
    if refused:
        raise RoutineError("\n".join(dict.fromkeys([refused[0], refused[-1]])))
