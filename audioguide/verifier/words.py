"""Whether every phrase is spoken: there is sound from its start to its end, and no hole in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.units import TICKS_PER_SECOND
from audioguide.verifier.measure.meter import SOUNDING, Levels
from audioguide.verifier.measure.weighting import gate_blocks, gated
from audioguide.verifier.promise import Promise, PromisedPhrase
from audioguide.verifier.targets import targets_for

# Words begin about 10 ms into their clip and end 15 to 40 ms before its end. At 120 words a minute their
# longest pause is 820 ms, at a colon (Japanese; 680 in others). In a phrase of several sentences, which a
# mark or an edited script may hold, it is 1150 ms, at a full stop and a quotation mark (70 languages).
_LATE, _EARLY, _HOLE, _HOLE_AT_STOP = (ms // 4 for ms in (140, 240, 900, 1600))
_STOP_INSIDE = re.compile(r"[.!?\u2026\u0589\u061f\u06d4\u0964\u0965\u104b\u1362\u3002\uff01\uff1f](?=\W*\w)")
# A phrase so far below the others is not there; the bed under it is 20 LU softer than words.
MISSING_LU = 14.0
_FAINTEST_LUFS = -50.0
_OVER_BED = 10 ** (6 / 20)
_MISSING = "is not heard"
_AROUND = 4  # phrases before and behind, to which one is compared
# Words peak 20 dB above the tone of a breath that goes on behind them.
_STANDS_OUT = 10 ** (-12 / 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardPhrase:
    """A phrase as it was heard: up to the tick `end`, its loudness in LUFS, and what is missing of it.

    `fall_db` is by how much the profile makes it softer than the first one.
    """

    phrase: PromisedPhrase
    end: int
    lufs: float
    fall_db: float
    fault: str = ""

    @property
    def is_missing(self) -> bool:
        """Return whether nothing of it is heard."""
        return self.fault == _MISSING

    @property
    def is_alone(self) -> bool:
        """Return whether its loudness is that of words only."""
        return not self.phrase.covered


def spoken(promise: Promise, levels: Levels) -> list[HeardPhrase]:
    """Listen to each phrase of the script."""
    floor = _floor(promise, levels)
    ends = [_end(promise, levels, phrase) for phrase in promise.phrases]
    loudness = [
        gated(gate_blocks(levels.powers[phrase.start : end]))
        for phrase, end in zip(promise.phrases, ends, strict=True)
    ]
    # What sounds with a chime is as loud as the chime, and says nothing of the others.
    alone = [each for phrase, each in zip(promise.phrases, loudness, strict=True) if not phrase.covered]
    clear = [each for each in alone or loudness if each > _FAINTEST_LUFS]
    usual = float(np.median(clear)) if clear else _FAINTEST_LUFS
    least = max(_FAINTEST_LUFS, usual - MISSING_LU) if not _falls(promise) else _FAINTEST_LUFS
    return [
        HeardPhrase(
            phrase=phrase,
            end=end,
            lufs=each,
            fall_db=_fall_db(promise, phrase),
            fault=_MISSING
            if each < least
            else _fault(levels, phrase, end, floor, max(1.0, 120 / (phrase.rate or promise.rate))),
        )
        for phrase, end, each in zip(promise.phrases, ends, loudness, strict=True)
    ]


def speech_lufs(levels: Levels, phrases: Sequence[HeardPhrase]) -> float:
    """Return the gated loudness of the phrases alone, whatever lies between; -inf without any."""
    heard = [each for each in phrases if each.is_alone] or phrases
    parts = [gate_blocks(levels.powers[each.phrase.start : each.end]) for each in heard]
    return gated(np.concatenate(parts)) if parts else float("-inf")


def uneven(phrases: Sequence[HeardPhrase]) -> Iterator[tuple[HeardPhrase, float]]:
    """Yield each phrase with how much louder it is than those around it, in LU, but for the profile."""
    heard = [each for each in phrases if each.is_alone and not each.fault]
    for place, each in enumerate(heard):
        around = heard[max(0, place - _AROUND) : place] + heard[place + 1 : place + 1 + _AROUND]
        if around:
            usual = float(np.median([other.lufs - other.fall_db for other in around]))
            yield each, each.lufs - each.fall_db - usual


def _slow(promise: Promise, phrase: PromisedPhrase) -> float:
    """Return how much slower than usual a phrase is spoken, at least 1."""
    return max(1.0, 120 / (phrase.rate or promise.rate))


def _falls(promise: Promise) -> bool:
    return len(promise.profiles) > 1 or promise.profile == "sleep"


def _fall_db(promise: Promise, phrase: PromisedPhrase) -> float:
    """Return how far the profiles turn a phrase down.

    `sleep` falls from its first phrase to the last one, or to the middle of what is left of the file if that
    is later, from the level before it.
    """
    if not _falls(promise):
        return 0.0
    place = max(index for index, (start, _) in enumerate(promise.profiles) if start <= phrase.start)
    begin, profile = promise.profiles[place]
    if profile != "sleep":
        return targets_for(profile).softest_db
    before = targets_for(promise.profiles[place - 1][1]).softest_db if place else 0.0
    first = next(each.start for each in promise.phrases if each.start >= begin)
    last = max(promise.phrases[-1].start, (begin + promise.length) // 2)
    return before + (targets_for(profile).softest_db - before) * (phrase.start - first) / max(1, last - first)


def _end(promise: Promise, levels: Levels, phrase: PromisedPhrase) -> int:
    """Return the tick behind the words: their cue may last longer, and so may what sounds with them."""
    peaks = levels.peaks[phrase.start : phrase.end]
    if not phrase.open_end or not len(peaks):
        return phrase.end
    loud = peaks >= (_STANDS_OUT * peaks.max() if phrase.covered or promise.bed else SOUNDING)
    return phrase.start + int(np.flatnonzero(loud)[-1]) + 1 if loud.any() else phrase.end


def _floor(promise: Promise, levels: Levels) -> float:
    """Return the peak that a tick of words is above: -60 dBFS, or what sounds where nothing should."""
    if not promise.bed:
        return SOUNDING
    between = levels.peaks[quiet(promise, len(levels.peaks))]
    return max(SOUNDING, _OVER_BED * float(np.median(between))) if len(between) else SOUNDING


def quiet(promise: Promise, ticks: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell for each tick whether no cue sounds in it, nor within 32 ms of it, which is what a coder rings."""
    still = np.ones(ticks, dtype=bool)
    for start, end in promise.cues:
        still[max(0, start - 8) : end + 8] = False
    return still


def _fault(levels: Levels, phrase: PromisedPhrase, end: int, floor: float, slow: float) -> str:
    peaks = levels.peaks[phrase.start : phrase.end]
    loud = np.flatnonzero(peaks > floor)
    if not len(loud):
        return _MISSING
    if len(peaks) < phrase.length:
        return "is cut off by the end of the file"
    if phrase.covered:
        return ""
    if loud[0] > _LATE:
        return f"begins {_ms(int(loud[0]))} ms late, or its beginning is missing"
    if phrase.length - loud[-1] > _EARLY and not phrase.open_end:
        return f"ends {_ms(phrase.length - int(loud[-1]))} ms early: its end is missing"
    hole = int(np.diff(loud[loud < end - phrase.start]).max(initial=0))
    allowed = _HOLE_AT_STOP if _STOP_INSIDE.search(phrase.text) else _HOLE
    return f"has a hole of {_ms(hole)} ms" if hole > allowed * slow else ""


def _ms(ticks: int) -> int:
    return ticks * 1000 // TICKS_PER_SECOND
