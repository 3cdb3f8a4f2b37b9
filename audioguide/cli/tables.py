"""Tables in plain text. Rich would take longer to load than a whole `show` does."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import typer

from audioguide.cli.streams import BOLD, print_styled

SPACE = "  "
NARROWEST = 20  # columns for the last cell, however narrow the terminal is


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    headings: Mapping[int, str] | None = None,
) -> None:
    """Print `rows` under `columns`; those at the indexes `right` are aligned to the right.

    `headings` stand above the rows with these numbers.

    On a terminal the last column is folded to fit; in a pipe, lines stay whole.
    """
    lines = [tuple(columns), *map(tuple, rows)]
    widths = [max(map(_width, cells)) for cells in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        if heading := (headings or {}).get(number - 1):
            typer.echo()
            print_styled(heading, BOLD)
        cells = [_filled(cell, widths[index], index in right) for index, cell in enumerate(line[:-1])]
        for shown in _folded(SPACE.join([*cells, ""]), line[-1]):
            typer.echo(shown) if number else print_styled(shown, BOLD)


def _folded(start: str, last: str) -> Iterator[str]:
    room = shutil.get_terminal_size().columns - _width(start)
    parts = textwrap.wrap(last, max(room, NARROWEST)) if sys.stdout.isatty() else [last]
    yield (start + "".join(parts[:1])).rstrip()
    for part in parts[1:]:
        yield " " * _width(start) + part


def _filled(cell: str, width: int, right: bool) -> str:
    missing = " " * (width - _width(cell))
    return missing + cell if right else cell + missing


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    # Chinese and Japanese letters take two columns; marks that are set over a letter take none.
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))
