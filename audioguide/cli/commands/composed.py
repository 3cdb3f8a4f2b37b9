"""What `audioguide compose` writes and says."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import typer

from audioguide.cli.envelope import print_json
from audioguide.compose.compose import Composed
from audioguide.compose.service import stocked, tasted, tried
from audioguide.compose.stock import Stock
from audioguide.compose.wishes import EVERYWHERE, Asked, Wishes, read
from audioguide.errors import AudioguideError, OutputError, UsageError
from audioguide.listener.config import config_folder
from audioguide.listener.diary import Diary
from audioguide.listener.listener import Listener, this_listener
from audioguide.storage.atomic import write_atomically
from audioguide.storage.places import expanded

PIPE = "-"
_MANY = 10  # exercises to measure: from here on, it takes most of a second


def compose(asked: Asked, out: str, *, as_json: bool) -> None:
    """Write a session for these wishes, or print it; say on standard error why each part is in it."""
    path = None if out == PIPE else _file(out)
    listener, exercises, tasted = listener_stock()
    session = tried(tasted(read(asked, exercises.exercises)), exercises, listener.library, listener.layers)
    if path is not None:
        _write(path, session.text)
    if as_json:
        print_json("compose", as_data(session))
        return
    if path is None:
        typer.echo(session.text, nl=False)
    if not asked.body.strip():
        typer.echo(f"for your {EVERYWHERE}, since --for names no part", err=True)
    explain(session)
    if path is not None:
        typer.echo(f"{path}: now `audioguide render {shlex.quote(str(path))}`", err=True)
    elif sys.stdout.isatty():
        typer.echo("to keep it, add `-o mine.yaml`; then `audioguide render mine.yaml`", err=True)


def listener_stock() -> tuple[Listener, Stock, Callable[[Wishes], Wishes]]:
    """Return this listener, their exercises, and what adds to wishes which exercises they like."""
    listener = this_listener()
    tastes = Diary(config_folder()).tastes()
    exercises = stocked(listener.library, _left_out, None, _measuring)
    return listener, exercises, lambda wishes: tasted(wishes, tastes)


def explain(session: Composed) -> None:
    """Say on standard error why each part is in the session, and what was left out."""
    if session.asks:
        typer.echo(session.asks, err=True)
    if session.way_to_the_floor:
        typer.echo(session.way_to_the_floor, err=True)
    typer.echo("in it:", err=True)
    for line in session.reasons:
        typer.echo(f"  {line}", err=True)
    if session.omissions:
        typer.echo("left out:", err=True)
    for line in session.omissions:
        typer.echo(f"  {line}", err=True)


def as_data(session: Composed) -> dict[str, object]:
    """Return the session as JSON data."""
    return {
        "routine": session.text, "parts": [each.name for each in session.parts],
        "reasons": session.reasons, "left_out": dict(session.left_out),
    }  # fmt: skip


def _file(out: str) -> Path:
    path = expanded(out, "the session")
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(
            f"{out} is not a file name for a routine: it has to end with .yaml, such as my-session.yaml"
        )
    return path


def _write(path: Path, text: str) -> None:
    data = text.encode()
    if path.exists():
        if path.is_file() and path.read_bytes() == data:
            return
        raise OutputError(f"{path} already exists: write to another file with -o, or move it away first")
    write_atomically(path, data, durable=False)


def _measuring(new: int) -> None:
    """Say on a terminal what takes so long, where it does."""
    if new >= _MANY and sys.stderr.isatty():
        typer.echo(f"measuring {new} exercises: this takes a while, the first time only", err=True)


def _left_out(name: str, error: AudioguideError) -> None:
    first = str(error).splitlines()[0]
    typer.echo(
        f"audioguide: note: {name} is left out: {first}; `audioguide check {name}` says more", err=True
    )
