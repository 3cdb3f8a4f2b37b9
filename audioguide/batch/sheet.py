"""Spreadsheets (.xlsx). The only place that knows openpyxl."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from audioguide.batch.table import Form, Table, TableRow
from audioguide.errors import Fault, RoutineError, UsageError, faulty

MISSING = "a spreadsheet needs the extra `xlsx`: pip install 'audioguide[xlsx]', or save the table as CSV"
_ZIP = b"PK"  # how each .xlsx begins
_OTHER = "a table of text is called .csv; an old .xls has to be saved as .xlsx"
MOST_EMPTY = 1000  # rows in a row without a value: formatting reaches to the end of some sheets


def read_xlsx(path: Path, data: bytes) -> Table:
    """Read the first sheet of a workbook; of a formula, the value that the spreadsheet saved with it.

    Raises UsageError without the library, RoutineError with every fault.
    """
    shown, written = _rows(path, data, values=True), _rows(path, data, values=False)
    header, first = _names(shown)
    if not header:
        raise faulty(str(path), [_nothing_in(path, data)])
    for _ in range(first):
        next(written, ())
    if wrong := list(_faults_of_header(path, header, first)):
        raise faulty(str(path), wrong)
    rows: list[TableRow] = []
    faults: dict[int, tuple[Fault, ...]] = {}
    for number, (cells, formulas) in enumerate(zip(shown, written, strict=True), start=first + 1):
        row, wrong = _row(path, header, number, list(zip(cells, formulas, strict=True)))
        if row.values or wrong:
            rows.append(row)
        if wrong:
            faults[number] = tuple(wrong)
    if not rows:
        raise faulty(str(path), [_nothing_in(path, data)])
    form = Form(kind="xlsx", encoding="utf-8-sig")
    return Table(path=path, form=form, columns=tuple(header), rows=tuple(rows), faults=faults, header=first)


def _row(
    path: Path, header: Sequence[str], number: int, cells: Sequence[tuple[Any, Any]]
) -> tuple[TableRow, list[Fault]]:
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for index, (value, formula) in enumerate(cells):
        if value is None and formula is None:
            continue
        name = header[index] if index < len(header) else ""
        if wrong := _fault_of(value, formula, name):
            said, fix = wrong
            where = f"row {number}, column {repr(name) if name else index + 1}: {said}"
            faults.append(Fault(file=str(path), line=number, column=index + 1, found=where, allowed=fix))
        if name and str(value if value is not None else formula).strip():
            values[name] = _plain(value if value is not None else formula)
    return TableRow(number, number, values), faults


def written_xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook of those rows, all cells as text. Raises UsageError without the library."""
    workbook = _library().Workbook(write_only=True)
    sheet = workbook.create_sheet("clients")
    for row in rows:
        sheet.append([str(cell) for cell in row])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(MISSING) from error
    return openpyxl


def _rows(path: Path, data: bytes, *, values: bool) -> Iterator[Sequence[Any]]:
    library = _library()
    if not data.startswith(_ZIP):
        raise RoutineError(f"{path} is not a spreadsheet, whatever its name says: {_OTHER}")
    try:
        workbook = library.load_workbook(BytesIO(data), read_only=True, data_only=values)
        empty = 0
        for row in workbook.worksheets[0].iter_rows(values_only=True):
            empty = 0 if any(cell is not None for cell in row) else empty + 1
            if empty > MOST_EMPTY:
                return
            yield row
    except Exception as error:  # a damaged archive fails in any part of the library
        raise RoutineError(f"{path} is not a readable spreadsheet (.xlsx): {error}") from error


def _names(rows: Iterator[Sequence[Any]]) -> tuple[list[str], int]:
    """Return the names of the columns, and which row has them: the first with anything in it; 0 without."""
    for number, cells in enumerate(rows, start=1):
        header = [_header(value) for value in cells]
        while header and not header[-1]:
            header.pop()
        if header:
            return header, number
    return [], 0


def _nothing_in(path: Path, data: bytes) -> Fault:
    first, *others = _library().load_workbook(BytesIO(data), read_only=True).sheetnames
    fix = f"move the sheet with the clients to the front of {', '.join(others)}" if others else "add them"
    said = f"the first sheet, '{first}', has no rows of clients"
    return Fault(file=str(path), line=1, column=1, found=said, allowed=fix)


def _header(value: object) -> str:
    return "" if value is None else str(value).strip()


def _faults_of_header(path: Path, header: Sequence[str], row: int) -> Iterator[Fault]:
    for index, name in enumerate(header):
        if name and name in header[:index]:
            found = f"row {row}: two columns are called '{name}'"
            fix = "rename or remove one of them"
            yield Fault(file=str(path), line=row, column=index + 1, found=found, allowed=fix)


def _fault_of(value: object, formula: object, name: str) -> tuple[str, str] | None:
    if value is None and str(formula).startswith("="):
        return (
            f"the formula {formula} has no saved value",
            "open the sheet in a spreadsheet and save it again",
        )
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "#N/A")):
        return f"the spreadsheet could not compute this cell: {value}", "correct it, or clear the cell"
    if not name and value is not None:
        return "its column has no name", "name the column, or clear the cell"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        fix = "make the cell a text: '20s, '1m30s ('…), or format the column as text"
        return f"the spreadsheet turned it into a date or a time of day ({value})", fix
    return None


def _plain(value: Any) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
