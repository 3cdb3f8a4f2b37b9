"""The practice log and what is liked: kept whole, by week, as a table."""

from __future__ import annotations

import csv
import io
import os
import threading
from datetime import date, datetime
from pathlib import Path

import pytest

from audioguide.errors import OutputError
from audioguide.listener.diary import Diary
from audioguide.listener.practice import Done, as_csv, weeks
from audioguide.storage.places import NOWHERE

SUNDAY, MONDAY = datetime(2026, 11, 29, 7, 30), datetime(2026, 11, 30, 21, 5)


def test_what_was_done_is_kept_and_can_be_removed(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "new")
    assert (diary.done(), diary.path.exists()) == ([], False)
    first = diary.add(SUNDAY, "neck-tilt", "Neck tilt", 185)
    diary.add(MONDAY, "made~for=neck", "Neck, 5 minutes", 300)
    assert [each.name for each in Diary(tmp_path / "new").done()] == ["made~for=neck", "neck-tilt"]
    assert diary.remove(first)
    assert not diary.remove(first)
    assert [each.moment for each in diary.done()] == [MONDAY]


@pytest.mark.skipif(os.name == "nt", reason="permissions of its own")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.add(SUNDAY, "a", "A", 1)
    assert diary.path.stat().st_mode & 0o777 == 0o600


def test_a_taste_counts_until_it_is_taken_back(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.set_taste("neck-tilt", "like", date(2026, 11, 27))
    diary.set_taste("cobra-pose", "dislike", date(2026, 11, 28))
    diary.set_taste("neck-tilt", "dislike", date(2026, 11, 28))
    diary.set_taste("neck-tilt", "", date(2026, 11, 29))
    assert diary.tastes() == {"cobra-pose": "dislike"}
    assert diary.tastes(before=date(2026, 11, 29)) == {"neck-tilt": "dislike", "cobra-pose": "dislike"}
    assert diary.tastes(before=date(2026, 11, 28)) == {"neck-tilt": "like"}
    assert diary.tastes(before=date(2026, 11, 27)) == {}


def test_many_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=lambda: [Diary(tmp_path).add(SUNDAY, "a", "A", 60) for _ in range(5)])
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(Diary(tmp_path).done()) == 20


def test_a_file_that_is_something_else_is_named_and_not_touched(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.path.write_bytes(b"not a database at all" * 50)
    for use in (diary.done, diary.tastes, lambda: diary.add(SUNDAY, "a", "A", 1)):
        with pytest.raises(OutputError, match=r"practice\.db cannot be (read|written): .*move the file away"):
            use()
    assert diary.path.read_bytes() == b"not a database at all" * 50


def test_without_a_home_folder_nothing_is_there_and_nothing_is_kept() -> None:
    assert Diary(NOWHERE).done() == []
    with pytest.raises(OutputError, match="no home folder"):
        Diary(NOWHERE).add(SUNDAY, "a", "A", 1)


def test_weeks_begin_on_monday_and_the_latest_is_first() -> None:
    done = [Done(1, SUNDAY, "a", "A", 185), Done(2, MONDAY, "b", "B", 300), Done(3, MONDAY, "c", "C", 600)]
    assert [week.title for week in weeks(done)] == [
        "Week of 30 November 2026: 2 times, 15 min", "Week of 23 November 2026: once, 3 min",
    ]  # fmt: skip
    assert [each.number for each in weeks(done)[0].done] == [3, 2]


def test_as_a_table_it_is_read_as_it_was_and_no_title_is_a_formula() -> None:
    done = [Done(2, MONDAY, "b", '=cmd()"x", y', 330), Done(1, SUNDAY, "a", "A, b", 300)]
    assert list(csv.reader(io.StringIO(as_csv(done)))) == [
        ["date", "time", "routine", "title", "minutes"],
        ["2026-11-29", "07:30", "a", "A, b", "5"],
        ["2026-11-30", "21:05", "b", '\'=cmd()"x", y', "5.5"],
    ]
