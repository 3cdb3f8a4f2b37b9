"""`audioguide plan`: one MP3 a session, a playlist, and a page to print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from audioguide.cli.options import Choices, prepare
from audioguide.cli.progress import progress
from audioguide.compile import compile
from audioguide.errors import UsageError
from audioguide.export.overview import overview, playlist
from audioguide.lint.table import warnings_of
from audioguide.plan import Planned, numbered, schedule
from audioguide.publish import publish
from audioguide.receipt import Receipt
from audioguide.routine.settings import choose, dose_of
from audioguide.script import Script


def plan(
    name: str,
    choices: Choices,
    out: Path | None,
    *,
    sessions: int,
    weeks: int,
    grow: Sequence[str],
    as_json: bool,
) -> None:
    """Render every session of a plan to `out` (out/NAME-plan), with NAME.m3u8 and NAME.html beside them."""
    from audioguide.render import render

    if name.lower().endswith(".json"):
        raise UsageError(f"{name} is a timed script: a plan is made of a routine")
    prepared = prepare(name, choices)
    routine, wishes = prepared.routine, prepared.wishes
    out = out or Path("out") / f"{routine.name}-plan"
    wanted = {**dose_of(routine.document, wishes.dose), **wishes.settings}
    start = choose(routine.document.settings, wanted, beyond_bounds=choices.beyond_bounds).values
    planned: list[Planned] = []
    receipts: list[Receipt] = []
    # All are compiled before the first is rendered: a session that cannot be is told at once.
    scripts: list[tuple[Script, Planned]] = []
    for session in schedule(routine.document, start, sessions=sessions, weeks=weeks, grow=grow):
        asked = {**wanted, **{key: str(amount) for key, amount in session.settings.items()}}
        script = compile(
            routine, asked, voice=prepared.voice, guidance=wishes.guidance or "fade", skip=wishes.skip,
            beyond_bounds=choices.beyond_bounds,
        )  # fmt: skip
        script, volume = numbered(script, session, sessions), wishes.bed_volume or 0.0
        script = replace(script, bed=wishes.bed, bed_volume=volume, origins=prepared.origins)
        scripts.append((script, Planned(session, script.title, f"{script.name}.mp3", 0)))
    # Sessions differ in numbers only, so most of what is to be said of one is to be said of all.
    warned = (warnings_of(routine, script) for script, _ in scripts)
    for line in dict.fromkeys(finding.line for findings in warned for finding in findings):
        typer.echo(f"audioguide: {line}", err=True)
    for script, each in scripts:
        with progress(script.name, quiet=as_json) as show:
            receipt = render(script, out, progress=show)
        receipts.append(receipt)
        planned.append(Planned(each.session, each.title, each.file, receipt.timeline.length))
    pages = out / f"{routine.name}.m3u8", out / f"{routine.name}.html"
    publish(pages[0], playlist(planned).encode())
    publish(pages[1], overview(routine.document.title, planned, wishes.note or "").encode())
    if as_json:
        document = {
            "playlist": str(pages[0]),
            "overview": str(pages[1]),
            "renders": [receipt.as_json() for receipt in receipts],
        }
        typer.echo(json.dumps(document, ensure_ascii=False))
        return
    for receipt in receipts:
        typer.echo(str(receipt.mp3))
    for page in pages:
        typer.echo(str(page))
