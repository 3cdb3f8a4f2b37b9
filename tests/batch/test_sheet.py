"""Spreadsheets: values of formulas, numbers that are whole, and what a spreadsheet changed by itself."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from audioguide.batch.sheet import written_xlsx
from audioguide.batch.tables import read_table
from audioguide.errors import RoutineError


def sheet(path: Path, *rows: list[object]) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    workbook.save(path)
    return path


def test_numbers_and_texts_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = sheet(tmp_path / "c.xlsx", ["client", "reps", "rate"], ["Zoë 🙂", 3.0, 110], [None, None, None])
    table = read_table(path)
    assert table.rows[0].values == {"client": "Zoë 🙂", "reps": 3, "rate": 110}
    assert len(table.rows) == 1


def test_a_cell_that_is_no_value_is_a_fault_of_its_row(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "c.xlsx", ["client", "hold"],
        ["A", datetime.time(0, 20)], ["B", "=1+1"], ["C", "#REF!"], ["D", "20s"], ["E", "20s", "more"],
    )  # fmt: skip
    table = read_table(path)
    said = {number: faults[0].found for number, faults in table.faults.items()}
    assert said.keys() == {2, 3, 4, 6}
    assert "a date or a time of day" in said[2]
    assert "column 'hold'" in said[2]
    assert "has no saved value" in said[3]
    assert "could not compute this cell" in said[4]
    assert "its column has no name" in said[6]


def test_names_of_columns_may_stand_below_empty_rows(tmp_path: Path) -> None:
    table = read_table(sheet(tmp_path / "c.xlsx", [], ["client", "hold"], ["A", "20s"], ["B", "=1+1"]))
    assert [(row.number, row.values["client"]) for row in table.rows] == [(3, "A"), (4, "B")]
    assert list(table.faults) == [4]
    with pytest.raises(RoutineError) as error:
        read_table(sheet(tmp_path / "d.xlsx", [], ["hold", "hold"], ["1", "2"]))
    assert error.value.faults[0].found.startswith("row 2: two columns")


def test_another_sheet_in_front_is_named(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "read me"
    workbook.worksheets[0].append(["How to fill this in"])
    workbook.create_sheet("clients").append(["client", "routine"])
    workbook.save(tmp_path / "c.xlsx")
    with pytest.raises(RoutineError, match=r"'read me', has no rows of clients") as error:
        read_table(tmp_path / "c.xlsx")
    assert "to the front of clients" in error.value.faults[0].allowed


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    path.write_bytes(written_xlsx([["client", "hold"], ["A", "20s"]]))
    assert read_table(path).rows[0].values == {"client": "A", "hold": "20s"}


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(RoutineError, match="not a readable spreadsheet"):
        read_table(path)


@pytest.mark.parametrize("data", [b"", b"client,routine\n", b"\xd0\xcf\x11\xe0"])
def test_another_kind_of_file_with_this_ending_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "c.xlsx").write_bytes(data)
    with pytest.raises(RoutineError, match=r"is not a spreadsheet, whatever its name says: .*\.csv"):
        read_table(tmp_path / "c.xlsx")
