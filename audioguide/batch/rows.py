"""From rows to overlays, each checked as the file of an overlay would be: every fault, in its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audioguide.batch.cells import is_formula, option_value, pairs, setting_value, text_of
from audioguide.batch.columns import Column, columns_of, missing_routine, plain_name
from audioguide.batch.table import Table, TableRow
from audioguide.errors import AudioguideError, Fault, RoutineError, faulty
from audioguide.listener.files import Overlay, checked_overlay
from audioguide.listener.listener import Listener
from audioguide.listener.overlay import check_overlay
from audioguide.routine.load import Routine, load
from audioguide.routine.source import YamlSource
from audioguide.untrusted.characters import refused

Keys = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRequest:
    """What one row asks for: who it is for, what its files are called ("" for as usual), and its overlay.

    `named` says that it has a `client`; else its name is who it is for.
    """

    row: TableRow
    client: str
    name: str
    routine: Routine
    overlay: Overlay
    named: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of a `table` that can be made, and the faults of each that cannot, by its number."""

    table: Table
    rows: tuple[RowRequest, ...]
    faults: Mapping[int, tuple[Fault, ...]]

    @property
    def wrong(self) -> tuple[TableRow, ...]:
        """Return the rows that cannot be made, in order."""
        return tuple(row for row in self.table.rows if row.number in self.faults)


@dataclass(frozen=True, slots=True)
class RowSource(YamlSource):
    """A row as if it were the file of an overlay; a fault names the row and the column.

    `names` has the column that each key came from.
    """

    row: TableRow | None = None
    table: Table | None = None
    names: Mapping[Keys, str] = field(default_factory=dict)

    def fault(self, path: Sequence[object], found: str, allowed: str = "", *, part: str = "") -> Fault:
        """Make a fault in the cell that `path` came from."""
        del part
        keys = tuple(path)
        while keys and keys not in self.names:
            keys = keys[:-1]
        return cell_fault(self.table, self.row, self.names.get(keys, ""), found, allowed)

    def fault_at_key(self, mapping: Any, key: object, found: str, allowed: str = "") -> Fault:
        """Make a fault in the cell that `key` of `mapping`, itself a part of the data, came from."""
        above = next((name for name in self.data if self.data[name] is mapping), None)
        return self.fault((key,) if above is None else (above, key), found, allowed)

    def where(self, path: Sequence[object]) -> str:
        """Return "file:line:column" of what `path` leads to."""
        at = self.fault(path, "")
        return f"{at.file}:{at.line}:{at.column}"


def cell_fault(table: Any, row: Any, column: str, found: str, allowed: str = "", *, hint: str = "") -> Fault:
    """Make a fault in the cell of `column`, or in the row where that is ""."""
    line, place = table.place(row, column)
    said = f"{table.says(row, column)}: {found}"
    return Fault(file=str(table.path), line=line, column=place, found=said, allowed=allowed, hint=hint)


def read_rows(table: Table, listener: Listener, *, routine: str = "", beyond_bounds: bool = False) -> Read:
    """Check every row of `table`; one that names no routine is for `routine`, where there is one.

    Raises RoutineError for what is wrong with the columns: then no row can be trusted.
    """
    if not table.rows:
        raise faulty(
            str(table.path), [Fault(file=str(table.path), line=1, column=1, found="the table has no rows")]
        )
    if not routine and (missing := missing_routine(table)):
        raise faulty(str(table.path), missing)
    shelf = _Shelf(table, listener, routine)
    faults = {number: list(found) for number, found in table.faults.items()}
    for row in table.rows:
        if problem := shelf.problem(row):
            faults.setdefault(row.number, []).append(problem)
    settings = shelf.settings()
    columns, wrong = columns_of(table, settings, complete=shelf.complete)
    if wrong:
        raise faulty(str(table.path), wrong)
    rows: list[RowRequest] = []
    for row in table.rows:
        asked, problems = _asked(row, table, columns, shelf.found(row))
        if asked:
            problems += _misfits(asked, listener, beyond_bounds=beyond_bounds)
        if problems:
            # One for each cell: what the reader of the table said comes first.
            said = {(each.line, each.column) for each in table.faults.get(row.number, ())}
            new = [each for each in problems if (each.line, each.column) not in said]
            faults.setdefault(row.number, []).extend(new)
        elif asked and row.number not in faults:
            rows.append(asked)
    return Read(table, tuple(rows), {number: tuple(faults[number]) for number in sorted(faults)})


