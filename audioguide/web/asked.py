"""What a link asks for: a routine, its settings, and who speaks. Checked before anything is made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args
from urllib.parse import urlencode

from audioguide.errors import UsageError
from audioguide.manner import Guidance
from audioguide.routine.load import Routine
from audioguide.routine.values import read_setting
from audioguide.sound.beds import NAMES as BEDS
from audioguide.speech.engine import RATES
from audioguide.wishes import Wishes

SETTING = "set."
LONGEST_VALUE = 40
LONGEST_MINUTES = 240
NO_BED = "none"


class Unfit(UsageError):  # noqa: N818
    """A link asks for something that cannot be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A version of the routine `name`; `query` says it in a link, always in the same way."""

    name: str
    wishes: Wishes = field(default_factory=Wishes)
    query: str = ""

    @property
    def silent_bed(self) -> bool:
        """Tell whether no bed is wished for, whatever the listener's defaults say."""
        return self.wishes.bed == NO_BED


def asked(routine: Routine, query: Mapping[str, str], voices: Collection[str]) -> Asked:
    """Read the `query` of a link: `set.NAME`, voice, rate, guidance, bed, minutes. Other keys are no matter.

    Settings left at their default are not asked for, so that they may turn to meet a length.
    Raises Unfit for a value that cannot be.
    """
    given = {key: value.strip() for key, value in query.items() if value.strip()}
    if long := next((key for key, value in given.items() if len(value) > LONGEST_VALUE), None):
        raise Unfit(f"{long[:LONGEST_VALUE]}: {LONGEST_VALUE} characters are the most")
    settings = {key.removeprefix(SETTING): value for key, value in given.items() if key.startswith(SETTING)}
    settings = {name: value for name, value in settings.items() if not _is_default(routine, name, value)}
    wished: dict[str, Any] = {
        "voice": _one_of("voice", given, voices), "rate": _rate(given), "fit": _minutes(given),
        "guidance": _one_of("guidance", given, get_args(Guidance)),
        "bed": _one_of("bed", given, (NO_BED, *BEDS)),
    }  # fmt: skip
    shown = {f"{SETTING}{name}": settings[name] for name in sorted(settings)}
    shown |= {key: str(value) for key, value in wished.items() if value is not None and key != "fit"}
    shown |= {"minutes": given["minutes"]} if wished["fit"] else {}
    return Asked(routine.name, Wishes(settings=settings, **wished), urlencode(shown))


def _is_default(routine: Routine, name: str, value: str) -> bool:
    setting = routine.document.settings.get(name)
    try:
        return setting is not None and read_setting(value, setting.default.kind) == setting.default
    except ValueError:
        return False


def _one_of(key: str, given: Mapping[str, str], allowed: Collection[str]) -> str | None:
    value = given.get(key)
    if value is not None and value not in allowed:
        raise Unfit(f"{key}: '{value}' is not one of those that can be chosen")
    return value


def _rate(given: Mapping[str, str]) -> int | None:
    text = given.get("rate")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text) in RATES):
        raise Unfit(f"rate: '{text}' is not a number of words a minute from {RATES[0]} to {RATES[-1]}")
    return int(text)


def _minutes(given: Mapping[str, str]) -> str | None:
    text = given.get("minutes")
    if text is None:
        return None
    try:
        number = float(text) if text.isascii() else 0.0
    except ValueError:
        number = 0.0
    if not 0 < number <= LONGEST_MINUTES:
        raise Unfit(f"minutes: '{text}' is not a number from 1 to {LONGEST_MINUTES}")
    return f"{text}m"
