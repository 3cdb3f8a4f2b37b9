"""The command reference, from the command line itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from audioguide.cli.help import GROUPS, sections
from audioguide.cli.program import program as build

HEAD = """# Commands

Every command with its options. `audioguide COMMAND --help` prints the same. `--debug` may be added to any of
them: it shows the traceback of an error. [What the exit codes mean](running.md).
"""


def reference() -> str:
    """Return the page as Markdown."""
    program = get_command(build())
    if not isinstance(program, TyperGroup):
        raise TypeError("the program has no commands")
    parts = [HEAD]
    for group, names in GROUPS.items():
        parts.append(f"## {group}\n")
        for name in names:
            parts += _command(f"audioguide {name}", program.commands[name], "###")
    return "\n".join(parts)


def _command(name: str, command: Any, level: str) -> Iterator[str]:
    context = Context(command, info_name=name)
    yield f"{level} `{name}`\n"
    yield f"```text\n{' '.join(command.get_usage(context).removeprefix('Usage: ').split())}\n```\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    shown = [param for param in command.get_params(context) if param.name != "help"]
    for heading, rows in sections(shown, context):
        yield f"| {heading.lower()} | |\n|---|---|"
        yield from (f"| `{_cell(first)}` | {_cell(second)} |" for first, second in rows)
        yield ""
    for each, inner in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {each}", inner, f"{level}#")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
