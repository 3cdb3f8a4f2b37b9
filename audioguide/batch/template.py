"""A table to begin with: the right columns for one routine, and a row that renders as it is."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO

from audioguide.batch.columns import OPTIONS, SET
from audioguide.batch.table import Kind
from audioguide.routine.load import Routine
from audioguide.routine.source import as_yaml

# What most studios fill in; the others are in docs/batch.md.
USUAL = ("fit", "voice", "rate", "bed", "skip", "note")
CLIENT = "Anna Example"


def columns_for(routine: Routine) -> list[str]:
    """Return the columns of a table for `routine`: who, what, each setting, and the usual options."""
    settings = [f"{SET}{name}" if name in OPTIONS else name for name in routine.document.settings]
    usual = [name for name in USUAL if name not in settings]
    doses = ["dose"] if routine.document.doses else []
    return ["client", "routine", *settings, *doses, *usual]


def template(routine: Routine, name: str, kind: Kind) -> bytes:
    """Return a table of the form `kind` with a row for `routine`, called `name`, as it is written."""
    columns = columns_for(routine)
    defaults = {name: setting.default for name, setting in routine.document.settings.items()}
    row = {"client": CLIENT, "routine": name}
    row |= {
        each: str(defaults[each.removeprefix(SET)]) for each in columns if each.removeprefix(SET) in defaults
    }
    if kind == "xlsx":
        from audioguide.batch.sheet import written_xlsx

        return written_xlsx([columns, [row.get(each, "") for each in columns]])
    if kind == "jsonl":
        return (json.dumps(row, ensure_ascii=False) + "\n").encode()
    if kind == "yaml":
        return as_yaml([row]).encode()
    return _csv([columns, [row.get(each, "") for each in columns]])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    file = StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")  # without the mark, Excel takes UTF-8 for Latin-1
