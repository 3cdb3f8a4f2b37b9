"""Of a command that is not called, nothing is needed but its name and its help.

typer makes the parameters of every command for every call: without them, `--help` takes a tenth less time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from copy import copy
from typing import Any

import typer
from typer.main import get_command_name


def called(app: typer.Typer, arguments: Collection[str]) -> typer.Typer:
    """Return `app` with what a call of these `arguments` needs; all of it where a shell completes a line."""
    return app if "_AUDIOGUIDE_COMPLETE" in os.environ else trimmed(app, arguments)


def trimmed(app: typer.Typer, words: Collection[str]) -> typer.Typer:
    """Return `app` with the parameters of those commands alone that one of `words` names."""
    found = copy(app)
    found.registered_commands = [copy(each) for each in app.registered_commands]
    for command in found.registered_commands:
        callback = command.callback
        if callback and (command.name or get_command_name(callback.__name__)) not in words:
            command.callback = _named_alike(callback)
    found.registered_groups = [copy(each) for each in app.registered_groups]
    for group in found.registered_groups:
        group.typer_instance = group.typer_instance and trimmed(group.typer_instance, words)
    return found


def _named_alike(callback: Callable[..., Any]) -> Callable[[], None]:
    def command() -> None:
        pass

    command.__name__, command.__doc__ = callback.__name__, callback.__doc__
    return command
