"""Reading a table of any kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audioguide.batch.listed import read_jsonl, read_yaml
from audioguide.batch.separated import read_csv
from audioguide.batch.sheet import read_xlsx
from audioguide.batch.table import Kind, Table, TableRow, contents, kind_of

_READERS: dict[Kind, Callable[[Path, bytes], Table]] = {
    "csv": read_csv, "jsonl": read_jsonl, "yaml": read_yaml, "xlsx": read_xlsx,
}  # fmt: skip


def read_table(path: Path) -> Table:
    """Read the table at `path`.

    Raises UsageError for an unknown kind of file, RoutineError with every fault for one that is not a table.
    """
    return _without_repeated_names(_READERS[kind_of(path)](path, contents(path)))


def _without_repeated_names(table: Table) -> Table:
    """Leave out rows that name the columns once more, as those of joined tables do, and say so."""
    again = {row.number for row in table.rows if _repeats_names(row)}
    if not again:
        return table
    notes = (f"{table.path}: row {number} repeats the names of the columns: left out" for number in again)
    return replace(
        table, rows=tuple(row for row in table.rows if row.number not in again),
        faults={number: found for number, found in table.faults.items() if number not in again},
        notes=(*table.notes, *notes),
    )  # fmt: skip


def _repeats_names(row: TableRow) -> bool:
    cells = row.values.items()
    return bool(cells) and all(isinstance(cell, str) and cell.strip() == name for name, cell in cells)
