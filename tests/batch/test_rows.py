"""Rows as overlays: each cell checked, and every fault with its row, its column and what to write."""

from __future__ import annotations

import datetime
import json

import openpyxl
import pytest

from audioguide.batch.rows import Read, read_rows
from audioguide.batch.tables import read_table
from audioguide.errors import RoutineError
from audioguide.listener.listener import this_listener
from tests.batch.conftest import Studio
from tests.tables import every


def read(studio: Studio, *lines: str, name: str = "clients.csv", routine: str = "") -> Read:
    return read_rows(
        read_table(studio.table("\n".join(lines) + "\n", name)), this_listener(), routine=routine
    )


def said(found: Read) -> dict[int, str]:
    return {number: " | ".join(map(str, faults)) for number, faults in found.faults.items()}


def test_a_row_is_an_overlay(studio: Studio) -> None:
    found = read(
        studio,
        "Client;Routine;hold;reps;Rate;bed-volume;chime volume;player_check;skip;note;bed",
        "Anna;short.yaml;2,5s;3;110;-3,5;-6 dB;ja;;for the knee;brown",
        "Bo;short.yaml;3;2,0;;;;no;;;",
    )
    assert said(found) == {}
    anna, bo = (each.overlay.options for each in found.rows)
    assert anna.settings == {"hold": "2.5s", "reps": "3"}
    assert (anna.rate, anna.bed_volume, anna.chime_volume, anna.player_check) == (110, -3.5, -6.0, True)
    assert (anna.note, anna.bed) == ("for the knee", "brown")
    assert (bo.settings, bo.player_check) == ({"hold": "3", "reps": "2"}, False)


def test_json_and_yaml_take_mappings_and_lists(studio: Studio) -> None:
    row = {"client": "A", "routine": "short.yaml", "settings": {"hold": "3s"}, "reps": 2}
    found = read(studio, json.dumps(row), name="c.jsonl")
    assert found.rows[0].overlay.options.settings == {"hold": "3s", "reps": "2"}
    found = read(studio, "- client: A", "  routine: short.yaml", "  settings: {hold: 3s}", name="c.yaml")
    assert found.rows[0].overlay.options.settings == {"hold": "3s"}


@every(
    ("column", "cell", "parts"),
    [
        ("hold", "20s", ["20s is more than 9s", "bounds 1s to 9s"]),
        ("hold", "soon", ["'soon'"]),
        ("reps", "2s", ["is not a whole number"]),
        ("rest", "2s", ["no setting is called 'rest'", "settings: hold, reps"]),
        ("rate", "fast", ["'fast'", "whole number"]),
        ("rate", "1000", ["at most"]),
        ("profile", "loud", ["allowed: ", "'sleep'"]),
        ("player_check", "maybe", ["true or false"]),
        ("bed", "brwon", ["no bed is called 'brwon'", "brown"]),
        ("fit", "long", ["the length to fit to"]),
        ("dose", "big", ["no dose is called 'big'"]),
        ("skip", "legs", ["legs"]),
        ("note", "=HYPERLINK(1)", ["is a formula", "paste the cells as values"]),
        ("chime_volume", "-60", ["out of bounds"]),
    ],
)
def test_a_fault_names_row_column_and_fix(studio: Studio, column: str, cell: str, parts: list[str]) -> None:
    others = {"rest": "other.yaml"}
    lines = [f"client,routine,{column}", f"A,short.yaml,{cell}", f"B,{others.get(column, 'short.yaml')},"]
    found = read(studio, *lines)
    assert [row.client for row in found.rows] == ["B"]
    [fault] = found.faults[2]
    assert (fault.line, fault.column) == (2, 3)
    for part in (f"row 2, column '{column}'", *parts):
        assert part in str(fault)


