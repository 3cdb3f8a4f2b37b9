"""Tables as people save them: every usual encoding and separator; faults by row and column."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from audioguide.batch.columns import _unknown
from audioguide.batch.separated import delimiter_of
from audioguide.batch.table import Table
from audioguide.batch.tables import read_table
from audioguide.errors import RoutineError, UsageError
from tests.tables import every

ROWS = "client;routine;hold;note\nJosé;short;17,5s;Hüfte, links\nBo;short;2s;\n"


def read(tmp_path: Path, data: bytes, name: str = "clients.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(data)
    return read_table(path)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("latin-1", b""), ("cp1252", b""),
        ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b""), ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32", b""),
    ],
)  # fmt: skip
def test_every_encoding_that_a_spreadsheet_saves_is_read(tmp_path: Path, encoding: str, mark: bytes) -> None:
    table = read(tmp_path, mark + ROWS.encode(encoding))
    assert table.columns == ("client", "routine", "hold", "note")
    assert table.rows[0].values == {
        "client": "José", "routine": "short", "hold": "17,5s", "note": "Hüfte, links",
    }  # fmt: skip
    assert "note" not in table.rows[1].values


def test_what_is_not_utf8_is_said_to_be_assumed(tmp_path: Path) -> None:
    assert "Windows-1252" in read(tmp_path, ROWS.encode("latin-1")).notes[0]
    assert not read(tmp_path, ROWS.encode()).notes


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_known_columns(tmp_path: Path, delimiter: str) -> None:
    header, row = ["client", "routine", "note"], ["A", "short", '"a, b; c | d\te"']
    data = "\n".join(delimiter.join(each) for each in (header, row))
    table = read(tmp_path, data.encode())
    assert table.rows[0].values["note"] == "a, b; c | d\te"


def test_excels_line_about_the_separator_is_not_a_row(tmp_path: Path) -> None:
    table = read(tmp_path, b"sep=;\nclient;routine\nA;short\n")
    assert (table.columns, table.rows[0].line) == (("client", "routine"), 3)


def test_commas_in_a_header_do_not_mislead() -> None:
    assert delimiter_of("client;routine;note, if any") == ";"


def test_a_text_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    table = read(tmp_path, b'client,routine,note\nA,short,"one\ntwo"\nB,short,\n')
    assert [(row.number, row.line) for row in table.rows] == [(2, 2), (3, 4)]


def test_empty_rows_and_columns_at_the_end_do_not_count(tmp_path: Path) -> None:
    table = read(tmp_path, b"client,routine,,\nA,short,,\n,,,\n\nB,short,,\n")
    assert [row.number for row in table.rows] == [2, 4 + 1]
    assert table.columns == ("client", "routine")


def test_names_of_columns_may_stand_below_empty_rows(tmp_path: Path) -> None:
    table = read(tmp_path, b"\n;;\nclient;routine;\nA;short;\n\nB;short;\n")
    assert (table.columns, table.header) == (("client", "routine"), 3)
    assert [(row.number, row.line) for row in table.rows] == [(4, 4), (6, 6)]
    with pytest.raises(RoutineError) as error:
        read(tmp_path, b"\nclient,client\nA,B\n")
    assert error.value.faults[0].line == 2


def test_names_of_columns_once_more_are_not_a_client(tmp_path: Path) -> None:
    table = read(tmp_path, b"client,routine\nA,short\nclient,routine\nB,short\nclient,short\n")
    assert [row.number for row in table.rows] == [2, 4, 5]
    assert "row 3 repeats the names of the columns" in table.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"client,client\nA,B\n", "two columns are called 'client'"),
        (b" \n,,\n", "the file is empty"),
        (b"PK\x03\x04\x14\x00", "an .xlsx or .ods spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"an old spreadsheet \(\.xls\)"),
        (b'client,routine\nA,"' + b"x" * 200_000, "a cell that begins here has more than 131,072 characters"),
        (b"client,,routine\nA,x,short\n", "column 2 has values but no name"),
        (b'client,routine\nA,"short\nB,short\n', "not valid CSV at this line"),
    ],
)  # fmt: skip
def test_what_is_not_a_table_is_said_with_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RoutineError, match=said) as error:
        read(tmp_path, data)
    assert error.value.faults[0].line in (1, 2)


def test_a_cell_too_many_is_a_fault_of_its_row(tmp_path: Path) -> None:
    table = read(tmp_path, b"client,routine\nA,short,left\nB,short\n")
    assert list(table.faults) == [2]
    assert "3 cells" in table.faults[2][0].found
    assert table.rows[0].extra == ("left",)


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.jsonl, \.yaml or \.xlsx"):
        read(tmp_path, b"", "clients.ods")
    with pytest.raises(RoutineError, match=r"there is no file .*--new knee-to-chest` writes one"):
        read_table(tmp_path / "none.csv")


def test_json_lines(tmp_path: Path) -> None:
    table = read(
        tmp_path, b'{"client": "A", "settings": {"hold": "2s"}}\n\n{"client": "B", "x": null}\n', "c.jsonl"
    )
    assert table.columns == ("client", "settings")
    assert [row.line for row in table.rows] == [1, 3]
    with pytest.raises(RoutineError) as error:
        read(tmp_path, b'{"client": "A"}\n[1]\n{"a": 1, "a": 2}\n{oops\n', "c.jsonl")
    assert [fault.line for fault in error.value.faults] == [2, 3, 4]


def test_yaml(tmp_path: Path) -> None:
    table = read(tmp_path, b"- client: A\n  skip: [one, two]\n- {client: B}\n", "c.yaml")
    assert table.rows[0].values == {"client": "A", "skip": ["one", "two"]}
    assert table.rows[1].line == 3
    with pytest.raises(RoutineError, match="not a list of clients"):
        read(tmp_path, b"client: A\n", "c.yaml")


@every(("column", "meant"), [("Length", "fit"), ("patient", "client"), ("speed", "rate")])
def test_a_column_by_another_word_is_suggested(column: str, meant: str) -> None:
    assert f"did you mean '{meant}'?" in _unknown(column, ["hold"])[0]
