"""CSV as spreadsheets save it: any usual encoding, with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import takewhile
from pathlib import Path

from audioguide.batch.columns import is_known, plain_name
from audioguide.batch.table import Form, Table, TableRow
from audioguide.errors import Fault, faulty

DELIMITERS = (",", ";", "\t", "|")
WINDOWS = "cp1252"  # what spreadsheets on Windows mean by "CSV"; it has all that Latin-1 can show
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What else is saved or renamed to .csv: its first bytes, and what to do with it.
_BINARY = (
    (b"PK\x03\x04", "an .xlsx or .ods spreadsheet, or a ZIP file", "give it its own ending, .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls)", "save it as .xlsx or as CSV UTF-8"),
    (b"%PDF", "a PDF", "save the table itself as CSV UTF-8, or as .xlsx"),
)
_SAMPLE = 4096  # bytes; enough to see every second one empty in UTF-16


def read_csv(path: Path, data: bytes) -> Table:
    """Read a table from the bytes of a CSV file. Raises RoutineError with every fault."""
    text, encoding = decoded(data, path)
    notes = () if encoding.startswith("utf") else (f"{path}: read as Windows-1252 (Latin-1), not as UTF-8",)
    text, said = _without_sep_line(text)
    delimiter = said or delimiter_of(text)
    records = list(_records(path, text, delimiter, first=2 if said else 1))
    empty = sum(1 for _ in takewhile(_is_empty, records))  # rows in front of the names of the columns
    if empty == len(records):
        raise faulty(str(path), [_fault(path, 1, "the file is empty", "write one row of column names first")])
    (line, header), *body = records[empty:]
    columns = _columns(path, header, body, line)
    rows: list[TableRow] = []
    faults: dict[int, tuple[Fault, ...]] = {}
    for number, (line, cells) in enumerate(body, start=empty + 2):
        if _is_empty((line, cells)):
            continue
        values = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell.strip()}
        row = TableRow(number, line, values, tuple(cells[len(columns) :]))
        rows.append(row)
        if any(cell.strip() for cell in row.extra):
            faults[number] = (_too_many(path, row, len(columns), delimiter),)
    form = Form(kind="csv", delimiter=delimiter, encoding=encoding)
    return Table(
        path=path, form=form, columns=columns, rows=tuple(rows), notes=notes, faults=faults, header=empty + 1
    )  # fmt: skip


def decoded(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text of `data` and its encoding: as its first bytes say, else UTF-8, else Windows-1252.

    Raises RoutineError where it is not text in any of them.
    """
    for begin, kind, fix in _BINARY:
        if data.startswith(begin):
            raise faulty(str(path), [_fault(path, 1, f"this is {kind}, not text", fix)])
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _wide(data)
    for each in (encoding,) if encoding else ("utf-8", WINDOWS):
        try:
            return data.decode(each), each
        except UnicodeDecodeError:
            continue
    where = f"the file is not text in {encoding or 'UTF-8 or Windows-1252'}"
    raise faulty(str(path), [_fault(path, 1, where, "save the table as CSV UTF-8, or as .xlsx")])


def _wide(data: bytes) -> str:
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample):  # less than half of every second byte
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _without_sep_line(text: str) -> tuple[str, str]:
    # Excel writes and reads a first line "sep=;" that names the delimiter.
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"')
    if named.lower().startswith("sep=") and len(named) == len("sep=") + 1:
        return rest, named[-1]
    if first.rstrip("\r") == "sep=\t":
        return rest, "\t"
    return text, ""


def delimiter_of(text: str) -> str:
    """Return what separates the cells: what gives the header the most names that are known, then most cells.

    A guess from all rows would be wrong as soon as notes hold more commas than the table has columns.
    """
    header = next((line for line in text.splitlines() if line.strip()), "")

    def score(delimiter: str) -> tuple[int, int]:
        names = [plain_name(each) for each in header.replace('"', "").split(delimiter)]
        return sum(map(is_known, names)), len(names)

    return max(DELIMITERS, key=score)


def _records(path: Path, text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    try:
        for cells in reader:
            yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        found = f"not valid CSV at this line: {error}"
        if "field limit" in str(error):  # of all that follows a quotation mark without its other one
            found = f"a cell that begins here has more than {csv.field_size_limit():,} characters"
        fix = 'a cell that begins with " also ends with ", and each " inside it is written twice'
        raise faulty(str(path), [_fault(path, line, found, fix)]) from error


def _is_empty(record: tuple[int, Sequence[str]]) -> bool:
    return not any(cell.strip() for cell in record[1])


def _columns(
    path: Path, header: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], line: int
) -> tuple[str, ...]:
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    faults = []
    for index, name in enumerate(names):
        if name and name in names[:index]:
            found = f"two columns are called '{name}'"
            faults.append(_fault(path, line, found, "rename or remove one of them", index + 1))
        elif not name and any(len(cells) > index and cells[index].strip() for _, cells in body):
            fix = "name it in the first row, or clear it"
            faults.append(_fault(path, line, f"column {index + 1} has values but no name", fix, index + 1))
    if faults:
        raise faulty(str(path), faults)
    return tuple(names)


def _too_many(path: Path, row: TableRow, columns: int, delimiter: str) -> Fault:
    cells = columns + len(row.extra)
    found = f"row {row.number} has {cells} cells, and the first row names {columns} columns"
    shown = "tab" if delimiter == "\t" else delimiter
    return _fault(path, row.line, found, f'put text that contains "{shown}" in quotes', columns + 1)


def _fault(path: Path, line: int, found: str, fix: str, column: int = 1) -> Fault:
    return Fault(file=str(path), line=line, column=column, found=found, allowed=fix)
