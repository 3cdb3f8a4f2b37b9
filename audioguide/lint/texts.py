"""The texts of a routine, as they stand in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audioguide.lint.finding import Keys, Place
from audioguide.reading.marks import marked, shown
from audioguide.routine.load import Routine
from audioguide.routine.walk import is_sound
from audioguide.script.pause_marks import without_pause_marks
from audioguide.script.sentences import sentences

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SAMPLES = {"side": "left", "other_side": "right", "nth": "second", "times": "twice", "next": "the next one"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is spoken, at `keys` inside the step `place`; placeholders are filled with samples."""

    place: Place
    keys: Keys
    text: str

    @property
    def sentences(self) -> list[str]:
        """Return its sentences."""
        return sentences(self.text)

    @property
    def written(self) -> str:
        """Return it as it stands in the file, with its placeholders."""
        value: Any = self.place.routine.source.data
        for key in (*self.place.keys, *self.keys):
            value = value[key]
        return str(value)


def texts(routine: Routine) -> Iterator[Text]:
    """Yield every text of the file of `routine`: steps, marks and the words of breaths."""
    yield from _in_steps(routine, routine.source.data.get("steps"), ("steps",))


def _in_steps(routine: Routine, steps: Any, keys: Keys) -> Iterator[Text]:
    for index, step in enumerate(steps or ()):
        place = Place(routine=routine, keys=(*keys, index))
        for key, value in step.items():
            if key == "steps":
                yield from _in_steps(routine, value, (*place.keys, key))
            elif key in ("say", "short", "minimal", "first", "last"):
                yield from _leaves(place, (key,), value)
            elif key == "breathe":
                for name in ("words", "halfway", "last"):
                    yield from _leaves(place, (key, name), value.get(name))
            elif key == "marks":
                for name in ("halfway", "before_end", "at", "every"):
                    yield from _leaves(place, (key, name), value.get(name), marks=True)
                if isinstance(value.get("breaths"), Mapping):
                    yield from _leaves(place, (key, "breaths"), value["breaths"])


def _leaves(place: Place, keys: Keys, value: Any, *, marks: bool = False) -> Iterator[Text]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(place, (*keys, index), inner, marks=marks)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "chime":
                yield from _leaves(place, (*keys, key), inner, marks=marks and key != "say")
    elif isinstance(value, str) and not (marks and is_sound(value)):
        filled = _PLACEHOLDER.sub(
            lambda found: _SAMPLES.get(found[1], "ten"), shown(marked(without_pause_marks(value)))
        )
        yield Text(place, keys, filled)
