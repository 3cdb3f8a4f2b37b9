"""A plan of sessions that are composed: each differs from the one before, and they grow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from audioguide.compose.compose import Composed
from audioguide.compose.refusal import Refusal, Refused
from audioguide.compose.wishes import MOST_SEED, SHORTEST, Asked, Wishes, read
from audioguide.compose.writing import plan_title, retitled
from audioguide.errors import UsageError
from audioguide.listener.plan import PlanSession, spread
from audioguide.units import TICKS_PER_SECOND, format_length
from audioguide.vocabulary.vocabulary import vocabulary

MINUTE = 60 * TICKS_PER_SECOND
BEGINS = (2, 3)  # where one length is given, the first session is two thirds as long as the last
_RANGE = re.compile(r"\s*(.+?)\s*(?:-|\bto\b)\s*(.+?)\s*")


@dataclass(frozen=True, slots=True)
class ProgramPart:
    """One session of a plan, and what its file is called without the ending."""

    session: PlanSession
    composed: Composed
    name: str


def program(
    asked: Asked,
    exercises: Mapping[str, str],
    compose: Callable[[Wishes], Composed],
    *,
    sessions: int,
    weeks: int | None,
) -> list[ProgramPart]:
    """Return the sessions of a plan, as `asked` for and made by `compose`.

    They grow evenly from the first length to the last (`10m-15m`; where there is one, from two thirds of it),
    and from gentle to the level. Each has the seed after that of the one before. Raises Refused as `composed`
    does, with the session that cannot be, and UsageError for numbers that make no plan.
    """
    listed = spread(sessions, weeks)
    first, last = _lengths(asked)
    shortest = read(replace(asked, length=first), exercises) if first else None
    wishes = read(replace(asked, length=last), exercises)
    start = shortest.length if shortest else max(SHORTEST, _minutes(wishes.length * BEGINS[0] // BEGINS[1]))
    title = plan_title(wishes)
    found: list[ProgramPart] = []
    for session in listed:
        share = (session.number - 1, max(1, sessions - 1))
        length = start + _minutes((wishes.length - start) * share[0] // share[1])
        length = wishes.length if session.number == sessions else min(length, max(start, wishes.length))
        seed = (wishes.seed + session.number - 1) % (MOST_SEED + 1)
        made = _made(replace(wishes, length=length, seed=seed), session.number, sessions, compose)
        made = replace(made, text=retitled(made.text, title))
        found.append(ProgramPart(session, made, _name(session, listed[-1])))
    return found


def _lengths(asked: Asked) -> tuple[str, str]:
    """Return the first and the last length that are asked for; the first is "" where there is one only."""
    match = _RANGE.fullmatch(asked.length)
    return (match[1], match[2]) if match else ("", asked.length)


def _minutes(ticks: int) -> int:
    return ticks // MINUTE * MINUTE


def _made(wishes: Wishes, number: int, sessions: int, compose: Callable[[Wishes], Composed]) -> Composed:
    """Return a session at the level that its place in the plan allows, or above where nothing else fits."""
    levels = vocabulary().names["level"]
    least = 1 if wishes.aim == "strength" else 0
    most = levels.index(wishes.level)
    usual = min(most, least + (most - least + 1) * (number - 1) // sessions)
    for level in levels[usual : most + 1]:
        try:
            return compose(replace(wishes, level=level))
        except Refused as error:
            if level == wishes.level:
                where = f"session {number} of {sessions}, {format_length(wishes.length)}: "
                refusals = [Refusal(f"{where}{each.text}", each.field) for each in error.refusals]
                raise Refused(refusals, error.advice) from error
    raise UsageError(f"no level is called {wishes.level}")  # levels[usual:most + 1] ends with it


def _name(session: PlanSession, last: PlanSession) -> str:
    """Return the name of a file: in the order of the plan, and with the week."""
    week, number = len(str(last.week)), max(2, len(str(last.number)))
    return f"week-{session.week:0{week}}-session-{session.number:0{number}}"
