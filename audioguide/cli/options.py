"""Options that several commands share; those that shape a script come from `audioguide.listener.options`."""

# Here and in the modules of commands, annotations are not texts (no `from __future__ import annotations`):
# typer would evaluate each of them twice before it prints as much as `--help`.

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from audioguide.cli import completing
from audioguide.errors import UsageError
from audioguide.listener.options import EXERCISE, NOTHING, OPTIONS, OptionInfo, Options, allowed_in

FILES = "Files"  # the heading in the help over what says where, and in which format

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME_OR_FILE",
        show_default=False,
        help="routines of the library, or your own files; - for standard input",
        autocompletion=completing.routines,
    ),
]
Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME_OR_FILE",
        show_default=False,
        help="a routine; default: the one named in the overlay",
        autocompletion=completing.routines,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="print JSON, and nothing else, on standard output")]
Estimate = Annotated[
    bool, typer.Option("--estimate", help="estimate the length of phrases instead of measuring the voice")
]
Strict = Annotated[bool, typer.Option("--strict", help="treat warnings as errors")]
Explain = Annotated[
    str,
    typer.Option(
        "--explain", metavar="CODE", help="say what a check or an exit code means",
        autocompletion=completing.codes,
    ),
]  # fmt: skip
WithFiles = Annotated[
    str | None,
    typer.Option(
        "--with-files", metavar="[=all|NAME,...]", show_default=False,
        help="also write: vtt, srt, lrc, labels, chapters, m3u8, sheet, picture",
        rich_help_panel=FILES,
    ),
]  # fmt: skip
SoundFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="audio format: mp3, m4b, opus, flac or wav",
        rich_help_panel=FILES,
        autocompletion=completing.formats,
    ),
]
OutFolder = Annotated[str, typer.Option("-o", "--out", metavar="DIR", help="where to write")]
OutFile = Annotated[
    str,
    typer.Option(
        "-o",
        "--out",
        metavar="DIR|FILE",
        help="a folder, one file, or - for standard output",
        rich_help_panel=FILES,
    ),
]
Bitrate = Annotated[
    int | None,
    typer.Option(
        "--bitrate", metavar="KBIT", help="kbit/s; default: 96 (MP3, M4B) or 64 (Opus)", rich_help_panel=FILES
    ),
]
AnyFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="audio format: mp3 (the default), m4b, opus, flac or wav",
        rich_help_panel=FILES,
        autocompletion=completing.formats,
    ),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="YEAR", min=1000, max=9999, help="year for the tags", rich_help_panel=FILES
    ),
]
FileName = Annotated[
    str,
    typer.Option(
        "--name",
        metavar="NAME",
        help="name of the files; default: that of the routine",
        rich_help_panel=FILES,
    ),
]
ProveWords = Annotated[
    bool,
    typer.Option(
        "--prove-words", help="check each phrase with a speech recogniser, and speak again those it misheard"
    ),
]  # fmt: skip

# What only the command line has: two settings by themselves, and the file of an overlay.
_SHORTCUTS: dict[str, Any] = {
    "hold": Annotated[
        str | None,
        typer.Option(
            "--hold", metavar="TIME", help="length of each hold; same as --set hold=TIME",
            rich_help_panel=EXERCISE,
        ),
    ],
    "reps": Annotated[
        int | None,
        typer.Option(
            "--reps", metavar="N", help="repetitions; same as --set reps=N", rich_help_panel=EXERCISE
        ),
    ],
    "overlay": Annotated[
        Path | None,
        typer.Option(
            "--with", metavar="FILE",
            help="an overlay: one person's settings, parts to skip, voice",
            rich_help_panel=EXERCISE,
        ),
    ],
}  # fmt: skip
_PLACES = {"settings": ("hold", "reps"), "guidance": ("overlay",)}  # what stands after an option in the help


@dataclass(frozen=True, slots=True)
class Choices:
    """What a call on the command line asks for, apart from the routine."""

    options: Options = NOTHING
    overlay: Path | None = None


Weeks = Annotated[
    int | None,
    typer.Option(
        "--weeks", metavar="N", help="number of weeks of the plan; default: 4, or fewer for few sessions"
    ),
]
AsPage = Annotated[
    bool, typer.Option("--page", help="one HTML file to pass on: it opens offline, with the sound in it")
]
PageBitrate = Annotated[
    int | None, typer.Option("--bitrate", metavar="KBIT", help="kbit/s of the sound in a page")
]

