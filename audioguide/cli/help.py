"""Help texts: commands and options in groups, and what `audioguide` alone prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup, TyperOption

from audioguide.cli.plain_values import take_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first line of what the help of each command says: to list them, none of them is loaded.
GROUPS: dict[str, dict[str, str]] = {
    "Make": {
        "list": "List the routines and about how long each one takes.",
        "show": "Show what a routine will say and when.",
        "render": "Make the MP3 of a routine, or of a timed script.",
        "compose": "Make a session for you, from exercises of the library.",
        "plan": "Make a plan of several weeks, with growing holds.",
        "batch": "Make the files of many clients, from a table.",
        "export": "Write captions, lyrics, chapters or a page to print.",
    },
    "Play": {
        "play": "Play a routine on this computer.",
        "serve": "Open a page to pick, adjust and play routines.",
        "practice": "Show what you have done, week by week.",
        "voices": "List, compare, try, add and remove voices.",
        "say": "Speak a text into a file, or print how it is read.",
    },
    "Write": {
        "new": "Create a commented starter routine, ready to render.",
        "draft": "Make routines from a leaflet, an article or another text.",
        "prompt": "Print a page that lets a chat program write a routine.",
        "schema": "Print the JSON Schema of routines, for your editor.",
    },
    "Check": {
        "check": "Check routine files: mistakes, and anything unsafe.",
        "verify": "Measure an MP3: the length of each hold, and its sound.",
        "compile": "Write timed scripts without making sound.",
    },
    "Maintain": {
        "doctor": "Check that everything needed is installed and works.",
        "config": "Show your personal defaults and where they are stored.",
        "cache": "Inspect or clear the cache.",
    },
}
EXAMPLES = (
    ("audioguide render back-relaxation", "writes out/back-relaxation.mp3"),
    ("audioguide render knee-to-chest --hold 25s", "holds of 25 seconds"),
)
WELCOME = """\
audioguide turns a routine into an MP3 that you follow with your eyes closed.

  audioguide render back-relaxation   make your first MP3: out/back-relaxation.mp3
  audioguide play back-relaxation     hear it on this computer
  audioguide list                     list all routines
  audioguide serve --lan              choose and play on your phone

`audioguide --help` lists all commands."""

# The two options that typer adds to every program, in fewer words; one of them is enough to find the other.
_COMPLETION, _UNLISTED = "install_completion", "show_completion"
_COMPLETION_HELP = "complete commands with the Tab key in this shell"
ARGUMENTS, OTHER = "Arguments", "Options"
# How typer shows types and bounds: as programmers write them.
_TYPE, _RANGE = re.compile(r" <[\w\[\]]+>"), re.compile(r"(-?[\d.]+)<=x<=(-?[\d.]+)")


class Command(TyperCommand):
    """A command that shows its options in groups."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line, without hidden arguments."""
        params = self.get_params(ctx)
        hidden = {
            word for each in params if getattr(each, "hidden", False) for word in each.get_usage_pieces(ctx)
        }
        return [word for word in super().collect_usage_pieces(ctx) if word not in hidden]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read `args` into `ctx`, plain values without pydantic."""
        take_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then each group of options, those without a group at the end."""
        _write(formatter, sections(self.get_params(ctx), ctx))


class Subcommands(TyperGroup):
    """A command that has commands of its own, after its options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, then the commands."""
        _write(formatter, sections(self.get_params(ctx), ctx))
        self.format_commands(ctx, formatter)


class CommandGroup(TyperGroup):
    """The program: its commands in groups, examples, and its own options last."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read `args` into `ctx`, plain values without pydantic."""
        take_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, then examples, then the options."""
        self.format_commands(ctx, formatter)
        with formatter.section("Examples"):
            formatter.write_dl(EXAMPLES, col_max=50)
        for param in self.get_params(ctx):
            if isinstance(param, TyperOption):
                param.hidden = param.hidden or param.name == _UNLISTED
                if param.name == _COMPLETION:
                    param.help = _COMPLETION_HELP
        _write(formatter, sections(self.get_params(ctx), ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a line for each command, with the name of its group before the first."""
        del ctx
        indent = max(map(len, GROUPS)) + 2
        width = max(map(len, self.commands)) + 2
        for group, names in GROUPS.items():
            formatter.write_paragraph()
            head = group
            for name in names:
                text = self.commands[name].get_short_help_str(formatter.width - indent - width)
                formatter.write(f"{head:<{indent}}{name:<{width}}{text}\n")
                head = ""


def sections(params: Iterable[Any], ctx: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the heading and the lines of each group: arguments, groups in the order of options, the rest."""
    found: dict[str, list[tuple[str, str]]] = {}
    for param in params:
        if (record := param.get_help_record(ctx)) is not None:
            record = (_TYPE.sub("", record[0]), _RANGE.sub(r"\1 to \2", record[1]))
            name = ARGUMENTS if param.param_type_name == "argument" else param.rich_help_panel or OTHER
            found.setdefault(name, []).append(record)
    for name in sorted(found, key=lambda name: (name != ARGUMENTS, name == OTHER)):
        yield name, found[name]


def _write(formatter: Any, sections: Iterable[tuple[str, list[tuple[str, str]]]]) -> None:
    for name, lines in sections:
        with formatter.section(name):
            formatter.write_dl(lines)
