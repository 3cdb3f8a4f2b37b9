"""Numbers that know where they come from."""

from __future__ import annotations

from collections.abc import Callable

from audioguide.compiler.compile import compile
from audioguide.fitting.tracking import Tracked, slopes_of, tracked
from audioguide.routine.load import Routine
from audioguide.script.layout import lay_out
from audioguide.script.script import Script
from tests.conftest import word_lengths


def test_arithmetic_keeps_track_of_settings() -> None:
    hold, rest = Tracked(5000, {"hold": 1.0}), Tracked(250, {"rest": 1.0})
    for number, value, slopes in (
        (hold + rest + 6, 5256, {"hold": 1, "rest": 1}),
        (6 + hold, 5006, {"hold": 1}),
        (3 * hold - rest, 14750, {"hold": 3, "rest": -1}),
        (10000 - hold, 5000, {"hold": -1}),
        (hold * 2 // 4, 2500, {"hold": 0.5}),
        (max(0, min(hold, rest)), 250, {"rest": 1}),
        (sum([hold, hold, 5]), 10005, {"hold": 2}),
    ):
        assert (number, slopes_of(number)) == (value, slopes)
    assert slopes_of(7) == {}
    assert f"{hold}" == "5000"


def test_a_timeline_grows_as_its_slopes_say(routine: Callable[..., Routine]) -> None:
    steps = """
  - repeat: 3
    rest: $rest
    grow: {hold: {by: 1s}}
    steps:
      - hold: $hold
      - hold: {breaths: 2, in: $rest, out: 4s}
"""
    made = routine(steps, "settings: {hold: {default: 20s}, rest: {default: 6s}}")

    def length(values: dict[str, int]) -> int:
        script: Script = compile(tracked(made, values))
        return lay_out(script, word_lengths(script)).length

    first = length({"hold": 5000, "rest": 1500})
    assert slopes_of(first) == {"hold": 3, "rest": 2 + 3 * 2}
    assert length({"hold": 5600, "rest": 1500}) == first + 3 * 600
    assert length({"hold": 5000, "rest": 1560}) == first + 8 * 60
