"""A table fails with each of its cases that fails, and hides none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.slow import first
from tests.tables import every


def parts_of(test: Any) -> list[Any]:
    [mark] = test.pytestmark
    return list(mark.args[1])


def run(test: Any, part: int = 0, **fixtures: Any) -> None:
    [mark] = test.pytestmark
    test(**fixtures, **{mark.args[0]: parts_of(test)[part].values[0]})


def test_a_failure_names_each_case_that_failed_with_what_it_got() -> None:
    @every(("text", "number"), [("1", 1), ("2", 3), ("x", 4), ("5", 5)])
    def test(text: str, number: int) -> None:
        assert int(text) == number

    with pytest.raises(AssertionError) as failed:
        run(test)
    said = str(failed.value)
    assert "2 of 4 cases failed" in said
    assert "text='2', number=3" in said
    assert "assert 2 == 3" in said
    assert "text='x', number=4" in said
    assert "ValueError: invalid literal" in said
    assert "text='1'" not in said


def test_a_case_that_skips_or_raises_nothing_fails() -> None:
    @every("how", [pytest.skip, lambda _: None])
    def test(how: Any) -> None:
        with pytest.raises(ValueError, match="never"):
            how("here")

    with pytest.raises(AssertionError, match="2 of 2 cases failed"):
        run(test)


def test_fixtures_are_those_of_the_test() -> None:
    @every("name", ["a", "b"])
    def test(seen: list[str], name: str) -> None:
        seen.append(name)

    seen: list[str] = []
    run(test, seen=seen)
    assert seen == ["a", "b"]


def test_no_case_is_lost_where_a_table_is_parted() -> None:
    @every("number", first(7, range(10)), at_once=3)
    def test(number: int) -> None:
        del number

    parts = parts_of(test)
    assert [part.id for part in parts] == ["1-3", "4-6", "7-7", "8-10"]
    assert [case["number"] for part in parts for case in part.values[0]] == list(range(10))
    assert [bool(part.marks) for part in parts] == [False, False, False, True]
