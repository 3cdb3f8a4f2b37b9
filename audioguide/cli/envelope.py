"""What every command prints with `--json`: one object, with the same four fields before those of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import typer

from audioguide.errors import AudioguideError, RoutineError

_GROUPS = {"voices": ("add", "remove", "compare", "record-list"), "cache": ("info", "clear", "prune")}


def print_json(
    command: str,
    data: Mapping[str, Any],
    errors: Iterable[Mapping[str, Any]] = (),
    *,
    ok: bool | None = None,
    indent: int | None = None,
) -> None:
    """Print what `command` found: `ok` where its exit code is 0, the `errors` that ended it, then `data`."""
    import json  # here: most calls print none

    listed = list(errors)
    head = {
        "audioguide": version(),
        "command": command,
        "ok": not listed if ok is None else ok,
        "errors": listed,
    }
    typer.echo(json.dumps({**head, **data}, ensure_ascii=False, indent=indent))


def error_data(error: AudioguideError) -> dict[str, Any]:
    """Return an error as JSON data: its code, what it says, and the place of each fault."""
    faults = error.faults if isinstance(error, RoutineError) else ()
    return {
        "code": error.code, "message": str(error),
        "faults": [
            {"file": each.file, "line": each.line, "column": each.column, "found": each.found}
            for each in faults
        ],
    }  # fmt: skip


def coded(code: str, messages: Iterable[str]) -> list[dict[str, Any]]:
    """Return `messages` as errors of one code."""
    return [{"code": code, "message": message} for message in messages]


def print_failure(code: str, error: AudioguideError | str) -> None:
    """Print the error that ended a command, if JSON was asked for and standard output is for it."""
    asked = sys.argv[1:]
    if "--json" in asked and not _sound_on_standard_output(asked):
        data = error_data(error) if isinstance(error, AudioguideError) else coded(code, [error])[0]
        print_json(command_of(asked), {}, [data])


def command_of(arguments: Sequence[str]) -> str:
    """Return the command that the words of a call name, such as "voices add"; "" where they name none."""
    words = [word for word in arguments if not word.startswith("-")]
    first = words[0] if words else ""
    return " ".join([first, *(word for word in words[1:2] if word in _GROUPS.get(first, ()))])


def _sound_on_standard_output(arguments: Sequence[str]) -> bool:
    return any(pair in (("-o", "-"), ("--out", "-")) for pair in pairwise(arguments))


@cache
def version() -> str:
    """Return the version of audioguide."""
    from importlib.metadata import version as version_of

    return version_of("audioguide")
