"""Rows as JSON Lines, one object a line, and as a YAML list of mappings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from audioguide.batch.separated import decoded
from audioguide.batch.table import Form, Table, TableRow
from audioguide.errors import Fault, RoutineError, faulty
from audioguide.routine.limits import LARGEST_FILE
from audioguide.routine.source import parse_source

YAML_ROWS = "a list of clients: lines that begin with `- `, such as `- {client: anna, routine: cat-cow}`"


def read_jsonl(path: Path, data: bytes) -> Table:
    """Read a table from the bytes of a file of JSON objects. Raises RoutineError with every fault."""
    text, encoding = decoded(data, path)
    rows: list[TableRow] = []
    faults: list[Fault] = []
    for line, written in enumerate(text.split("\n"), start=1):
        if not written.strip():
            continue
        try:
            value = json.loads(written, object_pairs_hook=_without_twins)
            if not isinstance(value, dict):
                raise ValueError(f"found {written.strip()[:40]}")
            rows.append(TableRow(line, line, _filled(value)))
        except (ValueError, RecursionError) as error:
            fix = 'write one JSON object a line, such as {"client": "anna", "routine": "cat-cow"}'
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            said = f"row {line}: not a JSON object: {error}"
            faults.append(Fault(file=str(path), line=line, column=column, found=said, allowed=fix))
    if faults:
        raise faulty(str(path), faults)
    return _table(path, Form(kind="jsonl", encoding=encoding), rows)


def read_yaml(path: Path, data: bytes) -> Table:
    """Read a table from the bytes of a YAML list of mappings. Raises RoutineError with every fault."""
    if len(data) > LARGEST_FILE:
        raise RoutineError(
            f"{path} is larger than {LARGEST_FILE // 1024} KiB: save a long list as .jsonl or .csv"
        )
    text, encoding = decoded(data, path)
    source = parse_source(text.replace("\r\n", "\n"), str(path))
    if not isinstance(source.data, list):
        raise faulty(str(path), [source.fault((), "this is not a list of clients", YAML_ROWS)])
    rows, faults = [], []
    for index, each in enumerate(source.data):
        if not isinstance(each, Mapping):
            faults.append(source.fault((index,), f"row {index + 1} is not a mapping", YAML_ROWS))
            continue
        line = source.fault((index,), "").line
        rows.append(TableRow(index + 1, line, _filled({str(key): _plain(each[key]) for key in each})))
    if faults:
        raise faulty(str(path), faults)
    return _table(path, Form(kind="yaml", encoding=encoding), rows)


def _table(path: Path, form: Form, rows: list[TableRow]) -> Table:
    columns = dict.fromkeys(name for row in rows for name in row.values)
    return Table(path=path, form=form, columns=tuple(columns), rows=tuple(rows))


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _without_twins(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the key '{name}' appears twice")
        found[name] = value
    return found


def _plain(value: Any) -> Any:
    """Return `value` without what the parser keeps of its places."""
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in value}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value