# What shapes the voice of a single phrase.
SPEAKS = frozenset({"voice", "rate", "pitch", "warm", "engine"})
# What counts only where sounds are mixed.
MIXED = frozenset({"bed", "bed_volume", "chime_volume"})

Command = Callable[..., None]


def choosing(
    *, without: frozenset[str] = frozenset(), only: frozenset[str] | None = None
) -> Callable[[Command], Command]:
    """Give a command the options that shape a script in place of its parameter `choices`.

    `without` some, or `only` those that are named.
    """
    options = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation,
            default=False if name == "beyond_bounds" else None,
        )
        for name, annotation in _annotations()
        if name not in without and (only is None or name in only)
    ]  # fmt: skip

    def chosen(command: Command) -> Command:
        @wraps(command)
        def call(**given: Any) -> None:
            choices = _choices({option.name: given.pop(option.name) for option in options})
            command(choices=choices, **given)

        signature = inspect.signature(command, eval_str=True)
        parameters: list[inspect.Parameter] = []
        for parameter in signature.parameters.values():
            own = parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            parameters += options if parameter.name == "choices" else [own]
        # typer reads this to know what the command takes.
        vars(call)["__signature__"] = signature.replace(parameters=parameters)
        return call

    return chosen


@cache
def _annotations() -> tuple[tuple[str, Any], ...]:
    """Return every parameter that shapes a script, in the order of the help, as typer wants it."""
    types = {each.name: each.type for each in fields(Options)}
    found: list[tuple[str, Any]] = []
    for name, info in allowed_in("call").items():
        found.append((name, Annotated[_type(types[name], info), _option(name, types[name], info)]))
        found += ((shortcut, _SHORTCUTS[shortcut]) for shortcut in _PLACES.get(name, ()))
    return tuple(found)


def _type(annotation: Any, info: OptionInfo) -> Any:
    if info.flag == "--set" or annotation == tuple[str, ...]:
        return list[str] | None
    return str | None if info.read else annotation


def _option(name: str, annotation: Any, info: OptionInfo) -> Any:
    flag = flag_of(name)
    if annotation == bool | None:
        flags = f"{flag}/--no-{flag.removeprefix('--')}"
        return typer.Option(flags, help=info.help, show_default=False, rich_help_panel=info.group)
    return typer.Option(
        flag, metavar=info.metavar, min=info.low, max=info.high, help=info.help, rich_help_panel=info.group,
        autocompletion=completing.OFFERED.get(name),
    )  # fmt: skip


def flag_of(option: str) -> str:
    """Return the name of an option on the command line."""
    return OPTIONS[option].flag or f"--{option.replace('_', '-')}"


def _choices(given: dict[str, Any]) -> Choices:
    overlay = given.pop("overlay", None)
    sets, hold, reps = (given.pop(name, None) for name in ("settings", "hold", "reps"))
    if "skip" in given:
        given["skip"] = tuple(dict.fromkeys(given["skip"] or ()))
    asked = {name: _read(name, value) for name, value in given.items()}
    return Choices(Options(settings=_settings(sets or (), hold, reps), **asked), overlay)


def _read(name: str, value: Any) -> Any:
    read = OPTIONS[name].read
    if read is None or value is None:
        return value
    try:
        return read(value)
    except ValueError as error:
        raise UsageError(f"{flag_of(name)}: {error}") from error


def _settings(sets: Any, hold: str | None, reps: int | None) -> dict[str, str]:
    """Return the settings asked for. Raises UsageError for what is not NAME=VALUE, or given twice."""
    pairs = [(text.partition("=")[0].strip(), text.partition("=")[2].strip(), text) for text in sets]
    for name, value, text in pairs:
        if not name or not value:
            raise UsageError(f"--set takes NAME=VALUE, such as --set hold=25s; found '{text}'")
    pairs += [("hold", hold, "--hold")] if hold is not None else []
    pairs += [("reps", str(reps), "--reps")] if reps is not None else []
    names = [name for name, _, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(f"the setting '{twice}' is given twice")
    return {name: value for name, value, _ in pairs}
