"""The rows that failed, in the form of the table, with the reason of each: to be corrected and run again."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from audioguide.batch.cells import FORMULA
from audioguide.batch.columns import plain_name
from audioguide.batch.table import Kind, Table, TableRow
from audioguide.routine.source import as_yaml
from audioguide.storage.atomic import write_atomically

REASON = "reason"
_SUFFIXES: Mapping[Kind, str] = {"csv": ".csv", "xlsx": ".csv", "jsonl": ".jsonl", "yaml": ".yaml"}


def failures_path(folder: Path, table: Table) -> Path:
    """Return where the failed rows of `table` are written."""
    return folder / f"failures{_SUFFIXES[table.form.kind]}"


def write_failures(path: Path, table: Table, failed: Sequence[tuple[TableRow, str]]) -> None:
    """Write the `failed` rows, each with its reason, to `path`; without any, remove what is there.

    Raises OutputError.
    """
    if not failed:
        path.unlink(missing_ok=True)
        return
    write_atomically(path, _written(table, [(row, one_line(reason)) for row, reason in failed]))


def one_line(reason: str) -> str:
    """Return `reason` without line breaks."""
    return " ".join(reason.split())


def _written(table: Table, failed: Sequence[tuple[TableRow, str]]) -> bytes:
    form = table.form
    rows = [{**_without_reason(row.values), REASON: reason} for row, reason in failed]
    if form.kind == "jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    elif form.kind == "yaml":
        text = as_yaml(rows)
    else:
        columns = [name for name in table.columns if name and plain_name(name) != REASON]
        text = _csv([*columns, REASON], rows, [row.extra for row, _ in failed], form.delimiter)
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(form.encoding, "")
    try:
        return (mark + text).encode(form.encoding)
    except UnicodeEncodeError:  # a reason may name what the encoding of the table lacks
        return text.encode("utf-8-sig")


def _csv(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    extras: Sequence[Sequence[str]],
    delimiter: str,
) -> str:
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(columns)
    for row, extra in zip(rows, extras, strict=True):
        cells = [*(row.get(name, "") for name in columns), *extra]
        writer.writerow([_harmless(cell) for cell in cells])
    return file.getvalue()


def _harmless(value: object) -> str:
    """Return a cell that no spreadsheet runs (OWASP, CSV Injection): a formula begins with a '."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    number = text.lstrip("+-").replace(",", "").replace(".", "").replace("dB", "").strip().isdigit()
    return f"'{text}" if text.startswith(FORMULA) and not number else text


def _without_reason(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if plain_name(name) != REASON}
