"""A table of rows as it is in its file, whatever kind of file that is."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from audioguide.errors import Fault, RoutineError, UsageError
from audioguide.untrusted.files import NotRegular, open_regular

Kind = Literal["csv", "jsonl", "yaml", "xlsx"]
KINDS: Mapping[str, Kind] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".yaml": "yaml", ".yml": "yaml", ".xlsx": "xlsx",
}  # fmt: skip
LARGEST = 256 * 1024 * 1024  # bytes; a million rows of a studio have about 100 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a table is written, so that failed rows can be written the same way."""

    kind: Kind
    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its `number` as a spreadsheet counts (the header is row 1), and the `line` where it starts.

    `values` are by column, as the header names it; an empty cell is not in them.
    """

    number: int
    line: int
    values: Mapping[str, object]
    extra: tuple[str, ...] = ()  # cells after the last column


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The `rows` of the file `path`, with the names of all `columns` in order, from row `header`.

    `notes` say what was assumed when it was read, and `faults` what is wrong with a row, by its number.
    """

    path: Path
    form: Form
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    faults: Mapping[int, tuple[Fault, ...]] = field(default_factory=dict)
    header: int = 1

    def place(self, row: TableRow, column: str = "") -> tuple[int, int]:
        """Return the line and the column of a cell, both from 1, as messages name them."""
        return row.line, self.columns.index(column) + 1 if column in self.columns else 1

    def says(self, row: TableRow, column: str = "") -> str:
        """Return how a message names a cell: "row 7, column 'hold'"."""
        named = f", column '{column}'" if column else ""
        return f"row {row.number}{named}"


def kind_of(path: Path) -> Kind:
    """Return what kind of table the name of `path` says it is. Raises UsageError for any other name."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UsageError(
            f"{path}: a table of clients is a .csv, .jsonl, .yaml or .xlsx file; "
            "save it in one of these formats (a spreadsheet can save as CSV)"
        )
    return kind


def contents(path: Path) -> bytes:
    """Return the bytes of the file `path`. Raises RoutineError where it cannot be read or is too large."""
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except NotRegular as error:
        raise RoutineError(f"{path} is {error.kind}, not a table of clients") from error
    except FileNotFoundError as error:
        hint = f"`audioguide batch {shlex.quote(str(path))} --new knee-to-chest` writes one to fill in"
        raise RoutineError(f"there is no file {path}", hint=hint) from error
    except (OSError, ValueError) as error:
        raise RoutineError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LARGEST:
        raise RoutineError(f"{path} is larger than {LARGEST // 1024**2} MiB: split it into several files")
    return data
