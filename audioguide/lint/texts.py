"""The texts of a routine, as they stand in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audioguide.lint.finding import Keys, Place
from audioguide.reading.marks import marked, shown
from audioguide.routine.load import Routine
from audioguide.routine.said import said_in
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
    for said in said_in(routine):
        filled = _PLACEHOLDER.sub(
            lambda found: _SAMPLES.get(found[1], "ten"), shown(marked(without_pause_marks(said.text)))
        )
        yield Text(Place(routine=routine, keys=said.step), said.keys, filled)