class _Shelf:
    """The routines that a table names, each loaded once."""

    def __init__(self, table: Table, listener: Listener, usual: str) -> None:
        self._table, self._listener, self._usual = table, listener, usual
        self._column = next((name for name in table.columns if plain_name(name) == "routine"), "")
        self._loaded: dict[str, Routine | AudioguideError] = {}

    def found(self, row: TableRow) -> Routine | None:
        """Return the routine of `row`, or None where it has none that can be loaded."""
        loaded = self._load(self._name(row))
        return loaded if isinstance(loaded, Routine) else None

    def problem(self, row: TableRow) -> Fault | None:
        """Return why `row` has no routine, or None."""
        name = self._name(row)
        if not name:
            fix = "write a name such as knee-to-chest; `audioguide list` shows all"
            return cell_fault(self._table, row, self._column, "no routine is named", fix)
        if is_formula(name):
            return None  # reported with the other cells of the row
        loaded = self._load(name)
        if isinstance(loaded, Routine):
            return None
        return cell_fault(self._table, row, self._column, loaded.message, hint=loaded.hint)

    def settings(self) -> list[str]:
        """Return the names of the settings of all routines."""
        routines = (each for each in self._loaded.values() if isinstance(each, Routine))
        return list(dict.fromkeys(name for each in routines for name in each.document.settings))

    @property
    def complete(self) -> bool:
        """Return whether every routine that the table names could be loaded."""
        return all(isinstance(each, Routine) for each in self._loaded.values())

    def _name(self, row: TableRow) -> str:
        return text_of(row.values.get(self._column, "")) or self._usual

    def _load(self, name: str) -> Routine | AudioguideError:
        if name not in self._loaded:
            try:
                self._loaded[name] = self._from(name)
            except AudioguideError as error:
                self._loaded[name] = error
        return self._loaded[name]

    def _from(self, name: str) -> Routine:
        # A path counts from the table, as that of an overlay does from its file.
        beside = self._table.path.parent / name
        library = self._listener.library
        return load(library.find(str(beside) if beside.is_file() else name), library)


def _asked(
    row: TableRow, table: Table, columns: Mapping[str, Column], routine: Routine | None
) -> tuple[RowRequest | None, list[Fault]]:
    faults = [*_unreadable(row, table, columns)]
    cells = [(columns[name], value) for name, value in row.values.items() if name in columns]
    own = {column.key: text_of(value) for column, value in cells if column.use == "own"}
    data, names = _overlay_data(row, columns)
    source = RowSource(f"{table.path}", (), data, row=row, table=table, names=names)
    overlay, wrong = checked_overlay(source, table.path)
    faults += wrong
    client = own.get("client") or own.get("name", "")
    if not client:
        fix = "fill the column 'client' or 'name'"
        faults.append(cell_fault(table, row, "", "the row does not say who it is for", fix))
    if overlay is None or routine is None:
        return None, faults
    named = bool(own.get("client"))
    name = own.get("name", "") if named else ""
    return RowRequest(
        row=row, client=client, name=name, routine=routine, overlay=overlay, named=named
    ), faults


def _unreadable(row: TableRow, table: Table, columns: Mapping[str, Column]) -> Iterator[Fault]:
    for name, value in row.values.items():
        if name not in columns or columns[name].use == "ignored" or columns[name].key == "reason":
            continue
        if is_formula(value):
            found = f"{str(value)[:60]!r} is a formula, not a value"
            yield cell_fault(table, row, name, found, "paste the cells as values, and save again")
        elif isinstance(value, Mapping | list) and columns[name].use == "own":
            yield cell_fault(table, row, name, "a list or a mapping is in place of a text", "write a text")
        elif isinstance(value, str) and columns[name].use == "own" and (control := refused(value)):
            yield cell_fault(table, row, name, f"it contains the character {control[1]}", "remove it")


def _overlay_data(row: TableRow, columns: Mapping[str, Column]) -> tuple[dict[str, Any], dict[Keys, str]]:
    """Return the row as the data of an overlay, and which column each key of it came from."""
    data: dict[str, Any] = {}
    names: dict[Keys, str] = {}
    settings: dict[str, Any] = {}
    for name, value in row.values.items():
        if name not in columns or is_formula(value):
            continue
        column = columns[name]
        if column.use == "option" and column.key == "settings":
            written = value if isinstance(value, Mapping) else pairs(text_of(value))
            if not isinstance(written, Mapping):
                data["settings"] = written  # the check says what it should be
            else:
                settings |= {str(key): setting_value(each) for key, each in written.items()}
                names |= {("settings", str(key)): name for key in written}
            names[("settings",)] = name
        elif column.use == "option":
            data[column.key] = option_value(column.key, value)
            names[(column.key,)] = name
        elif column.use == "setting":
            settings[column.key] = setting_value(value)
            names[("settings", column.key)] = name
    return ({"settings": settings, **data} if settings else data), names


def _misfits(asked: RowRequest, listener: Listener, *, beyond_bounds: bool) -> tuple[Fault, ...]:
    """Return what `asked` says that its routine does not have, that no file is, or that is not a length."""
    try:
        check_overlay(asked.overlay, asked.routine, listener.library, beyond_bounds=beyond_bounds)
    except RoutineError as error:
        return error.faults
    return ()
