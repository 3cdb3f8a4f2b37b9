"""From an error to one message on standard error and an exit code."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from typer.exceptions import TyperException

from audioguide.errors import AudioguideError

DEBUG = "AUDIOGUIDE_DEBUG"
INTERRUPTED = 130
TERMINATED = 143
DISK = 5


class Terminated(KeyboardInterrupt):
    """The system asks the process to end; it tidies up as after Ctrl-C."""


def end_tidily() -> None:
    """Let a request to end (SIGTERM) be met like Ctrl-C, once; while it is tidied up, it is not heard."""

    def ended(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise Terminated

    signal.signal(signal.SIGTERM, ended)


@contextmanager
def reported(*, debug: bool = False) -> Iterator[None]:
    """Turn what goes wrong inside into a message and `typer.Exit`."""
    try:
        yield
    except AudioguideError as error:
        tell(str(error), debug=debug)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        tell("interrupted", debug=debug)
        raise typer.Exit(TERMINATED if isinstance(error, Terminated) else INTERRUPTED) from error
    except BrokenPipeError as error:
        # Whoever read the output has gone; a second failure at exit would only be noise.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error
    except (OSError, MemoryError) as error:
        tell(str(error) or type(error).__name__, debug=debug)
        raise typer.Exit(DISK) from error


@contextmanager
def called_rightly() -> Iterator[None]:
    """Turn what typer finds wrong with the call itself into one line and its exit code."""
    try:
        yield
    except TyperException as error:
        if not sys.argv[1:]:  # typer's own answer is the whole help
            typer.echo(error.format_message(), err=True)
        else:
            command = getattr(getattr(error, "ctx", None), "command_path", "audioguide")
            said = " ".join(error.format_message().split()).rstrip(".")
            tell(f"{said} (`{command} --help` shows what is allowed)")
        sys.exit(error.exit_code)


def tell(message: str, *, debug: bool | None = None) -> None:
    """Print an error; with `debug`, or where the environment asks for it, its traceback first."""
    debug = bool(os.environ.get(DEBUG)) if debug is None else debug
    if debug:
        traceback.print_exc()
    typer.echo(f"audioguide: {message}", err=True)
