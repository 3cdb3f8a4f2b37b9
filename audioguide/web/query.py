"""What a link asks for: a routine, its settings, and who speaks. Checked before anything is made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from audioguide.errors import UsageError
from audioguide.listener.options import CHOICES, NOTHING, OPTIONS, Options, allowed_in
from audioguide.listener.plan import MOST_SESSIONS, MOST_WEEKS, USUAL_SESSIONS, USUAL_WEEKS
from audioguide.routine.language.values import read_setting
from audioguide.routine.load import Routine
from audioguide.routine.parts import NUMBER
from audioguide.routine.skipping import nothing_to_skip, whole_names
from audioguide.script.choices import BEDS, NO_BED
from audioguide.units import TICKS_PER_SECOND, parse_duration

SETTING = "set."
SKIP = "skip."  # followed by the name of a part: two parts are two keys
LONGEST_VALUE = 40
LONGEST_MINUTES = 240


class BadQuery(UsageError):  # noqa: N818
    """A link asks for something that cannot be."""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One session of a plan: `number` counts from 1."""

    number: int = 1
    sessions: int = USUAL_SESSIONS
    weeks: int = USUAL_WEEKS

    @property
    def of_plan(self) -> str:
        """Say in a link which plan it is."""
        return urlencode({"sessions": self.sessions, "weeks": self.weeks})


@dataclass(frozen=True, slots=True)
class Query:
    """A version of the routine `name`, or of one session of a plan; `plain` is what its link asks for."""

    name: str
    options: Options = NOTHING
    plain: str = ""
    spot: PlanPart | None = None

    @property
    def text(self) -> str:
        """Say in a link which version it is, always in the same way."""
        of_session = f"{self.spot.of_plan}&session={self.spot.number}" if self.spot else ""
        return "&".join(filter(None, (self.plain, of_session)))

    @property
    def suffix(self) -> str:
        """Return `text` as it follows the path of an address: "" where nothing is asked for."""
        return f"?{self.text}" if self.text else ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what is asked for, as the fields of a form."""
        return parse_qsl(self.plain)


def read_query(routine: Routine, query: Mapping[str, str], voices: Collection[str]) -> Query:
    """Read the `query` of a link: `set.NAME`, `skip.NAME`, voice, rate, guidance, bed, minutes; a plan.

    Other keys are no matter.

    Settings left at their default are not asked for, so that they may turn to meet a length.
    Raises BadQuery for a value that cannot be.
    """
    given = {key: value.strip() for key, value in query.items() if value.strip()}
    if long := next((key for key, value in given.items() if len(value) > LONGEST_VALUE), None):
        raise BadQuery(f"{long[:LONGEST_VALUE]}: {LONGEST_VALUE} characters is the limit")
    settings = {key.removeprefix(SETTING): value for key, value in given.items() if key.startswith(SETTING)}
    settings = {name: value for name, value in settings.items() if not _is_default(routine, name, value)}
    options = {name: _read(name, given[name], voices) for name in _written() if name in given}
    shown = {f"{SETTING}{name}": settings[name] for name in sorted(settings)}
    shown |= {name: str(value) for name, value in options.items()}
    options["skip"] = _skipped(routine, given)
    shown |= {f"{SKIP}{name}": "1" for name in sorted(options["skip"])}
    if "minutes" in given:
        options["fit"] = _minutes(given["minutes"])
        shown["minutes"] = given["minutes"]
    return Query(routine.name, Options(settings=settings, **options), urlencode(shown), _spot(given))


def _is_default(routine: Routine, name: str, value: str) -> bool:
    setting = routine.document.settings.get(name)
    try:
        return setting is not None and read_setting(value, setting.default.kind) == setting.default
    except ValueError:
        return False


def _skipped(routine: Routine, given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the parts that a link leaves out. Raises BadQuery for one that is not there."""
    skip = tuple(key.removeprefix(SKIP) for key in given if key.startswith(SKIP))
    if number := next((name for name in skip if NUMBER.fullmatch(name)), None):
        raise BadQuery(f"{number} is a step number: a link needs the names of parts")
    if wrong := nothing_to_skip(routine, skip):
        raise BadQuery("; ".join(wrong.values()))
    return whole_names(routine, skip)


def _written() -> list[str]:
    """Return the options that a link writes under their own name."""
    return [name for name in allowed_in("page") if name not in ("settings", "fit", "skip")]


def _read(name: str, text: str, voices: Collection[str]) -> Any:
    """Return the value of an option, as its definition has it: a number in bounds, or one of a list."""
    info = OPTIONS[name]
    if info.low is not None and info.high is not None:
        if not (text.isascii() and text.isdigit() and info.low <= int(text) <= info.high):
            raise BadQuery(f"{name}: '{text}' is not a number from {info.low:g} to {info.high:g}")
        return int(text)
    allowed = {"voice": voices, "bed": (NO_BED, *BEDS)}.get(name) or CHOICES[name]
    if text not in allowed:
        raise BadQuery(f"{name}: '{text}' is not one of the choices")
    return text


def _spot(given: Mapping[str, str]) -> PlanPart | None:
    if "sessions" not in given:
        return None
    sessions = _count("sessions", given["sessions"], MOST_SESSIONS)
    weeks = min(USUAL_WEEKS, sessions)
    if "weeks" in given:
        weeks = _count("weeks", given["weeks"], min(MOST_WEEKS, sessions))
    return PlanPart(_count("session", given.get("session", "1"), sessions), sessions, weeks)


def _count(key: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise BadQuery(f"{key}: '{text}' is not a number from 1 to {most}")
    return int(text)


def _minutes(text: str) -> str:
    try:
        length = parse_duration(f"{text}m")
    except ValueError:
        length = 0
    if not 0 < length <= LONGEST_MINUTES * 60 * TICKS_PER_SECOND:
        raise BadQuery(f"minutes: '{text}' is not a number from 1 to {LONGEST_MINUTES}")
    return f"{text}m"
