"""How a setting grows from rep to rep."""

from __future__ import annotations

from collections.abc import Mapping

from audioguide.compiler.holds import amount_of
from audioguide.routine.language.document import Setting
from audioguide.routine.language.model import Growth
from audioguide.routine.language.values import Amount
from audioguide.units import TICKS_PER_SECOND

GROWN_TO = 25  # grown times are whole tenths of a second, and whole seconds where a text says them


def grown(
    setting: Setting, growth: Growth, values: Mapping[str, Amount], start: int, *,
    rep: int, reps: int, spoken: bool,
) -> int:  # fmt: skip
    """Return how long, in ticks, a setting that starts at `start` is in a rep, from 1 to `reps`.

    It never leaves its bounds, and never shrinks. `spoken`: a text says how long it is.
    """
    if growth.by is not None:
        more = (rep - 1) * amount_of(growth.by, values)
    else:
        goal = max(0, amount_of(growth.to or 0, values) - start)
        more = goal if rep == reps > 1 else _on_the_way(goal, start, rep, reps, spoken=spoken)
    most = max(start, setting.max.value) if setting.max else start + more
    return min(start + more, most)


def _on_the_way(goal: int, start: int, rep: int, reps: int, *, spoken: bool) -> int:
    more = goal * (rep - 1) // max(1, reps - 1)
    if spoken:  # whole seconds themselves, not steps of one: a start of 2.5 s is left for 3 s
        return max(0, (start + more) // TICKS_PER_SECOND * TICKS_PER_SECOND - start)
    return more // GROWN_TO * GROWN_TO
