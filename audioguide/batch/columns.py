"""Which columns a table of clients may have: its own, every option of an overlay, every setting."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from audioguide.batch.table import Table
from audioguide.errors import Fault
from audioguide.listener.options import allowed_in
from audioguide.routine.walk import nearest

# `routine` names what a row renders. Columns that compose a session instead of naming a routine belong here,
# beside it, once there is something that composes one.
OWN = {
    "client": "who it is for; also the name of the folder",
    "routine": "a routine of the library, or a file",
    "name": "name of the files; without `client`, also who it is for",
    "reason": "why the row failed; written by an earlier run, and ignored",
}
OPTIONS = tuple(name for name in allowed_in("overlay") if name != "settings")
MAPPINGS = ("settings",)
SET = "set:"  # in front of the name of a setting that is also the name of an option
IGNORED = "#"
MOST_SHOWN = 6  # names in a message

Use = Literal["own", "option", "setting", "ignored"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the file, with what its cells are: `key` names the option or the setting."""

    name: str
    use: Use
    key: str


def plain_name(name: str) -> str:
    """Return the name of a column as it is compared: "Bed Volume" and "bed-volume" are "bed_volume"."""
    return "_".join(unicodedata.normalize("NFKC", name).casefold().replace("-", " ").split())


def is_known(name: str) -> bool:
    """Return whether `name`, already plain, is a column for every routine."""
    return name in OWN or name in OPTIONS or name in MAPPINGS


def columns_of(
    table: Table, settings: Collection[str], *, complete: bool = True
) -> tuple[dict[str, Column], list[Fault]]:
    """Return the columns of `table` by their names in the file, and a fault for each that is unknown.

    `settings` are those of all routines that the table names; it is `complete` unless one cannot be read.
    """
    found: dict[str, Column] = {}
    faults: list[Fault] = []
    for index, name in enumerate(table.columns):
        column = _column(name, settings)
        twin = next((each for each in found.values() if column and _same(each, column)), None)
        if column is None and complete:
            faults.append(_fault(table, index, *_unknown(name, settings)))
        elif column and twin:
            said = f"the columns '{twin.name}' and '{name}' are the same"
            faults.append(_fault(table, index, said, "remove one of them"))
        elif column:
            found[name] = column
    return found, faults


def missing_routine(table: Table) -> list[Fault]:
    """Return a fault for a table that has no column `routine`."""
    if any(plain_name(name) == "routine" for name in table.columns):
        return []
    said = "the column 'routine' is missing: it names the routine of each row"
    near = nearest("routine", [plain_name(name) for name in table.columns])
    there = ", ".join(f"'{name}'" for name in table.columns[:MOST_SHOWN])
    more = ", …" if len(table.columns) > MOST_SHOWN else ""
    fix = (
        "add it, or name a routine for all rows with --routine NAME; the first row must have the column names"
    )
    return [_fault(table, 0, f"{said}{near}; found {there}{more}", fix)]


def _column(name: str, settings: Collection[str]) -> Column | None:
    if not name.strip() or name.strip().startswith(IGNORED):
        return Column(name, "ignored", name)
    plain = plain_name(name)
    if plain in OWN:
        return Column(name, "own", plain)
    if plain in OPTIONS or plain in MAPPINGS:
        return Column(name, "option", plain)
    setting = plain.removeprefix(SET).strip("_ ")
    return Column(name, "setting", setting) if setting in settings else None


def _same(one: Column, other: Column) -> bool:
    return one.use != "ignored" and (one.use, one.key) == (other.use, other.key)


# What people call a column, where another name is spelt more like it.
_MEANT = {
    "length": "fit",
    "duration": "fit",
    "minutes": "fit",
    "speed": "rate",
    "person": "client",
    "patient": "client",
}


def _unknown(name: str, settings: Iterable[str]) -> tuple[str, str]:
    known = [*(each for each in OWN if each != "reason"), *settings, *OPTIONS]
    plain = plain_name(name)
    meant = f"; did you mean '{_MEANT[plain]}'?" if plain in _MEANT else nearest(plain, known)
    found = f"unknown column '{name}'{meant}"
    return found, f"columns: {', '.join(known)}; a column whose name begins with {IGNORED} is ignored"


def _fault(table: Table, index: int, found: str, fix: str) -> Fault:
    said = f"row {table.header}: {found}"
    return Fault(file=str(table.path), line=table.header, column=index + 1, found=said, allowed=fix)
