"""Holds as they were heard: from the onset of the start chime to the onset of the end chime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, seconds
from audioguide.verifier.chimes import Found
from audioguide.verifier.promise import Promise, PromisedHold


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A hold with its length in `samples` as heard; None where it cannot be known, and `why`.

    `stands` is None for a hold that no two chimes mark: nobody can measure it.
    """

    hold: PromisedHold
    samples: float | None = None
    tolerance: int = 0
    why: str = ""
    marked: bool = True

    @property
    def off(self) -> float | None:
        """Return how many samples it is longer than promised."""
        return None if self.samples is None else self.samples - self.hold.length * TICK_SAMPLES

    @property
    def stands(self) -> bool | None:
        """Return whether it is as long as promised."""
        if not self.marked:
            return None
        return self.off is not None and abs(round(self.off)) <= self.tolerance

    @property
    def promised_s(self) -> float:
        """Return the promised length in seconds."""
        return seconds(self.hold.length)

    @property
    def measured_s(self) -> float | None:
        """Return the measured length in seconds."""
        return None if self.samples is None else self.samples / SAMPLE_RATE


def held(promise: Promise, sounds: Sequence[Found]) -> list[Held]:
    """Measure each hold of the script."""
    found = {each.sound.cue: each for each in sounds}
    return [_held(hold, found) for hold in promise.holds]


def _held(hold: PromisedHold, found: dict[int, Found]) -> Held:
    if hold.opened is None or hold.closed is None:
        bare = [name for name, end in (("start", hold.opened), ("end", hold.closed)) if end is None]
        return Held(
            hold=hold, marked=False, why=f"it has no chime at its {' and '.join(bare)}: not measurable"
        )
    ends = found[hold.opened.cue], found[hold.closed.cue]
    for name, each in zip(("start", "end"), ends, strict=True):
        if each.off is None:
            what = "cannot be read" if each.unknown else "is not heard"
            return Held(hold=hold, why=f"its {name} chime '{each.sound.name}' {what}")
    opened, closed = ((each.off or 0.0) + each.sound.start * TICK_SAMPLES for each in ends)
    return Held(hold=hold, samples=closed - opened, tolerance=max(each.tolerance for each in ends))
