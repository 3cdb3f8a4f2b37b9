"""What a listener wishes, fulfilled: how a routine is to be compiled, and what its script takes on after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audioguide.chimes import turned
from audioguide.compile import voice_of
from audioguide.fit import Ways
from audioguide.fitting.uses import spoken_in
from audioguide.plan import Session, schedule
from audioguide.routine.load import Routine
from audioguide.routine.settings import choose, dose_of
from audioguide.script import Script
from audioguide.wishes import Wishes


def ways_of(routine: Routine, wishes: Wishes, *, beyond_bounds: bool = False) -> Ways:
    """Return how to compile `routine` for these `wishes`, apart from its settings and its length."""
    return {
        "voice": wishes.speaker(voice_of(routine)), "dose": wishes.dose,
        "guidance": wishes.guidance or "fade", "skip": wishes.skip, "profile": wishes.profile,
        "player_check": bool(wishes.player_check), "beyond_bounds": beyond_bounds,
    }  # fmt: skip


def sessions_of(
    routine: Routine,
    wishes: Wishes,
    *,
    sessions: int,
    weeks: int | None = None,
    grow: Sequence[str] = (),
    beyond_bounds: bool = False,
) -> tuple[tuple[Session, Wishes], ...]:
    """Return the sessions of a plan that grows from these `wishes`, and what is wished in each.

    Raises UsageError and RoutineError as `schedule` and `choose` do.
    """
    document = routine.document
    wanted = {**dose_of(document, wishes.dose), **wishes.settings}
    start = choose(document.settings, wanted, beyond_bounds=beyond_bounds).values
    listed = schedule(
        document, start, sessions=sessions, weeks=weeks, grow=grow, spoken=spoken_in(routine, start)
    )
    return tuple((session, _in_session(wishes, wanted, session)) for session in listed)


def _in_session(wishes: Wishes, wanted: Mapping[str, str], session: Session) -> Wishes:
    grown = {name: str(amount) for name, amount in session.settings.items()}
    # Whoever has tried the player once need not do so at each session.
    check = wishes.player_check and session.number == 1
    return replace(wishes, settings={**wanted, **grown}, player_check=check)


def fulfilled(script: Script, wishes: Wishes, origins: Mapping[str, str]) -> Script:
    """Return the compiled `script` with the bed, the volumes, and the `origins` of all wishes."""
    script = replace(script, bed=wishes.bed, bed_volume=wishes.bed_volume or 0.0, origins=origins)
    return turned(script, wishes.chime_volume)
