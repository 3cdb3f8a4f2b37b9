"""`-` as a name: a routine that comes through standard input."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import typer

from audioguide.errors import RoutineError, UsageError
from audioguide.routine.library import Library
from audioguide.routine.limits import LARGEST_FILE
from audioguide.routine.load import Routine, load_text
from audioguide.routine.source import decoded

PIPE = "-"
PATH = Path("<stdin>")  # in errors; paths inside of the routine start from the current folder
NAME = "stdin"  # of the files that are made of it
_FORMAT_OF_SCRIPTS = '"audioguide.script/'


def is_pipe(name: str) -> bool:
    """Return whether `name` stands for standard input."""
    return name == PIPE


def check_once(names: list[str]) -> None:
    """Raise UsageError where standard input is named more than once: it can be read only once."""
    if names.count(PIPE) > 1:
        raise UsageError("`-` is standard input, which can be read only once: name it once")


def piped_routine(library: Library) -> Routine:
    """Read a routine from standard input.

    Raises RoutineError with every fault; for what is not UTF-8 or too large; and for a timed script.
    """
    return replace(load_text(piped_text(), PATH, library), name=NAME)


def piped_text() -> str:
    """Return the text of standard input. Raises RoutineError."""
    if sys.stdin.isatty():
        typer.echo("audioguide: note: reading a routine from the keyboard; Ctrl-D ends it", err=True)
    source = getattr(sys.stdin, "buffer", None)
    try:
        data = source.read(LARGEST_FILE + 1) if source else sys.stdin.read(LARGEST_FILE + 1).encode()
    except (OSError, ValueError) as error:
        raise RoutineError(f"cannot read standard input: {error}") from error
    if len(data) > LARGEST_FILE:
        raise RoutineError(
            f"standard input is larger than {LARGEST_FILE // 1024} KiB: that is too large for a routine"
        )
    text = decoded(data, str(PATH)).replace("\r\n", "\n")
    if text.lstrip().startswith("{") and _FORMAT_OF_SCRIPTS in text[:1000]:
        raise RoutineError("standard input is a timed script: save it as NAME.script.json and name that file")
    return text
