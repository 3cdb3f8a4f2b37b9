"""What is left of a file in a player that skips silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audioguide.units import TICKS_PER_SECOND
from audioguide.verifier.figures import runs
from audioguide.verifier.measure.meter import Levels
from audioguide.verifier.promise import Promise

# Android's ExoPlayer, in many podcast players: silence is what stays below 1024 of 32,768 (-30 dBFS)
# for 150 ms.
SKIPPED_BELOW = 1024 / 32_768
_SHORTEST = 38  # ticks: 152 ms
MATTERS = TICKS_PER_SECOND  # such players leave a little; less than a second is no harm


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipping:
    """How many seconds would be cut between the first sound and the last, and what would be left of a hold.

    The hold is the one that loses most; None without holds.
    """

    cut_s: float
    hold_s: float | None
    left_s: float | None

    @property
    def harms(self) -> bool:
        """Return whether a hold would be cut; without holds, whether anything would."""
        cut = self.cut_s if self.hold_s is None or self.left_s is None else self.hold_s - self.left_s
        return cut * TICKS_PER_SECOND >= MATTERS


def skipping(levels: Levels, promise: Promise | None) -> Skipping:
    """Play the file as such a player does. Cuts before the first cue or after the last do not matter."""
    holds = promise.holds if promise else ()
    first, last = _span(promise, len(levels.peaks))
    cut = np.zeros(len(levels.peaks) + 1, dtype=np.int8)
    for start, end in runs(levels.peaks[first:last] < SKIPPED_BELOW, _SHORTEST):
        cut[first + start + 1 : first + end + 1] = 1
    sums = np.cumsum(cut, dtype=np.int32)
    lost = [
        (int(sums[min(hold.start + hold.length, len(sums) - 1)] - sums[min(hold.start, len(sums) - 1)]), hold)
        for hold in holds
    ]
    ticks, worst = max(lost, key=lambda each: each[0], default=(0, None))
    return Skipping(
        cut_s=int(sums[-1]) / TICKS_PER_SECOND,
        hold_s=worst.length / TICKS_PER_SECOND if worst else None,
        left_s=(worst.length - ticks) / TICKS_PER_SECOND if worst else None,
    )


def _span(promise: Promise | None, ticks: int) -> tuple[int, int]:
    """Return where the first cue begins and where the last one ends, both in ticks."""
    holds = [(hold.start, hold.start + hold.length) for hold in promise.holds] if promise else []
    spans = [*(promise.cues if promise else ()), *holds] or [(0, ticks)]
    return min(start for start, _ in spans), max(end for _, end in spans)
