"""What is said: beside its block where there is room, else a number and a line in the list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.drawing.labels import Label
from audioguide.drawing.scale import TimeLine
from audioguide.drawing.words import width, wrapped
from audioguide.export.spoken import SpokenPhrase, spoken
from audioguide.script.layout import Timeline

SIZE = 9.5
NUMBER_SIZE = 9
_MOST_LINES = 5
_MOST_ROOM = 190
_LEAST_PER_SECOND = 9  # below that, words would stand in columns of one word


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases in order; `numbers` has those that are numbered, by text, in order."""

    all: Sequence[SpokenPhrase]
    numbers: dict[str, int]

    def labels(self, stretch: TimeLine) -> list[Label]:
        """Return the labels of the phrases that start in `stretch`."""
        return [
            self._label(phrase, self.all[index + 1 : index + 2], stretch)
            for index, phrase in enumerate(self.all)
            if stretch.holds(phrase.start)
        ]

    def _label(self, phrase: SpokenPhrase, behind: Sequence[SpokenPhrase], stretch: TimeLine) -> Label:
        x = stretch.x(phrase.start)
        if phrase.text in self.numbers:
            return Label(x, (str(self.numbers[phrase.text]),), NUMBER_SIZE)
        return Label(x, wrapped(phrase.text, SIZE, _room(phrase, behind, stretch)), SIZE)


def phrases(timeline: Timeline, stretches: Sequence[TimeLine]) -> Phrases:
    """Gather what is said, and number what has no room beside its block everywhere it is said."""
    found = spoken(timeline)
    numbers: dict[str, int] = {}
    crowded = _crowded(found, stretches)
    for phrase in found:
        if phrase.text in crowded:
            numbers.setdefault(phrase.text, len(numbers) + 1)
    return Phrases(found, numbers)


def _crowded(found: Sequence[SpokenPhrase], stretches: Sequence[TimeLine]) -> set[str]:
    if stretches[0].format.per_second < _LEAST_PER_SECOND:
        return {phrase.text for phrase in found}
    starts = [stretch.start for stretch in stretches]
    return {
        phrase.text
        for index, phrase in enumerate(found)
        if not _fits(phrase, found[index + 1 : index + 2], stretches[bisect_right(starts, phrase.start) - 1])
    }


def _room(phrase: SpokenPhrase, behind: Sequence[SpokenPhrase], stretch: TimeLine) -> float:
    next_x = stretch.x(behind[0].start) if behind and stretch.holds(behind[0].start) else stretch.format.right
    return min(_MOST_ROOM, next_x - stretch.x(phrase.start) - 4)


def _fits(phrase: SpokenPhrase, behind: Sequence[SpokenPhrase], stretch: TimeLine) -> bool:
    room = _room(phrase, behind, stretch)
    if any(width(word, SIZE) > room for word in phrase.text.split()):
        return False
    return len(wrapped(phrase.text, SIZE, room)) <= _MOST_LINES
