"""The program: every command by name, of which only those that a call names are loaded."""

import os
from collections.abc import Collection
from importlib import import_module
from typing import Annotated, Any

import typer

from audioguide.cli import logs
from audioguide.cli.failures import DEBUG, exit_codes
from audioguide.cli.help import GROUPS, WELCOME, Command, CommandGroup

COMPLETES = "_AUDIOGUIDE_COMPLETE"  # set by a shell that asks what could follow
SUMMARIES = {name: summary for group in GROUPS.values() for name, summary in group.items()}


def program(words: Collection[str] = tuple(SUMMARIES)) -> typer.Typer:
    """Return the command line; of a command that none of `words` names, it knows only name and summary."""
    found = typer.Typer(
        cls=_Program, invoke_without_command=True, pretty_exceptions_enable=False, rich_markup_mode=None,
        help="Turn routines into MP3s that you follow with your eyes closed.",
        # Otherwise typer takes "ESC [31m" out of a name where no terminal reads it: it is shown, escaped.
        context_settings={"color": True},
    )  # fmt: skip
    found.callback()(_start)
    for name, summary in SUMMARIES.items():
        call: Any = import_module(f"audioguide.cli.calls.{name}") if name in words else _Unloaded(summary)
        if hasattr(call, "app"):
            found.add_typer(call.app, name=name)
        else:
            found.command(name, cls=Command)(call.command)
    return found


class _Program(CommandGroup):
    """Commands whose errors become one message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        with exit_codes(debug=bool(os.environ.get(DEBUG))):
            return super().invoke(ctx)


class _Unloaded:
    """What stands for a command that is not called."""

    def __init__(self, summary: str) -> None:
        def command() -> None:
            pass

        command.__doc__ = summary
        self.command = command


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"audioguide {version('audioguide')}")
        raise typer.Exit


def _start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", hidden=True)] = False,
    verbose: logs.Verbose = 0,
    log: logs.File = "",
) -> None:
    del version, debug, verbose, log  # `main` has taken them
    if context.invoked_subcommand is None:
        typer.echo(WELCOME)
