"""From an error to one message on standard error and an exit code."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from typer.exceptions import TyperException

from audioguide.cli.envelope import print_failure
from audioguide.cli.missing import code_of, in_a_line, missing, while_importing
from audioguide.cli.signals import INTERRUPTED_TEXT, exit_code
from audioguide.cli.streams import DISK
from audioguide.errors import AudioguideError

DEBUG = "AUDIOGUIDE_DEBUG"
# What typer raises for a group of commands without one of them; it does not hand out the class itself.
_HELP = "NoArgsIsHelpError"


@contextmanager
def exit_codes(*, debug: bool = False) -> Iterator[None]:
    """Turn what goes wrong inside into a message and `typer.Exit`."""
    try:
        yield
    except AudioguideError as error:
        report(in_a_line(str(error)), debug=debug)
        print_failure(error.code, error)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        report(INTERRUPTED_TEXT, debug=debug)
        raise typer.Exit(exit_code()) from error
    except (OSError, MemoryError) as error:
        if while_importing(error):
            raise _without_library(error, debug=debug) from error
        report(str(error) or type(error).__name__, debug=debug)
        raise typer.Exit(DISK) from error
    except typer.Exit:
        raise
    except Exception as error:
        if not while_importing(error):
            raise
        raise _without_library(error, debug=debug) from error


def _without_library(error: Exception, *, debug: bool) -> typer.Exit:
    report(missing(error), debug=debug)
    return typer.Exit(code_of(error))


@contextmanager
def called_rightly() -> Iterator[None]:
    """Turn what typer finds wrong with the call itself into one line and its exit code."""
    try:
        yield
    except TyperException as error:
        if type(error).__name__ == _HELP:  # typer's own answer is the whole help
            typer.echo(error.format_message(), err=True)
        else:
            command = getattr(getattr(error, "ctx", None), "command_path", "audioguide")
            said = (
                _meant(error)
                or _needed(error)
                or _in_plain_words(" ".join(error.format_message().split()).rstrip("."))
            )
            report(f"{said} (`{command} --help` shows what is allowed)")
            print_failure("usage", said)
        sys.exit(error.exit_code)


def _meant(error: TyperException) -> str:
    """Say which option does what one that does not exist is named after; "" where that is not known."""
    option, context = getattr(error, "option_name", ""), getattr(error, "ctx", None)
    if not option or context is None:
        return ""
    from audioguide.cli.meant import meant  # here: only a call that is wrong pays for it

    known = {name for param in context.command.params for name in param.opts}
    advice = meant(option, known)
    return f"there is no option {option}: {advice}" if advice else ""


def _needed(error: TyperException) -> str:
    """Say how to give the argument that is missing; "" where none is, or another."""
    from audioguide.cli.meant import NEEDED

    missing = getattr(error, "param", None) if not getattr(error, "message", "") else None
    return NEEDED.get(getattr(missing, "metavar", None) or "", "")


_PLAIN = (
    (re.compile(r"Missing (argument|option) '(\S+)'"), r"the \1 \2 is missing"),
    (re.compile(r"Option '(\S+)' requires an argument"), r"write a value after \1"),
    (
        re.compile(r"Got unexpected extra argument\(?s?\)? \((.*)\)"),
        r"there is a word too many: \1; put a name with spaces in quotes",
    ),
    (re.compile(r"No such command '(.*)'"), r"there is no command '\1'"),
    (re.compile(r"Invalid value for '(-\S+)(?: / \S+)*': "), r"\1: "),
    (re.compile(r"Input should be a valid integer(?:,.*)?"), "write a whole number, such as 3"),
    (re.compile(r"Input should be a valid number(?:,.*)?"), "write a number, such as 3 or 1.5"),
    (re.compile(r"Input should be a valid boolean(?:,.*)?"), "write true or false"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"write at least \1"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"write at most \1"),
    (re.compile(r"Value error, "), ""),
)


def _in_plain_words(said: str) -> str:
    """Return what the command line's library says, without the words of programmers."""
    for pattern, plain in _PLAIN:
        said = pattern.sub(plain, said)
    return said


def print_notes() -> None:
    """Print what goes wrong on the way and stops nothing: a line each, on standard error."""
    import logging  # with what renders it is loaded anyway

    class Notes(logging.Handler):
        prints_notes = True

        def emit(self, record: logging.LogRecord) -> None:
            report(f"note: {record.getMessage()}", debug=False)

    logger = logging.getLogger("audioguide")  # above those of all packages
    if not any(hasattr(each, "prints_notes") for each in logger.handlers):
        logger.addHandler(Notes(logging.WARNING))


def report(message: str, *, debug: bool | None = None) -> None:
    """Print an error; with `debug`, or where the environment asks for it, its traceback first."""
    debug = bool(os.environ.get(DEBUG)) if debug is None else debug
    if debug:
        traceback.print_exc()
    typer.echo(f"audioguide: {message}", err=True, color=True)  # nothing is taken out of a name
