"""The total length that a listener asks for."""

from __future__ import annotations

from audioguide.errors import RoutineError, UsageError
from audioguide.listener.options import Options
from audioguide.routine.language.values import Amount
from audioguide.routine.load import Routine
from audioguide.routine.settings import bounds_of, out_of_bounds
from audioguide.units import parse_total


def wanted_length(routine: Routine, options: Options) -> tuple[int | None, str]:
    """Return the total length in ticks: as asked for, else the routine's own; None for as it is written.

    With it comes what was assumed of a number without a unit, or "".
    `none` asks for the routine as it is written. Raises UsageError for what is not a time, RoutineError
    for a length outside the routine's bounds, unless the options allow that.
    """
    own, asked = routine.document.length, options.fit
    if asked is None:
        return (own.default.value if own else None), ""
    if asked.strip().lower() == "none":
        return None, ""
    try:
        ticks, assumed = parse_total(asked)
        total = Amount("time", ticks)
    except ValueError as error:
        raise UsageError(f"the length to fit to: {error}, or none") from error
    if own and (excess := out_of_bounds(own, total)) and not options.beyond_bounds:
        said = f"{routine.name}: length: {excess} ({bounds_of(own)})"
        make = "`audioguide compose --length` makes a session of 5 to 90 minutes"
        raise RoutineError(said, hint=f"use --beyond-bounds to allow it; {make}")
    return total.value, assumed
