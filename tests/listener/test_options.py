"""What an option can be, and what counts as asked for."""

from __future__ import annotations

from typing import Any

import pytest

from audioguide.errors import UsageError
from audioguide.listener.options import Options, choices_of
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


def test_what_is_switched_off_is_asked_for_but_bounds_are_kept_anyway() -> None:
    assert Options(warm=True, beyond_bounds=True).asked == {"warm": True, "beyond_bounds": True}
    assert Options(warm=False, beyond_bounds=False).asked == {"warm": False}


def test_choices_are_those_of_the_type() -> None:
    assert choices_of("profile") == ("standard", "quiet", "sleep")
    assert set(choices_of("guidance")) == {"full", "fade", "short", "minimal", "chimes"}
    assert choices_of("voice") == ()


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
