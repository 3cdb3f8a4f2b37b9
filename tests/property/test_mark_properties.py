"""Marks that cannot be heard as written are refused; those that just fit are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import RoutineError
from tests.conftest import laid_out
from tests.property.strategies import PROPERTY, compiled, document, mark_cues, mark_length, sentences, ticks


@PROPERTY
@given(mark_cues(), ticks(0, 1000), ticks(1, 80))
def test_a_mark_may_last_to_the_end_of_its_hold_and_no_tick_longer(
    mark: object, before: int, excess: int
) -> None:
    def laid(length: int) -> None:
        laid_out(
            compiled(document([{"hold": f"{length * 4}ms", "marks": {"at": {f"{before * 4}ms": mark}}}]))
        )

    laid(before + mark_length(mark))
    with pytest.raises(RoutineError, match="after the hold"):
        laid(before + mark_length(mark) - excess)


@PROPERTY
@given(mark_cues(), mark_cues(), ticks(0, 1000), st.data())
def test_marks_may_touch_and_not_overlap(
    first: object, second: object, start: int, data: st.DataObject
) -> None:
    def laid(distance: int) -> None:
        at = {f"{start * 4}ms": first, f"{(start + distance) * 4}ms": second}
        laid_out(compiled(document([{"hold": "40s", "marks": {"at": at}}])))

    laid(mark_length(first))
    overlap = data.draw(ticks(1, mark_length(first) - 1))
    with pytest.raises(RoutineError, match="overlap"):
        laid(mark_length(first) - overlap)


@PROPERTY
@given(sentences(), st.integers(1, 10), ticks(1, 82))
def test_a_mark_that_runs_into_a_countdown_is_refused(text: str, count: int, overlap: int) -> None:
    length = 83 * len(text.split())

    def laid(before_end: int) -> None:
        marks = {"countdown": count, "before_end": {f"{before_end * 4}ms": text}}
        laid_out(compiled(document([{"hold": "40s", "marks": marks}])))

    laid(count * 250 + length)
    with pytest.raises(RoutineError, match="overlap"):
        laid(count * 250 + length - overlap)


@PROPERTY
@given(st.integers(1, 5), ticks(1, 1000))
def test_a_mark_outside_of_its_hold_is_refused(seconds: int, beyond: int) -> None:
    for key, offset in (("at", seconds * 250 - 1 + beyond), ("before_end", seconds * 250 + beyond)):
        with pytest.raises(RoutineError, match="outside a hold"):
            compiled(document([{"hold": f"{seconds}s", "marks": {key: {f"{offset * 4}ms": "tick"}}}]))


@PROPERTY
@given(ticks(1, 165), st.sampled_from(["in", "out"]))
def test_a_word_longer_than_its_breath_is_refused(short: int, phase: str) -> None:
    pace = {"in": "2s", "out": "2s", phase: f"{short * 4}ms"}
    for step in (
        {"breathe": pace | {"cycles": 2}},
        {"hold": pace | {"breaths": 2}, "marks": {"breaths": "both"}},
    ):
        with pytest.raises(RoutineError, match=r"overlap|after the (breath|hold)"):
            laid_out(compiled(document([step])))
