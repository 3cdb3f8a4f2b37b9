"""What an option can be, and what counts as asked for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from audioguide.errors import UsageError
from audioguide.listener.options import CHOICES, Options
from audioguide.reading.lexicon import read_say_as
from tests.tables import every


@every(("name", "low", "high"), [("rate", 80, 450), ("pitch", 0, 99), ("bed_volume", -20, 12)])
def test_a_number_may_be_at_its_bounds_and_not_beyond(name: str, low: int, high: int) -> None:
    def options(value: int) -> Options:
        asked: dict[str, Any] = {name: value}
        return Options(**asked)

    for value in (low, high):
        assert options(value).asked == {name: value}
    for value in (low - 1, high + 1):
        with pytest.raises(UsageError, match=f"{name}: {value} is out of bounds: {low} to {high}"):
            options(value)


@every(
    ("wrong", "says"),
    [
        ({"chime_volume": 900.0}, "chime_volume: 900.0 is out of bounds"),
        ({"profile": "loud"}, "profile: 'loud' is not one of standard, quiet, sleep"),
        ({"guidance": "all"}, "guidance: 'all' is not one of fade, full"),
        ({"rate": "fast"}, "rate: 'fast' is not a number from 80 to 450"),
        ({"rate": 5}, "rate: 5 is out of bounds: 80 to 450"),
        ({"bed_volume": True}, "bed_volume: True is not a number"),
    ],
)
def test_an_option_that_cannot_be_is_refused_at_once(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        Options(**wrong)


def test_what_is_switched_off_is_asked_for_but_bounds_are_kept_anyway() -> None:
    assert Options(warm=True, beyond_bounds=True).asked == {"warm": True, "beyond_bounds": True}
    assert Options(warm=False, beyond_bounds=False).asked == {"warm": False}


def test_choices_are_those_of_the_type() -> None:
    assert CHOICES["profile"] == ("standard", "quiet", "sleep")
    assert set(CHOICES["guidance"]) == {"full", "fade", "short", "minimal", "chimes"}
    assert CHOICES["voice"] == ()


def test_all_that_is_asked_for_is_written_as_texts() -> None:
    said = read_say_as({"Savasana": "sha-VAH-suh-nuh"})
    asked = Options(
        settings={"hold": "20s"}, skip=("bridge-pose", "cobra-pose"), rate=100, warm=False, say_as=said,
        note="for Anna", beyond_bounds=True, session=3,
    )  # fmt: skip
    assert asked.written == {
        "hold": "20s", "rate": "100", "warm": "False", "say Savasana": "sha-VAH-suh-nuh",
        "skip": "bridge-pose, cobra-pose",
    }  # fmt: skip
    assert Options().written == {}
