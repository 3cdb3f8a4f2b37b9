"""What `audioguide compose --sessions` writes and says."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import typer

from audioguide.cli.commands.composed import PIPE, as_data, listener_stock
from audioguide.cli.envelope import print_json
from audioguide.compose.program import ProgramPart, program
from audioguide.compose.service import tried
from audioguide.compose.wishes import Asked
from audioguide.errors import OutputError, UsageError
from audioguide.listener.plan import USUAL_SESSIONS
from audioguide.storage.atomic import write_atomically
from audioguide.storage.places import expanded
from audioguide.units import format_length


def compose_plan(asked: Asked, out: str, *, sessions: int | None, weeks: int | None, as_json: bool) -> None:
    """Write the sessions of a plan into the folder `out`, each as a routine; say what is in each."""
    if out == PIPE:
        raise UsageError("a plan is a folder of sessions: name a new folder, such as -o my-plan")
    folder = expanded(out, "the plan")
    parts = _parts(asked, USUAL_SESSIONS if sessions is None else sessions, weeks)
    _check(folder, parts)
    for part in parts:
        write_atomically(folder / f"{part.name}.yaml", part.composed.text.encode(), durable=False)
    if as_json:
        print_json("compose", {"sessions": [_data(folder, part) for part in parts]})
        return
    for part in parts:
        typer.echo(str(folder / f"{part.name}.yaml"))
    for part in parts:
        wishes = part.composed.wishes
        titles = ", ".join(each.title for each in part.composed.parts)
        typer.echo(
            f"{part.session.summary}, {format_length(wishes.length)}, {wishes.level}: {titles}", err=True
        )
    typer.echo(f"now `audioguide plan {shlex.quote(out)}`", err=True)


def _parts(asked: Asked, sessions: int, weeks: int | None) -> list[ProgramPart]:
    listener, exercises, tastes = listener_stock()
    return program(
        asked, exercises.exercises,
        lambda wishes: tried(tastes(wishes), exercises, listener.library, listener.layers),
        sessions=sessions, weeks=weeks,
    )  # fmt: skip


def _check(folder: Path, parts: Sequence[ProgramPart]) -> None:
    """Raise OutputError where the folder has anything that is not this very plan."""
    if folder.is_dir():
        texts = {f"{part.name}.yaml": part.composed.text for part in parts}
        for path in folder.iterdir():
            if path.name not in texts or path.read_text(encoding="utf-8") != texts[path.name]:
                raise OutputError(f"{folder} already exists, and has {path.name}: name a new folder with -o")
    elif folder.exists():
        raise OutputError(f"{folder} is not a folder: name a new one with -o")


def _data(folder: Path, part: ProgramPart) -> dict[str, object]:
    return {
        "file": str(folder / f"{part.name}.yaml"), "week": part.session.week, "session": part.session.number,
        **as_data(part.composed),
    }  # fmt: skip
