"""`-v` and `--log FILE`: what the program says of its work. Without them, nothing is loaded for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from audioguide.cli.failures import print_notes, report
from audioguide.cli.streams import DISK
from audioguide.untrusted.characters import escaped

Verbose = Annotated[
    int,
    typer.Option(
        "-v", "--verbose", count=True, show_default=False,
        help="say what is done; more: -vv, --log FILE, --debug",
    ),
]  # fmt: skip
File = Annotated[str, typer.Option("--log", metavar="FILE", hidden=True)]

_VERBOSE = {"-v": 1, "--verbose": 1, "-vv": 2}
_LOG = "--log"
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@dataclass(frozen=True, slots=True)
class Logs:
    """What a call asks for: how much is said on standard error (0, 1, 2), and the file for all of it."""

    verbose: int = 0
    file: str | None = None


def taken(arguments: Sequence[str]) -> tuple[list[str], Logs]:
    """Return `arguments` without the options of this module, which may stand anywhere before a `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    rest: list[str] = []
    verbose, file, words = 0, None, iter(arguments[:end])
    for word in words:
        name, equals, value = word.partition("=")
        if word in _VERBOSE:
            verbose += _VERBOSE[word]
        elif name == _LOG:
            file = value if equals else next(words, "")
        else:
            rest.append(word)
    return [*rest, *arguments[end:]], Logs(verbose, file)


def begin(logs: Logs) -> None:
    """Set up what `logs` asks for. A file that cannot be written ends the program."""
    if not logs.verbose and logs.file is None:
        return
    import logging

    class Plain(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return escaped(super().format(record)).replace("\n", "\\n")  # one line each

    class Said(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno < logging.WARNING:  # from there on, it is a note
                typer.echo(f"{record.relativeCreated / 1000:8.3f} s  {self.format(record)}", err=True)

    logger = logging.getLogger("audioguide")
    logger.setLevel(logging.DEBUG)
    print_notes()
    if logs.verbose:
        said = Said(logging.INFO if logs.verbose == 1 else logging.DEBUG)
        said.setFormatter(Plain("%(name)s: %(message)s"))
        logger.addHandler(said)
    if logs.file is not None:
        try:
            kept = logging.FileHandler(logs.file, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            report(f"--log: '{logs.file}' cannot be written: {error.strerror or error}", debug=False)
            sys.exit(DISK)
        kept.setFormatter(Plain(_LINE))
        logger.addHandler(kept)
