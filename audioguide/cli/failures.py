"""From an error to one message on standard error and an exit code."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from typer.exceptions import TyperException

from audioguide.cli.signals import INTERRUPTED_TEXT, exit_code
from audioguide.errors import AudioguideError

DEBUG = "AUDIOGUIDE_DEBUG"
DISK = 5


def open_streams() -> None:
    """Let a stream that the caller closed (`>&-`) lead nowhere; take no sign for a failure.

    Otherwise the next file that is opened would get its number, and what a child process prints.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that a terminal does not know is no reason to fail
            stream.reconfigure(errors="replace")


def _no_more_output() -> None:
    # What is still to be written would fail once more at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_from_printing(error: BaseException) -> bool:
    # A write that fails does not say to where, and a flush after it no longer fails.
    return any(frame.name == "echo" for frame in traceback.extract_tb(error.__traceback__))


@contextmanager
def exit_codes(*, debug: bool = False) -> Iterator[None]:
    """Turn what goes wrong inside into a message and `typer.Exit`."""
    try:
        yield
    except AudioguideError as error:
        tell(str(error), debug=debug)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        tell(INTERRUPTED_TEXT, debug=debug)
        raise typer.Exit(exit_code()) from error
    except BrokenPipeError as error:
        _no_more_output()  # whoever read it has gone
        raise typer.Exit(0) from error
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and _is_from_printing(error):
            _no_more_output()
            tell(f"cannot write to standard output: {error.strerror or error}", debug=debug)
            raise typer.Exit(DISK) from error
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


def tell_notes() -> None:
    """Print what goes wrong on the way and stops nothing: a line each, on standard error."""
    import logging  # with what renders it is loaded anyway

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            tell(f"note: {record.getMessage()}", debug=False)

    logger = logging.getLogger("audioguide")  # above those of all packages
    if not logger.handlers:
        logger.addHandler(Notes())


def tell(message: str, *, debug: bool | None = None) -> None:
    """Print an error; with `debug`, or where the environment asks for it, its traceback first."""
    debug = bool(os.environ.get(DEBUG)) if debug is None else debug
    if debug:
        traceback.print_exc()
    typer.echo(f"audioguide: {message}", err=True)
