"""The command reference, from the command line itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from audioguide.cli.app import app
from audioguide.cli.help import GROUPS, OTHER

HEAD = """# Commands

Every command with its options. `audioguide COMMAND --help` prints the same. `--debug` may be added to any of
them: it shows the traceback of an error. [What the exit codes mean](running.md).
"""


def reference() -> str:
    """Return the page as Markdown."""
    program = get_command(app)
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
    for heading, rows in _options(command, context).items():
        yield f"| {heading.lower()} | |\n|---|---|"
        yield from (f"| `{_cell(first)}` | {_cell(second)} |" for first, second in rows)
        yield ""
    for each, inner in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {each}", inner, f"{level}#")


def _options(command: Any, context: Context) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is None or param.name == "help":
            continue
        heading = "Arguments" if param.param_type_name == "argument" else param.rich_help_panel or OTHER
        found.setdefault(heading, []).append(record)
    return dict(sorted(found.items(), key=lambda item: (item[0] != "Arguments", item[0] == OTHER)))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
