"""The sessions of a plan, with what a listener wishes in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audioguide.fitting.uses import spoken_in
from audioguide.listener.plan import Session, schedule
from audioguide.listener.wishes import Wishes
from audioguide.routine.load import Routine
from audioguide.routine.settings import choose, dose_of


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
    return replace(wishes, settings={**wanted, **grown}, player_check=check, session=session.number)
