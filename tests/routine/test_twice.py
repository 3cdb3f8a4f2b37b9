"""Keys that are the same in different spellings are refused: only one of them would count."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.errors import RoutineError
from audioguide.listener.files import read_overlay
from audioguide.routine.load import load_text
from tests.conftest import Write
from tests.tables import every


@every(
    ("marks", "column", "found"),
    [
        ("at: {30s: bell, 0.5m: tick}", 29, "two marks at 30s: '30s' and '0.5m'"),
        ("at: {30: bell, 30s: tick}", 28, "two marks at 30s: '30' and '30s'"),
        ("before_end: {10s: Ten., '0:10': Soon.}", 37, "two marks 10s before the end: '10s' and '0:10'"),
        ("every: {1m: tick, 60s: bell}", 31, "two marks every 1m: '1m' and '60s'"),
        ("at: {1.0s: A., 1s: B., 1000ms: C.}", 28, "two marks at 1s: '1.0s' and '1s'"),
    ],
)
def test_two_marks_of_one_moment_are_a_fault(marks: str, column: int, found: str) -> None:
    with pytest.raises(RoutineError) as caught:
        load_text(f"title: T\nsteps:\n  - hold: 5m\n    marks: {{{marks}}}\n", Path("a.yaml"))
    fault = caught.value.faults[0]
    assert (fault.line, fault.column, fault.found) == (4, column, found)


@every(
    ("head", "found"),
    [
        ("sounds: {gong: bell, 'gong ': bowl}", "'gong' and 'gong '"),
        ("say_as: {asana: AH-suh-nuh, Asana: ah}", "'asana' and 'Asana'"),
        ("allow: {long-silence: rest, ' long-silence': calm}", "'long-silence' and ' long-silence'"),
    ],
)
def test_a_name_is_the_same_with_other_spaces_or_letters(head: str, found: str) -> None:
    with pytest.raises(RoutineError) as caught:
        load_text(f"title: T\n{head}\nsteps:\n  - say: Sit.\n", Path("a.yaml"))
    assert f"the same key twice: {found}" in [fault.found for fault in caught.value.faults]


def test_it_is_so_in_overlays(write: Write) -> None:
    with pytest.raises(RoutineError, match="the same key twice: 'asana' and 'Asana'"):
        read_overlay(write("say_as: {asana: AH-suh-nuh, Asana: ah}\n"))
