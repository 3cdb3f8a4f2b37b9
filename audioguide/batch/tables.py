"""Reading a table of any kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audioguide.batch.listed import read_jsonl, read_yaml
from audioguide.batch.separated import read_csv
from audioguide.batch.sheet import read_xlsx
from audioguide.batch.table import Kind, Table, contents, kind_of

_READERS: dict[Kind, Callable[[Path, bytes], Table]] = {
    "csv": read_csv, "jsonl": read_jsonl, "yaml": read_yaml, "xlsx": read_xlsx,
}  # fmt: skip


def read_table(path: Path) -> Table:
    """Read the table at `path`.

    Raises UsageError for an unknown kind of file, RoutineError with every fault for one that is not a table.
    """
    return _READERS[kind_of(path)](path, contents(path))
