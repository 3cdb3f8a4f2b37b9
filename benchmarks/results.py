"""Everything that one run has measured, and the questions that the page asks of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.growth import Grown
from benchmarks.session import Sessions
from benchmarks.side_by_side import Laps, Median

ENCODERS = ("lame-pyav", "lameenc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What was measured; what was not is missing.

    `startup` maps a command to its seconds, and `parts` each part of `show`.
    """

    runs: int
    laps: Laps = field(default_factory=dict)
    sessions: Sessions = field(default_factory=dict)
    growth: dict[int, Grown] = field(default_factory=dict)
    startup: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def minutes(self) -> list[int]:
        """Return the lengths of the routines that were raced, in minutes."""
        return sorted({length for _, length in self.laps})

    def floor(self, minutes: int) -> float | None:
        """Return the seconds of the fastest encoder alone.

        Where none was run, its time for the longest case that had one, in proportion.
        """
        if minutes in (lengths := self.encoded):
            return self._fastest(minutes)
        return self._fastest(lengths[-1]) * minutes / lengths[-1] if lengths else None

    @property
    def encoded(self) -> list[int]:
        """Return the lengths for which an encoder alone was run."""
        return sorted({length for name, length in self.laps if name in ENCODERS})

    def _fastest(self, minutes: int) -> float:
        found = (self.laps.get((name, minutes)) for name in ENCODERS)
        return min(each.seconds for each in found if each)

    def lap(self, name: str, minutes: int) -> Median | None:
        """Return the median of a contender, or None."""
        return self.laps.get((name, minutes))

    def to_floor(self, name: str, minutes: int) -> float | None:
        """Return a contender's time as a part of the fastest encoder's."""
        lap, floor = self.lap(name, minutes), self.floor(minutes)
        return lap.seconds / floor if lap and floor else None

    def faster(self, name: str, than: str, minutes: int) -> float | None:
        """Return how many times faster `name` is than the contender `than`."""
        lap, other = self.lap(name, minutes), self.lap(than, minutes)
        return other.seconds / lap.seconds if lap and other else None

    def started(self, command: str, beside: str) -> float | None:
        """Return the time of `command` as a multiple of that of `beside`."""
        if command in self.startup and beside in self.startup:
            return self.startup[command] / self.startup[beside]
        return None
