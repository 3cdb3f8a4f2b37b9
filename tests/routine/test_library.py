"""The routines that ship say what their sources say."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from audioguide.compile import compile
from audioguide.errors import RoutineError, UsageError
from audioguide.routine import library
from audioguide.routine.load import load
from audioguide.script import Script


@dataclass(frozen=True)
class Row:
    """What the source gives: holds in seconds, reps, sides in order, and the bounds of the knobs."""

    holds: list[float]
    sides: list[str | None]
    bounds: dict[str, tuple[str, str, str]]
    rules: set[str]


STRETCH = {"R1", "R2", "R9", "R10", "R11", "R18", "R19"}
TABLE = {
    "back-relaxation": Row(
        [10] * 8, [None] * 8, {"hold": ("10s", "10s", "15s"), "reps": ("8", "8", "10")}, STRETCH
    ),
    "knee-to-chest": Row([20] * 3, ["left", "right", "both"], {"hold": ("15s", "20s", "30s")}, STRETCH),
    "seated-hamstring-stretch": Row([20] * 2, ["left", "right"], {"hold": ("15s", "20s", "30s")}, STRETCH),
    "cat-stretch": Row([5] * 5, [None] * 5, {"reps": ("3", "5", "10")}, STRETCH),
    "diaphragmatic-breathing": Row([], [], {"breaths": ("5", "5", "12")}, {"R1", "R10", "R11", "R18", "R19"}),
}


def shipped(name: str, **settings: str) -> Script:
    return compile(load(library.find(name)), settings)


def test_the_table_has_every_routine() -> None:
    assert sorted(TABLE) == library.names()


@pytest.mark.parametrize(("name", "row"), TABLE.items())
def test_holds_reps_and_sides_are_those_of_the_source(name: str, row: Row) -> None:
    holds = [cue for cue in shipped(name).cues if cue.kind == "hold"]
    assert [(cue.length or 0) / 250 for cue in holds] == row.holds
    assert [cue.side for cue in holds] == row.sides


@pytest.mark.parametrize(("name", "row"), TABLE.items())
def test_bounds_and_safety_are_those_of_the_source(name: str, row: Row) -> None:
    document = load(library.find(name)).document
    for setting, bounds in row.bounds.items():
        knob = document.settings[setting]
        assert (str(knob.min), str(knob.default), str(knob.max)) == bounds
    assert set(document.safety.rules) == row.rules
    assert document.source
    assert all(knob.source for knob in document.settings.values())


@pytest.mark.parametrize("name", library.names())
def test_each_opens_with_a_stop_rule_and_closes_with_care(name: str) -> None:
    words = [cue.text or "" for cue in shipped(name).cues if cue.kind == "say"]
    opening = " ".join(words[:4])
    assert "Pain means stop." in opening or "dizzy" in opening
    assert words[-1].startswith("Open your eyes")


@pytest.mark.parametrize("name", library.names())
def test_words_are_for_the_ear(name: str) -> None:
    words = [cue.text or "" for cue in shipped(name).cues if cue.text]
    for text in words:
        assert len(text.split()) <= 20, text
        assert not re.search(r"\b(watch|see|look|screen|shown|like this)\b", text, re.IGNORECASE), text


def test_every_side_is_named_before_its_hold() -> None:
    for name in ("knee-to-chest", "seated-hamstring-stretch"):
        said: list[str] = []
        for cue in shipped(name, reps="2").cues:
            if cue.kind == "say":
                said.append(cue.text or "")
            elif cue.kind == "hold":
                assert any(str(cue.side) in text for text in said[-6:]), (name, cue.side)


def test_both_doses_of_the_breathing_can_be_had() -> None:
    def breaths(**settings: str) -> list[int]:
        return [
            cue.length or 0
            for cue in shipped("diaphragmatic-breathing", **settings).cues
            if cue.kind == "breath"
        ]

    assert breaths() == [1000, 1500] * 5
    assert sum(breaths(breaths="12")) == 2 * 60 * 250


def test_the_hold_of_back_relaxation_may_grow() -> None:
    holds = [cue.length for cue in shipped("back-relaxation", growth="1s").cues if cue.kind == "hold"]
    assert holds == [2500, 2750, 3000, 3250, 3500, 3750, 3750, 3750]


def test_a_name_that_is_unknown_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'knee-to-chest'"):
        library.find("knee-to-chst")
    with pytest.raises(RoutineError, match="there is no file"):
        library.find("nowhere/mine.yaml")
