"""A plan: the same routine over weeks, its holds and reps growing inside their bounds. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from audioguide.errors import RoutineError, UsageError
from audioguide.routine.language.document import Document, Setting
from audioguide.routine.language.values import Amount
from audioguide.routine.walk import nearest
from audioguide.script.script import Script
from audioguide.units import TICKS_PER_SECOND

GROWING = ("hold", "reps")  # what grows unless the caller names other settings
USUAL_SESSIONS, USUAL_WEEKS = 12, 4
GROWTH_STEP = 25  # times grow in whole tenths of a second
MOST_SESSIONS = 400
MOST_WEEKS = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShape:
    """How a plan grows: over how many `sessions` and `weeks`, and which settings `grow`."""

    sessions: int
    weeks: int | None = None
    grow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSession:
    """One session of a plan: `number` and `week` count from 1; the settings that grow have values."""

    number: int
    week: int
    settings: Mapping[str, Amount]

    @property
    def summary(self) -> str:
        """Say what it is: "week 2: hold 17s, reps 2"."""
        grown = ", ".join(f"{name} {amount}" for name, amount in self.settings.items())
        return f"week {self.week}: {grown}" if grown else f"week {self.week}"


def schedule(
    document: Document,
    start: Mapping[str, Amount],
    *,
    sessions: int,
    weeks: int | None = None,
    grow: Sequence[str] = (),
    spoken: Collection[str] = (),
) -> tuple[PlanSession, ...]:
    """Spread `sessions` over `weeks`; each named setting grows evenly from `start` to its upper bound.

    Without `grow`, that is what the routine has of hold and reps; without `weeks`, there are four, or one
    for each session. Times grow in tenths of a second, those that are `spoken` in whole seconds. Raises
    UsageError for numbers that make no plan and for a setting without an upper bound, RoutineError for an
    unknown one.
    """
    listed = spread(sessions, weeks)
    growing = {name: _bounded(document, name) for name in grow or _usual(document)}
    return tuple(
        replace(
            each,
            settings={
                name: _grown(start[name], setting, each.number - 1, sessions, whole=name in spoken)
                for name, setting in growing.items()
            },
        )
        for each in listed
    )


def spread(sessions: int, weeks: int | None = None) -> tuple[PlanSession, ...]:
    """Return so many `sessions`, evenly over so many `weeks`, in which nothing grows yet.

    Raises UsageError for numbers that make no plan.
    """
    weeks = min(USUAL_WEEKS, max(1, sessions)) if weeks is None else weeks
    for name, number, most in (("sessions", sessions, MOST_SESSIONS), ("weeks", weeks, MOST_WEEKS)):
        if not 1 <= number <= most:
            raise UsageError(f"a plan has 1 to {most} {name}; found {number}")
    if weeks > sessions:
        raise UsageError(f"{sessions} sessions do not fill {weeks} weeks: a week has at least one")
    return tuple(PlanSession(number + 1, number * weeks // sessions + 1, {}) for number in range(sessions))


def usually(document: Document) -> list[str]:
    """Return the settings that grow where the caller names none."""
    return [name for name in GROWING if name in document.settings and document.settings[name].max]


def _usual(document: Document) -> list[str]:
    usual = usually(document)
    if not usual:
        known = ", ".join(name for name, setting in document.settings.items() if setting.max) or "none"
        said = "this routine has no hold or reps that can grow"
        raise UsageError(said, hint=f"--grow takes: {known}")
    return usual


def _bounded(document: Document, name: str) -> Setting:
    setting = document.settings.get(name)
    if setting is None:
        known = ", ".join(document.settings) or "none"
        raise RoutineError(
            f"no setting is called '{name}'{nearest(name, list(document.settings))} (settings: {known})"
        )
    if setting.max is None:
        raise UsageError(f"the setting '{name}' has no upper bound, so it cannot grow")
    return setting


def _grown(start: Amount, setting: Setting, number: int, sessions: int, *, whole: bool) -> Amount:
    most = max(start.value, setting.max.value if setting.max else start.value)
    share = (most - start.value) * number // max(1, sessions - 1)
    if (number == sessions - 1 and sessions > 1) or most == start.value:
        return Amount(start.kind, most)
    if start.kind == "time" and whole:
        # Whole seconds themselves, not steps of one: a start of 2.5 s is left for 3 s.
        value = (start.value + share) // TICKS_PER_SECOND * TICKS_PER_SECOND
        return Amount("time", max(start.value, value))
    step = GROWTH_STEP if start.kind == "time" else 1
    return Amount(start.kind, start.value + share // step * step)


def numbered(script: Script, session: PlanSession, sessions: int) -> Script:
    """Return `script` as one session of a plan: its file name, title, album and track."""
    width = max(2, len(str(sessions)))
    return replace(
        script,
        name=f"{script.name}-{session.number:0{width}}",
        title=f"{script.title}, {session.number} of {sessions}",
        album=f"{script.title}: a plan",
        track=f"{session.number}/{sessions}",
    )


@dataclass(frozen=True, slots=True)
class Planned:
    """A finished session: its file and its length in ticks."""

    session: PlanSession
    title: str
    file: str
    length: int
    beyond: tuple[str, ...] = ()  # the settings beyond their bounds
