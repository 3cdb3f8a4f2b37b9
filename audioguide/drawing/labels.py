"""Labels below a track, placed so that none is on another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audioguide.drawing.words import width

MOST_LEVELS = 12
_APART = 3


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that belong to the point `x`."""

    x: float
    lines: Sequence[str]
    size: float

    @property
    def wide(self) -> float:
        """Return the width of the longest line."""
        return max(width(line, self.size) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its left edge and the level of its first line, from 0 at the top."""

    label: Label
    x: float
    level: int

    @property
    def levels(self) -> int:
        """Return how many levels are needed down to its last line."""
        return self.level + len(self.label.lines)


def place(labels: Iterable[Label], right: float) -> Iterator[Placed]:
    """Place `labels`, sorted by `x`, each on the highest level that is free and left of `right`.

    A label that finds none of the twelve levels free is left out.
    """
    taken = [float("-inf")] * MOST_LEVELS
    for label in labels:
        x = min(label.x, right - label.wide)
        rows = len(label.lines)
        for level in range(MOST_LEVELS - rows + 1):
            if all(end + _APART <= x for end in taken[level : level + rows]):
                taken[level : level + rows] = [x + label.wide] * rows
                yield Placed(label, x, level)
                break
