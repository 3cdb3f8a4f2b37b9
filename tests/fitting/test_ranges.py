"""Which settings may be turned, between which bounds and in which steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.errors import RoutineError
from audioguide.fitting.ranges import SettingRange
from audioguide.fitting.uses import ranges_of
from audioguide.routine.load import Routine
from tests.conftest import Write
from tests.tables import every

MakeRoutine = Callable[..., Routine]

TIME = SettingRange(name="hold", kind="time", start=5000, low=3760, high=7510, step=25, weight=2)


def ranges(routine: Routine, *fixed: str) -> dict[str, SettingRange]:
    values = {name: setting.default.value for name, setting in routine.document.settings.items()}
    return {each.name: each for each in ranges_of(routine, values, fixed)}


def test_a_push_turns_from_the_default_to_the_bounds_by_weight() -> None:
    assert [TIME.at(push) for push in (-9, -0.5, 0, 0.5, 9)] == [3760, 3760, 5000, 7510, 7510]
    assert TIME.at(0.25) == 6250
    assert TIME.at(0.251) == 6250
    assert [TIME.push_to(value) for value in (3760, 5000, 7510)] == [-0.5, 0, 0.5]


def test_times_are_rounded_down_to_steps_and_counts_to_the_nearest() -> None:
    assert [TIME.down(value) for value in (3761, 3775, 4999, 5001, 7509, 8000)] == [
        3760,
        3775,
        4975,
        5000,
        7500,
        7510,
    ]
    assert [TIME.up(value) for value in (3760, 4990, 7500, 7510)] == [3775, 5000, 7510, None]
    reps = SettingRange(name="reps", kind="count", start=2, low=1, high=6)
    assert [reps.at(push) for push in (-1, -0.4, 0, 0.1, 0.13, 0.9, 1)] == [1, 2, 2, 2, 3, 6, 6]
    assert list(reps.values()) == [1, 2, 3, 4, 5, 6]


def test_what_does_not_work_is_left_out() -> None:
    reps = SettingRange(name="reps", kind="count", start=4, low=1, high=9)
    assert list(reps.without(6, 7).values()) == [1, 2, 3, 4, 5, 8, 9]
    assert list(reps.without(6, 7).without(8, 9).values()) == [1, 2, 3, 4, 5]
    assert list(reps.without(1, 2).values()) == [3, 4, 5, 6, 7, 8, 9]
    assert [reps.without(6, 7).down(value) for value in (5, 6, 7, 8)] == [5, 5, 5, 8]


def test_only_settings_that_the_length_depends_on_are_turned(routine: MakeRoutine) -> None:
    head = """
settings:
  hold: {default: 20s, min: 10s, max: 30s}
  last: {default: 3, min: 1, max: 5}
  said: {default: 3, min: 1, max: 5}
  free: {default: 5s}
  shy: {default: 5s, min: 4s, max: 9s, weight: 0}
  by: {default: 0s, min: 0s, max: 1s}
"""
    steps = """
  - say: Number {said}.
  - repeat: 3
    grow: {hold: {by: $by}}
    steps:
      - {hold: $hold, marks: {countdown: $last}}
      - rest: $free
      - gap: $shy
"""
    made = routine(steps, head)
    assert set(ranges(made)) == {"hold", "by"}
    assert set(ranges(made, "hold")) == {"by"}


@every(("text", "steps"), [("Stay.", 25), ("Stay for {hold}.", 250), ("Long, {long}.", 250)])
def test_a_time_that_is_spoken_turns_in_whole_seconds(routine: MakeRoutine, text: str, steps: int) -> None:
    made = routine(f"  - say: '{text}'\n  - hold: $long", "settings: {long: {default: 5s, min: 4s, max: 9s}}")
    assert ranges(made)["long"].step == steps


def test_included_routines_hold_their_bounds_through_any_number_of_hands(
    write: Write, routine: MakeRoutine
) -> None:
    for name, low, high, step in (
        ("a", 4, 20, "{hold: $time}"),
        ("b", 6, 30, "{include: a.yaml, settings: {time: $time}}"),
    ):
        text = f"title: T\nsettings: {{time: {{default: 10s, min: {low}s, max: {high}s}}}}\nsteps: [{step}]"
        write(text, f"{name}.yaml")
    head = "settings: {mine: {default: 10s, min: 1s, max: 1m}}"
    mine = ranges(routine("  - {include: b.yaml, settings: {time: $mine}}", head))["mine"]
    assert (mine.low, mine.high) == (6 * 250, 20 * 250)


def test_breathing_for_a_time_turns_in_whole_breaths(routine: MakeRoutine) -> None:
    head = "settings: {pace: {default: 4s, min: 3s, max: 5s}, time: {default: 1m, min: 25s, max: 125s}}"
    found = ranges(routine("  - breathe: {in: $pace, out: 6s, for: $time}", head))
    assert list(found) == ["time"]
    assert list(found["time"].values()) == [seconds * 250 for seconds in range(30, 121, 10)]


def test_a_setting_turns_in_its_own_steps(routine: MakeRoutine) -> None:
    head = "settings: {long: {default: 12s, min: 10s, max: 26s, step: 5s}}"
    span = ranges(routine("  - hold: $long", head))["long"]
    assert [value // 250 for value in span.values()] == [10, 12, 15, 20, 25, 26]


@every("step", ["0s", "2", "-5s"])
def test_a_step_is_a_time_for_a_time_and_above_0(routine: MakeRoutine, step: str) -> None:
    with pytest.raises(RoutineError):
        routine("  - hold: $long", f"settings: {{long: {{default: 5s, min: 4s, max: 9s, step: {step}}}}}")
