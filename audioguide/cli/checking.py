"""`audioguide check`."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from audioguide.cli.options import Choices, script_of
from audioguide.errors import AudioguideError, RoutineError
from audioguide.estimate import estimated


def check_files(files: Sequence[str]) -> None:
    """Check every file, tell of each, and end with the first error's exit code."""
    code = 0
    for name in files:
        try:
            script = script_of(name, Choices())
        except AudioguideError as error:
            typer.echo(f"audioguide: {error}", err=True)
            code = code or error.exit_code
            continue
        typer.echo(f"{name}: fine ({script.title})")
        try:
            estimated(script)
        except RoutineError as error:
            # The voice was not measured, so this may turn out well: a warning.
            typer.echo(f"audioguide: with estimated lengths, {error}", err=True)
    if code:
        raise typer.Exit(code)
