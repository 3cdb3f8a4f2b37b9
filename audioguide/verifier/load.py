"""How long the body was in position, as it was heard: from the words that take it to those that leave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.units import seconds
from audioguide.verifier.measure.meter import SOUNDING, Levels
from audioguide.verifier.promise import Promise, PromisedHold, PromisedPhrase
from audioguide.verifier.words import HeardPhrase

# Amid other sounds, a word counts from where it is 20 dB below the peak of its phrase: a bed lies 20 LU or
# more below words, a chime that rings under them 15. Soft first sounds (an f, an s) come up to 140 ms before
# that, and a soft last one (the p of "up") as long after it. Alone, a word counts from where it sounds.
_STANDS_OUT = 10 ** (-20 / 20)
TOLERANCE = 60  # ticks, 0.24 s: 25 ms of silence at both ends of a clip, and soft sounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The time in position at `hold`, in ticks: as promised and as `measured`; None where no words tell."""

    hold: PromisedHold
    promised: int | None = None
    measured: int | None = None

    @property
    def stands(self) -> bool | None:
        """Return whether it is as promised, within 0.24 s; None where it cannot be known."""
        if self.promised is None or self.measured is None:
            return None
        return abs(self.measured - self.promised) <= TOLERANCE

    @property
    def promised_s(self) -> float | None:
        """Return the promised time in seconds."""
        return None if self.promised is None else seconds(self.promised)

    @property
    def measured_s(self) -> float | None:
        """Return the measured time in seconds."""
        return None if self.measured is None else seconds(self.measured)


def loaded(promise: Promise, levels: Levels, phrases: Sequence[HeardPhrase]) -> list[Loaded]:
    """Measure the load of each hold, in the order of the script."""
    heard = [each for each in phrases if not each.fault]  # what is wrong with words is reported by itself
    starts = {each.phrase.start: each.phrase for each in heard}
    ends = {each.phrase.end: each.phrase for each in heard}
    amid = {each for each in promise.phrases if each.covered or promise.bed}
    spans = {each.phrase: _sounding(levels, each.phrase, amid=each.phrase in amid) for each in heard}
    return [_loaded(hold, spans, starts, ends) for hold in promise.holds]


def _loaded(
    hold: PromisedHold, spans: Mapping[PromisedPhrase, tuple[int, int]],
    starts: dict[int, PromisedPhrase], ends: dict[int, PromisedPhrase],
) -> Loaded:  # fmt: skip
    if hold.in_position is None:
        return Loaded(hold=hold)
    start, end = hold.in_position
    # Without such words, the hold itself is the border: its chimes are measured elsewhere.
    # That goes for a breath, too, whose words are over long before it ends.
    first = start if start == hold.start else spans[ends[start]][1] if start in ends else None
    bound = hold.start + hold.length
    last = spans[starts[end]][0] if end in starts else end if end == bound else None
    measured = None if first is None or last is None else last - first
    return Loaded(hold=hold, promised=end - start, measured=measured)


def _sounding(levels: Levels, phrase: PromisedPhrase, *, amid: bool) -> tuple[int, int]:
    """Return the first tick of the words and the one after the last; `amid` other sounds or alone."""
    peaks = levels.peaks[phrase.start : phrase.end]
    least = _STANDS_OUT * float(peaks.max(initial=0.0)) if amid else 0.0
    loud = np.flatnonzero(peaks >= max(SOUNDING, least))
    if not len(loud):
        return phrase.start, phrase.end
    return phrase.start + int(loud[0]), phrase.start + int(loud[-1]) + 1
