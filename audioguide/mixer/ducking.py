"""A bed gets softer before words and returns after them; all moments are known in advance. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from audioguide.mixer.fades import Course, Ramp, fades_for
from audioguide.mixer.sound import Sound
from audioguide.sound.beds.bed import STEP_DB
from audioguide.units import FRAME_TICKS, TICKS_PER_SECOND

# Words that follow one another sooner than that keep the bed down: it must not pump.
STAYS_DOWN = 625  # ticks: 2.5 s
# Frames of a level bed between a ramp and words. With them, a ramp is an island of its own, the same
# before every phrase, and so is the one behind.
APART = 2
SHORTEST_DOWN, SHORTEST_UP = 19, 42  # frames: 0.5 s with those two, and 1 s
STEEPEST = 24.0  # dB a second


def course_over(sounds: Iterable[Sound], length_ticks: int, depth: int) -> Course:
    """Return the level of a bed over a file: in and out with it, and `depth` steps down under words."""
    level, ramps = ramps_for(sounds, length_ticks, depth)
    return Course(fades=fades_for(length_ticks), ramps=ramps, level=level)


def ramps_for(sounds: Iterable[Sound], length_ticks: int, depth: int) -> tuple[int, tuple[Ramp, ...]]:
    """Return the level at the start of a file, in steps, and its ramps: `depth` steps down and up again.

    The bed is down 48 ms before each word and until 48 ms behind the last one. Only words turn it down:
    a chime is to ring over the bed as it is.
    """
    if not depth:
        return 0, ()
    down, up = _frames(depth, SHORTEST_DOWN) * FRAME_TICKS, frames_up(depth) * FRAME_TICKS
    level, ramps = 0, []
    for first, behind in _stretches(sounds, max(STAYS_DOWN, down + up + 6 * APART * FRAME_TICKS)):
        start = (first // FRAME_TICKS - APART) * FRAME_TICKS - down
        if start < 0:  # the file begins with words, while the bed is still rising
            level = -depth
        else:
            ramps.append(Ramp(start=start, end=start + down, steps=-depth))
        end = (-(-behind // FRAME_TICKS) + APART) * FRAME_TICKS
        if end + up <= length_ticks:
            ramps.append(Ramp(start=end, end=end + up, steps=depth))
    return level, tuple(ramps)


def frames_up(depth: int) -> int:
    """Return how many frames a bed takes to come up again by `depth` steps."""
    return _frames(depth, SHORTEST_UP)


def _frames(depth: int, shortest: int) -> int:
    # A raised cosine is steepest in its middle, by pi / 2 of the mean.
    seconds = depth * STEP_DB * math.pi / 2 / STEEPEST
    return max(shortest, math.ceil(seconds * TICKS_PER_SECOND / FRAME_TICKS))


def _stretches(sounds: Iterable[Sound], apart: int) -> Iterator[tuple[int, int]]:
    """Yield first tick and tick behind of words that follow one another by less than `apart`."""
    words = sorted((sound.start, sound.end) for sound in sounds if sound.words)
    if not words:
        return
    first, behind = words[0]
    for start, end in words[1:]:
        if start - behind >= apart:
            yield first, behind
            first = start
        behind = max(behind, end)
    yield first, behind
