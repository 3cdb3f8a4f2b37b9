"""How long the body is in position: from the words that take it there to those that let it go. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.script.layout import Timed, Timeline


@dataclass(frozen=True, slots=True)
class Load:
    """The time that the body is in the position of `hold`: from tick `start` up to `end`.

    It starts at the end of the words that take the position and ends at the onset of those that leave
    it; without such words, at the start or the end of the hold.
    """

    hold: Timed
    start: int
    end: int

    @property
    def length(self) -> int:
        """Return how long it lasts, in ticks."""
        return self.end - self.start


def load_of(timeline: Timeline) -> dict[int, Load]:
    """Map the id of each timed hold of `timeline` to its load."""
    return {id(load.hold): load for load in loads(timeline)}


def loads(timeline: Timeline) -> Iterator[Load]:
    """Yield the load of every hold of `timeline`, in order."""
    entered: int | None = None
    held: Load | None = None
    for timed in timeline.cues:
        if timed.cue.releases and held:
            yield Load(held.hold, held.start, timed.start)
            held = None
        if timed.cue.enters:
            entered = timed.end
        if timed.cue.kind == "hold":
            if held:
                yield held
            held = Load(timed, timed.start if entered is None else entered, timed.end)
            entered = None
    if held:
        yield held
