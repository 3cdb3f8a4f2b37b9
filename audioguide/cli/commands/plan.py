"""`audioguide plan`: one MP3 a session, a playlist, and a page to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import typer

from audioguide.cli.commands.plan_folder import is_folder, sessions_in
from audioguide.cli.commands.render import measuring
from audioguide.cli.envelope import print_json
from audioguide.cli.options import Choices
from audioguide.cli.prepare import Call, is_timed_script, prepare, read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import target_of
from audioguide.errors import RoutineError, UsageError
from audioguide.export.metadata import metadata_of
from audioguide.export.overview import overview, playlist
from audioguide.lint.table import warnings_of
from audioguide.listener.plan import USUAL_SESSIONS, Planned, PlanSession, PlanShape
from audioguide.listener.request import Request
from audioguide.pipeline.build import build, plan_requests
from audioguide.pipeline.output import Output
from audioguide.pipeline.receipt import Receipt
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths
from audioguide.script.script import ClipRef, Script
from audioguide.storage.atomic import write_atomically


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCall:
    """What a call says of its plan; `calendar` is when the first session is, where one is asked for."""

    sessions: int | None = None
    weeks: int | None = None
    grow: tuple[str, ...] = ()
    calendar: str | None = None

    @property
    def shape(self) -> PlanShape:
        """Return how the plan of one routine grows."""
        sessions = USUAL_SESSIONS if self.sessions is None else self.sessions
        return PlanShape(sessions=sessions, weeks=self.weeks, grow=self.grow)


def plan(
    name: str | None,
    choices: Choices,
    out: str | None,
    growth: PlanCall,
    output: Output,
    *,
    as_json: bool,
) -> None:
    """Render every session of a plan to `out` (out/NAME-plan), with NAME.m3u8 and NAME.html beside them.

    Where a length is asked for, or the routine has one of its own, what does not grow gives way to it.
    """
    call = read_call(choices)
    [name] = call.names([name] if name else None)
    chosen = target_of(out, what="a plan").folder if out is not None else None
    start = _start(growth.calendar) if growth.calendar is not None else None
    listed = _listed(name, call, growth)
    first = listed[0][1]
    folder = chosen or Path("out") / f"{first.stem.removesuffix('-plan')}-plan"
    # All are compiled before the first is rendered: a session that cannot be is reported at once.
    spoken: set[ClipRef] = set()
    lengths = measuring(quiet=as_json, spoken=spoken)
    scripts = [*_scripts(listed, suffix=output.kind.suffix, lengths=lengths)]
    made = [
        (request.routine, script, each) for (_, request), (script, each) in zip(listed, scripts, strict=True)
    ]
    _warn(made)
    receipts = [*_rendered(made, folder, output, spoken, quiet=as_json)]
    planned = [
        replace(each, length=receipt.timeline.length, beyond=receipt.timeline.script.beyond_bounds)
        for (_, _, each), receipt in zip(made, receipts, strict=True)
    ]
    title = first.routine.document.title
    pages = {
        "playlist": (folder / f"{first.stem}.m3u8", playlist(planned).encode()),
        "overview": (
            folder / f"{first.stem}.html",
            overview(title, planned, first.options.note or "").encode(),
        ),
    }
    if start is not None:
        from audioguide.export.calendar import calendar

        pages["calendar"] = (folder / f"{first.stem}.ics", calendar(first.stem, planned, start, folder))
    for path, data in pages.values():
        write_atomically(path, data)
    if as_json:
        paths = {key: str(path) for key, (path, _) in pages.items()}
        document = {**paths, "renders": [receipt.as_json() for receipt in receipts]}
        print_json("plan", document)
        return
    for path in (*(receipt.mp3 for receipt in receipts), *(path for path, _ in pages.values())):
        typer.echo(str(path))


def _start(text: str) -> datetime:
    from audioguide.export.calendar import read_start

    try:
        return read_start(text)
    except ValueError as error:
        said = f"--calendar: '{text}' is not a date with a time, such as \"2026-12-01 07:30\""
        raise UsageError(said) from error


def _listed(name: str, call: Call, growth: PlanCall) -> Sequence[tuple[PlanSession, Request]]:
    """Return the sessions of a plan: those of a folder, or of a routine that grows."""
    if is_timed_script(name):
        raise UsageError(f"{name} is a timed script: for a plan, name a routine")
    if not is_folder(name, call):
        shape = growth.shape
        return plan_requests(prepare(name, call), sessions=shape.sessions, weeks=shape.weeks, grow=shape.grow)
    if growth.sessions is not None or growth.grow:
        raise UsageError(f"{name} is a folder of sessions: remove --sessions and --grow")
    return sessions_in(name, call, growth.weeks)


def _rendered(
    made: Sequence[tuple[Routine, Script, Planned]], folder: Path, output: Output, spoken: set[ClipRef],
    *, quiet: bool,
) -> Iterator[Receipt]:  # fmt: skip
    """Render every session; what was `spoken` counts for the first that has it."""
    from audioguide.pipeline.render import render

    for routine, script, _ in made:
        with progress(script.name, quiet=quiet) as show:
            receipt = render(script, folder, output, metadata=metadata_of(routine.document), progress=show)
        yield receipt.with_spoken(spoken)
        spoken -= receipt.timeline.script.clips.keys()


def _warn(made: Sequence[tuple[Routine, Script, Planned]]) -> None:
    # Sessions differ in numbers only, so most of what is to be said of one is to be said of all.
    warned = (warnings_of(routine, script) for routine, script, _ in made)
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