def test_all_faults_are_found_at_once(studio: Studio) -> None:
    found = read(studio, "client,routine,hold,rate", ",short.yaml,20s,fast", "B,nowhere,2s,", "C,,2s,")
    assert {number: len(faults) for number, faults in found.faults.items()} == {2: 2, 3: 1, 4: 1}
    assert "no routine is called 'nowhere'" in said(found)[3]
    assert "no routine is named" in said(found)[4]


def test_a_formula_of_a_spreadsheet_is_one_fault(studio: Studio) -> None:
    workbook = openpyxl.Workbook()
    for row in (["client", "routine", "hold"], ["A", "short.yaml", "=1+1"], ["B", "short.yaml", "2s"]):
        workbook.worksheets[0].append(row)
    workbook.save(studio.folder / "c.xlsx")
    found = read_rows(read_table(studio.folder / "c.xlsx"), this_listener())
    assert [len(faults) for faults in found.faults.values()] == [1]
    assert "has no saved value" in said(found)[2]
    assert [each.client for each in found.rows] == ["B"]


def test_a_time_of_day_in_place_of_a_hold_is_one_fault(studio: Studio) -> None:
    workbook = openpyxl.Workbook()
    for row in (["client", "routine", "hold"], ["A", "short.yaml", datetime.time(0, 20)]):
        workbook.worksheets[0].append(row)
    workbook.save(studio.folder / "c.xlsx")
    found = read_rows(read_table(studio.folder / "c.xlsx"), this_listener())
    assert [len(faults) for faults in found.faults.values()] == [1]
    assert "a date or a time of day" in said(found)[2]


def test_a_list_in_place_of_a_name_is_a_fault(studio: Studio) -> None:
    path = studio.table('{"client": ["A"], "routine": "short.yaml"}\n', "c.jsonl")
    assert "column 'client': a list or a mapping" in said(read_rows(read_table(path), this_listener()))[1]


def test_one_bad_row_among_five_hundred_keeps_none_back(studio: Studio) -> None:
    lines = [f"client {number},short.yaml,2s" for number in range(500)]
    lines[250] = "client 250,short.yaml,2 minutes"
    found = read(studio, "client,routine,hold", *lines)
    assert (len(found.rows), list(found.faults)) == (499, [252])
    assert "row 252, column 'hold'" in said(found)[252]


def test_a_row_without_a_client_says_so(studio: Studio) -> None:
    assert "does not say who it is for" in said(read(studio, "client,routine", ",short.yaml"))[2]


def test_an_unknown_column_stops_all(studio: Studio) -> None:
    with pytest.raises(RoutineError, match=r"unknown column 'hodl'; did you mean 'hold'") as error:
        read(studio, "client,routine,hodl", "A,short.yaml,2s")
    assert (error.value.faults[0].line, error.value.faults[0].column) == (1, 3)
    assert "begins with # is ignored" in error.value.faults[0].allowed
    assert read(studio, "client,routine,#e-mail", "A,short.yaml,a@b").rows


def test_a_missing_column_stops_all_unless_one_routine_is_for_all(studio: Studio) -> None:
    with pytest.raises(RoutineError, match=r"the column 'routine' is missing.*found 'client', 'hold'"):
        read(studio, "client,hold", "A,2s")
    assert read(studio, "client,hold", "A,2s", routine="short.yaml").rows


def test_the_same_column_twice_stops_all(studio: Studio) -> None:
    with pytest.raises(RoutineError, match="'bed volume' and 'bed_volume' are the same"):
        read(studio, "client,routine,bed volume,bed_volume", "A,short.yaml,1,2")


def test_a_control_character_in_a_name_is_a_fault(studio: Studio) -> None:
    assert "ESC" in said(read(studio, "client,routine", "A\x1b[2J,short.yaml"))[2]


def test_ten_thousand_rows_are_read(studio: Studio) -> None:
    lines = [f"client {number},short.yaml,{1 + number % 9}s" for number in range(10_000)]
    found = read(studio, "client,routine,hold", *lines)
    assert len(found.rows) == 10_000
