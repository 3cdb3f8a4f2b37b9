"""Settings and their bounds."""

from __future__ import annotations

import pytest

from audioguide.errors import RoutineError
from audioguide.routine.language.document import Setting
from audioguide.routine.settings import choose
from tests.tables import every

SETTINGS = {
    "hold": Setting.model_validate({"default": "20s", "min": "15s", "max": "30s", "source": "a leaflet"}),
    "reps": Setting.model_validate({"default": 2, "min": 1, "max": 3}),
}


def test_what_is_not_asked_for_has_its_default() -> None:
    assert {name: str(value) for name, value in choose(SETTINGS, {"hold": "0:25"}).values.items()} == {
        "hold": "25s",
        "reps": "2",
    }


@every(
    ("asked", "words"),
    [
        (
            {"hold": "2m"},
            r"hold: 2m is more than 30s \(bounds 15s to 30s, by a leaflet\); use --beyond-bounds",
        ),
        ({"hold": "5s"}, "hold: 5s is less than 15s"),
        ({"hodl": "20s"}, r"no setting is called 'hodl'; did you mean 'hold'\? \(settings: hold, reps\)"),
        ({"reps": "2.5"}, "reps: '2.5' is not a whole number"),
        ({"reps": "20s"}, "not a whole number"),
        ({"hold": "long"}, "hold: 'long' is not a time"),
    ],
)
def test_what_cannot_be_had_is_refused(asked: dict[str, str], words: str) -> None:
    with pytest.raises(RoutineError, match=words):
        choose(SETTINGS, asked)


def test_all_that_is_wrong_is_reported_at_once() -> None:
    with pytest.raises(RoutineError, match=r"hold: 2m.*reps: 'x'.*no setting is called 'pace'"):
        choose(SETTINGS, {"hold": "2m", "reps": "x", "pace": "3"})


def test_beyond_the_bounds_is_reported() -> None:
    chosen = choose(SETTINGS, {"hold": "2m", "reps": "3"}, beyond_bounds=True)
    assert chosen.beyond == ("hold",)
    assert chosen.values["hold"].value == 30_000
