"""How a setting changes from rep to rep: up, down, or through a list of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audioguide.routine.language.document import Setting
from audioguide.routine.language.model import Growth
from audioguide.routine.language.values import Amount, Change, Ref
from audioguide.units import TICKS_PER_SECOND

GROWN_TO = 25  # grown times are whole tenths of a second, and whole seconds where a text says them

Grown = Growth | Sequence[Change | Ref]


def grown(
    setting: Setting, growth: Grown, values: Mapping[str, Amount], start: int, *,
    rep: int, reps: int, spoken: bool,
) -> int:  # fmt: skip
    """Return what a setting that starts at `start` is in a rep, from 1 to `reps`: ticks, or a count.

    It never leaves its bounds. `spoken`: a text says how long it is.
    """
    kind = setting.default.kind
    if not isinstance(growth, Growth):
        value = changed(growth[(rep - 1) % len(growth)], kind, values)
    elif growth.by is not None:
        value = start + (rep - 1) * changed(growth.by, kind, values)
    else:
        end = changed(growth.to or start, kind, values)
        # Who starts beyond the goal stays there: growth never turns into the way back.
        up = end >= setting.default.value
        goal = max(end - start, 0) if up else min(end - start, 0)
        step = TICKS_PER_SECOND if spoken else GROWN_TO
        if kind == "count":
            step = 1
        last = rep == reps > 1
        value = start + goal if last else _on_the_way(start, goal, rep, reps, step, whole=spoken)
    return _within(setting, start, value)


def changed(value: Change | Ref | int, kind: str, values: Mapping[str, Amount]) -> int:
    """Return a change in ticks or as a count; 0 where it is of another kind, which is a fault by itself."""
    if isinstance(value, Ref):
        return values[value.name].value
    return value if isinstance(value, int) else value.of("time" if kind == "time" else "count") or 0


def _within(setting: Setting, start: int, value: int) -> int:
    # What a listener starts beyond the bounds never gets farther beyond them.
    if setting.max:
        value = min(value, max(start, setting.max.value))
    if setting.min:
        value = max(value, min(start, setting.min.value))
    return value


def _on_the_way(start: int, goal: int, rep: int, reps: int, step: int, *, whole: bool) -> int:
    """Return the value in a rep on the way from `start` by `goal`, in steps on the side of the start.

    Where a text says it, the value itself is `whole`: a start of 2.5 s is left for 3 s.
    """
    way = abs(goal) * (rep - 1) // max(1, reps - 1)
    if goal >= 0:
        return max(start, (start + way) // step * step) if whole else start + way // step * step
    return min(start, -(-(start - way) // step) * step) if whole else start - way // step * step
