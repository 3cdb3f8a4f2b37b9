"""The texts that a routine speaks, as they stand in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audioguide.routine.load import Routine
from audioguide.routine.walk import is_sound

Keys = tuple[object, ...]

WORDINGS = ("say", "short", "minimal", "first", "last")
_OF_BREATHS = ("words", "halfway", "last")
_OF_MARKS = ("halfway", "before_end", "at", "every")


@dataclass(frozen=True, slots=True)
class TextAt:
    """A `text` at `keys` inside the step at `step`, both as keys of the file."""

    step: Keys
    keys: Keys
    text: str


def said_in(routine: Routine) -> Iterator[TextAt]:
    """Yield every spoken text of the file of `routine`: steps, marks and the words of breaths."""
    yield from _in_steps(routine.source.data.get("steps"), ("steps",))


def files_of(routine: Routine) -> dict[Path, Routine]:
    """Map the whole path of `routine`, and of all that it includes, to what was read from it."""
    files = {routine.path.resolve(): routine}
    for included in routine.includes.values():
        files |= {path: each for path, each in files_of(included).items() if path not in files}
    return files


def _in_steps(steps: Any, keys: Keys) -> Iterator[TextAt]:
    for index, step in enumerate(steps or ()):
        place = (*keys, index)
        for key, value in step.items():
            if key == "steps":
                yield from _in_steps(value, (*place, key))
            elif key in WORDINGS:
                yield from _leaves(place, (key,), value)
            elif key == "breathe":
                for name in _OF_BREATHS:
                    yield from _leaves(place, (key, name), value.get(name))
            elif key == "marks":
                for name in _OF_MARKS:
                    yield from _leaves(place, (key, name), value.get(name), marks=True)
                if isinstance(value.get("breaths"), Mapping):
                    yield from _leaves(place, (key, "breaths"), value["breaths"])


def _leaves(place: Keys, keys: Keys, value: Any, *, marks: bool = False) -> Iterator[TextAt]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(place, (*keys, index), inner, marks=marks)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "chime":
                yield from _leaves(place, (*keys, key), inner, marks=marks and key != "say")
    elif isinstance(value, str) and not (marks and is_sound(value)):
        yield TextAt(place, keys, value)
