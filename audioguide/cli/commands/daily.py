"""`serve --daily`: what the session of each day is made from, written as the options of `compose`."""

from __future__ import annotations

import shlex

import typer
from typer.exceptions import TyperException

from audioguide.cli.calls.compose import command
from audioguide.compose.sentence import as_options
from audioguide.compose.service import composed, stocked
from audioguide.compose.wishes import Asked
from audioguide.errors import AudioguideError, UsageError
from audioguide.listener.options import Options
from audioguide.listing.index import Shelf
from audioguide.routine.library import Library


def read_daily(text: str) -> Asked:
    """Return what the options of `compose` in `text` ask for. Raises UsageError."""
    group = typer.Typer(add_completion=False)
    group.command(add_help_option=False)(command)
    try:
        given = typer.main.get_command(group).make_context("--daily", shlex.split(text)).params
    except TyperException as error:
        said = " ".join(error.format_message().split()).rstrip(".")
        raise UsageError(
            f"--daily: {said}", hint='use the options of `compose`, such as --daily "--for back"'
        ) from error
    except ValueError as error:  # a quotation mark that nothing closes
        raise UsageError(f"--daily: {error}") from error
    if sentence := given.pop("sentence"):
        hint = f"use the options of `compose`: {as_options(' '.join(sentence))}"
        raise UsageError(f"--daily: unexpected extra argument: {sentence[0]}", hint=hint)
    written = given.pop("out") != "-", given.pop("as_json"), given.pop("sessions"), given.pop("weeks")
    if any(written):
        raise UsageError("--daily does not work with -o, --json, --sessions or --weeks: it writes no files")
    return Asked(**given)


def tried(asked: Asked, library: Library, options: Options) -> None:
    """Make a session of this kind now. Raises UsageError with all that stands in its way."""
    exercises = stocked(library, _no_matter, Shelf(library, options))
    composed(asked, exercises, library)


def _no_matter(name: str, error: AudioguideError) -> None:
    """Say nothing of a routine that cannot be read: the page says it."""
