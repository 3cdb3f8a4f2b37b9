"""`audioguide plan`: one MP3 a session, a playlist, and a page to print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from audioguide.cli.commands.render import measuring
from audioguide.cli.options import Choices
from audioguide.cli.prepare import is_timed_script, prepare, read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import target_of
from audioguide.errors import RoutineError, UsageError
from audioguide.export.metadata import metadata_of
from audioguide.export.overview import overview, playlist
from audioguide.lint.table import warnings_of
from audioguide.listener.plan import Planned, PlanSession, PlanShape
from audioguide.listener.request import Request
from audioguide.pipeline.build import build, plan_requests
from audioguide.pipeline.output import Output
from audioguide.pipeline.receipt import Receipt
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths
from audioguide.script.script import ClipRef, Script
from audioguide.storage.atomic import write_atomically


def plan(
    name: str | None,
    choices: Choices,
    out: str | None,
    growth: PlanShape,
    output: Output,
    *,
    as_json: bool,
) -> None:
    """Render every session of a plan to `out` (out/NAME-plan), with NAME.m3u8 and NAME.html beside them.

    Where a length is asked for, or the routine has one of its own, what does not grow gives way to it.
    """
    from audioguide.pipeline.render import render

    call = read_call(choices)
    [name] = call.names([name] if name else None)
    if is_timed_script(name):
        raise UsageError(f"{name} is a timed script: a plan is made of a routine")
    chosen = target_of(out, what="a plan").folder if out is not None else None
    request = prepare(name, call)
    routine = request.routine
    folder = chosen or Path("out") / f"{request.stem}-plan"
    listed = plan_requests(request, sessions=growth.sessions, weeks=growth.weeks, grow=growth.grow)
    planned: list[Planned] = []
    receipts: list[Receipt] = []
    # All are compiled before the first is rendered: a session that cannot be is told at once.
    spoken: set[ClipRef] = set()
    lengths = measuring(quiet=as_json, spoken=spoken)
    scripts = [*_scripts(listed, suffix=output.kind.suffix, lengths=lengths)]
    _warn(routine, [script for script, _ in scripts])
    for script, each in scripts:
        with progress(script.name, quiet=as_json) as show:
            receipt = render(script, folder, output, metadata=metadata_of(routine.document), progress=show)
        receipts.append(receipt := receipt.with_spoken(spoken))
        spoken -= receipt.timeline.script.clips.keys()
        beyond = receipt.timeline.script.beyond_bounds
        planned.append(Planned(each.session, each.title, each.file, receipt.timeline.length, beyond))
    pages = folder / f"{request.stem}.m3u8", folder / f"{request.stem}.html"
    write_atomically(pages[0], playlist(planned).encode())
    write_atomically(pages[1], overview(routine.document.title, planned, request.options.note or "").encode())
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
    listed: Sequence[tuple[PlanSession, Request]], *, suffix: str, lengths: Lengths
) -> Iterator[tuple[Script, Planned]]:
    """Yield the script of each session; raise RoutineError, with the first and the last that cannot be."""
    refused: list[str] = []
    for session, request in listed:
        try:
            script = build(request, lengths)
        except RoutineError as error:
            if request.options.fit is None or error.faults:
                raise
            refused.append(f"session {session.number} of {len(listed)}: {error}")
            continue
        for note in script.notes:
            typer.echo(f"audioguide: note: session {session.number} of {len(listed)}: {note}", err=True)
        yield script, Planned(session, script.title, f"{script.name}{suffix}", 0)
    if refused:
        raise RoutineError("\n".join(dict.fromkeys([refused[0], refused[-1]])))
