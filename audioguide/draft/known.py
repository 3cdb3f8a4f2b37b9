"""Exercises that the library knows: by their title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audioguide.draft.vocabulary import position_of
from audioguide.errors import AudioguideError
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.source import read_source

_ARTICLES = frozenset({"the", "a", "an"})
_FILLER = frozenset(
    {"the", "a", "an", "to", "with", "exercise", "stretch", "pose", "gentle", "your", "single", "and"}
)


@dataclass(frozen=True, slots=True)
class KnownRoutine:
    """A routine of the library: its name, title, hold in seconds, and reps, where it has them."""

    name: str
    title: str
    hold: float | None
    reps: float | None
    position: str | None = None  # as a draft names positions
    partner: bool = False


def known_as(title: str, position: str | None = None, *, partner: bool = False) -> KnownRoutine | None:
    """Return the routine of the library that is the exercise with this title; None where there is none.

    In another position, or with a partner where the library has none, it is another exercise.
    """
    found = _table().get(_key(title))
    if found is None or partner != found.partner:
        return None
    places = [each.split(",")[0] for each in (position, found.position) if each]
    return None if len(set(places)) > 1 else found


def _key(title: str) -> str:
    words = re.findall(r"[a-z]+", title.lower().replace("'s", "s"))
    kept = [word for word in words if word not in _FILLER]
    if len(kept) < 2:  # a bridge and the bridge pose are two exercises
        kept = [word for word in words if word not in _ARTICLES]
    return " ".join(sorted(kept)) if len(kept) > 1 else ""


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
        known = KnownRoutine(
            name,
            str(data["title"]),
            _number(data, "hold"),
            _number(data, "reps"),
            position_of((str(data.get("position", "")),)),
            "partner" in str(data.get("equipment", "")),
        )
        for key in (_key(known.title), _key(name)):
            if key:
                table[key] = known
    return table


def _number(data: object, key: str) -> float | None:
    setting = data.get("settings", {}).get(key, {}) if isinstance(data, dict) else {}
    found = re.match(r"\d+(?:\.\d+)?", str(setting.get("default", "")))
    return float(found.group()) if found else None
