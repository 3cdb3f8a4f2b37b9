"""Exercises that the library knows: by their title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audioguide.errors import AudioguideError
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.source import read_source

_FILLER = frozenset(
    {"the", "a", "to", "with", "exercise", "stretch", "pose", "gentle", "your", "single", "double", "and"}
)


@dataclass(frozen=True, slots=True)
class KnownRoutine:
    """A routine of the library: its name, title, hold in seconds, and reps, where it has them."""

    name: str
    title: str
    hold: float | None
    reps: float | None


def known_as(title: str) -> KnownRoutine | None:
    """Return the routine of the library that is the exercise with this title; None where there is none."""
    return _table().get(_key(title))


def _key(title: str) -> str:
    words = re.findall(r"[a-z]+", title.lower().replace("'s", "s").replace("knees", "knee"))
    return " ".join(sorted(word for word in words if word not in _FILLER)) if len(words) > 1 else ""


@cache
def _table() -> dict[str, KnownRoutine]:
    table: dict[str, KnownRoutine] = {}
    for name in SHIPPED_LIBRARY.shipped:
        try:
            data = read_source(SHIPPED_LIBRARY.find(name)).data
        except AudioguideError:
            continue
        if any("include" in step for step in data.get("steps", ())):
            continue
        known = KnownRoutine(name, str(data["title"]), _number(data, "hold"), _number(data, "reps"))
        for key in (_key(known.title), _key(name)):
            if key:
                table[key] = known
    return table


def _number(data: object, key: str) -> float | None:
    setting = data.get("settings", {}).get(key, {}) if isinstance(data, dict) else {}
    found = re.match(r"\d+(?:\.\d+)?", str(setting.get("default", "")))
    return float(found.group()) if found else None
