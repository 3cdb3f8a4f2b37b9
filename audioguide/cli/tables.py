"""Tables in plain text. Rich would take longer to load than a whole `show` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import typer

from audioguide.cli.folded import columns as _width
from audioguide.cli.folded import folded, terminal_columns
from audioguide.cli.streams import BOLD, print_styled

SPACE = "  "
NARROWEST = 24  # columns for the last cell; below that, the cells before it are folded
_LEAST = 12  # columns to which these are folded at most


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    headings: Mapping[int, str] | None = None,
) -> None:
    """Print `rows` under `columns`; those at the indexes `right` are aligned to the right.

    `headings` stand above the rows with these numbers.

    On a terminal the last column is folded to fit, and then the widest of the others; on a narrow one it
    stands below the others. In a pipe, lines stay whole.
    """
    lines = [tuple(columns), *map(tuple, rows)]
    widths = [max(map(_width, cells)) for cells in zip(*lines, strict=True)][:-1]
    room = terminal_columns()
    if room is not None:
        widths = _narrowed(widths, room, right)
    for number, line in enumerate(lines):
        if heading := (headings or {}).get(number - 1):
            typer.echo()
            print_styled(heading, BOLD)
        for shown in _row(line, widths, room, right):
            typer.echo(shown) if number else print_styled(shown, BOLD)


def _narrowed(widths: Sequence[int], room: int, right: Sequence[int]) -> list[int]:
    """Return `widths`, the widest made narrower until the last column has room.

    The first column keeps its width: what is in it, a name, is copied.
    """
    found = list(widths)
    while _start(found) + NARROWEST > room:
        foldable = [index for index in range(1, len(found)) if found[index] > _LEAST and index not in right]
        if not foldable:
            break
        widest = max(foldable, key=lambda index: found[index])
        found[widest] -= 1
    return found


def _start(widths: Sequence[int]) -> int:
    return sum(widths) + len(SPACE) * len(widths)


def _row(line: Sequence[str], widths: Sequence[int], room: int | None, right: Sequence[int]) -> Iterator[str]:
    start = _start(widths)
    *cells, last = line
    folds = [[*folded(cell, width)] for cell, width in zip(cells, widths, strict=True)]
    below = room is not None and start + NARROWEST > room
    if not below:
        folds.append([*folded(last, None if room is None else room - start)])
    for parts in zip_longest(*folds, fillvalue=""):
        shown = [
            _filled(part, width, index in right)
            for index, (part, width) in enumerate(zip(parts, widths, strict=False))
        ]
        yield SPACE.join([*shown, *parts[len(widths) :]]).rstrip()
    if below and last and room is not None:
        for part in folded(last, room - len(SPACE)):
            yield SPACE + part


def _filled(cell: str, width: int, right: bool) -> str:
    missing = " " * (width - _width(cell))
    return missing + cell if right else cell + missing
