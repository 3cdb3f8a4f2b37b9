"""A bed that is a loop: encoded once, copied where nothing else sounds, mixed where something does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from threading import Event

import numpy as np
from numpy.typing import NDArray

from audioguide.errors import OutputError
from audioguide.mixer.mix import add_sounds
from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode_inner, encoder_name
from audioguide.mp3.frame_gain import with_gain
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.islands import Island, Recipe
from audioguide.mp3.job import USUAL, Mp3Job
from audioguide.mp3.ordered_pool import in_order
from audioguide.sound.beds.bed import LoopedBed
from audioguide.storage.cache import key_of
from audioguide.units import FRAME_SAMPLES, FRAME_TICKS

# A stationary bed alone goes on for 2.4 to 3.6 s, then leaves out 0.6 to 2.4 s of its loop. A loop
# played straight would repeat itself exactly after 9.6 s; so, no shift of a minute correlates with
# itself by more than 0.2, and the joins cannot be distinguished from the loop.
STAY = (100, 150)
LEAP = (25, 100)
PIECE_FRAMES = 512  # of a loop, encoded by one core


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """The encoded loop of a bed: `count` joined frames of `size` bytes.

    `level` is the one at the start of the file, in steps.
    """

    data: bytes
    count: int
    size: int
    stationary: bool = True
    level: int = 0
    _turned: dict[int, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def run(self, first: int, frames: int, level: int = 0) -> Iterator[bytes]:
        """Yield `frames` frames from frame `first` of the loop on, round and round, `level` steps louder."""
        if level not in self._turned:
            self._turned[level] = with_gain(self.data, self.size, level)
        data = self._turned[level]
        first %= self.count
        while frames > 0:
            part = min(frames, self.count - first)
            yield data[first * self.size : (first + part) * self.size]
            frames, first = frames - part, 0

    def behind(self, island: Island | None, frames: int) -> Iterator[bytes]:
        """Yield `frames` frames of the bed alone, behind `island` and without a join to it."""
        place, began, level = 0, 0, self.level
        if island:
            place, began = place_of(island.recipe, self.count) + island.frames, island.behind
            level = island.course.level_behind
        if not self.stationary:
            yield from self.run(began, frames, level)
            return
        chance = Random(began)  # noqa: S311 - the same file each time
        while frames > 0:
            stay = min(frames, _between(STAY, chance))
            yield from self.run(place, stay, level)
            place += stay + _between(LEAP, chance)
            frames -= stay


def place_of(recipe: Recipe, count: int) -> int:
    """Return the frame of a loop of `count` frames with which the bed under an island begins.

    Under a stationary bed it depends on what the island is, not on where it is in the file: so it
    is encoded once.
    """
    return int(key_of(recipe)[:12], 16) % count if recipe.place is None else recipe.place


def mix_over(island: Island, bed: LoopedBed | None) -> NDArray[np.float32]:
    """Add the sounds of `island` to the bed under it, with the frames around it that `encode_inner` wants.

    Without a bed there is silence under it. Raises OutputError where the sum does not fit into 16 bits.
    """
    before = LEAD_FRAMES * FRAME_SAMPLES
    window = np.zeros(before + (island.frames + TAIL_FRAMES) * FRAME_SAMPLES, dtype=np.float32)
    if bed:
        place = place_of(island.recipe, bed.frames) * FRAME_SAMPLES - before
        window = bed.stretch(place, len(window))
        window *= island.course.gain(-before, len(window))
    add_sounds(window, island.sounds, moment=island.first_frame * FRAME_TICKS, first=before)
    return window


def encode_loop(bed: LoopedBed, job: Mp3Job = USUAL, *, level: int = 0, stop: Event | None = None) -> Loop:
    """Encode the loop of `bed`, or fetch it from the cache of `job`, whose progress is not called.

    Raises OutputError, also where `stop` is set before it is done: nobody waits for it any more.
    """
    bitrate, cache = job.bitrate, job.cache
    size = frame_bytes(bitrate)
    key = key_of("loop/2", encoder_name(), bitrate, bed.key)
    data = cache.get(key) if cache else None
    if data is None or len(data) != bed.frames * size:

        def encoded(first: int) -> bytes:
            if stop and stop.is_set():
                raise OutputError("the loop of the bed was abandoned")
            return encode_inner(_piece(bed, first), bitrate)

        data = b"".join(in_order(encoded, range(0, bed.frames, PIECE_FRAMES), job.workers))
        if cache:
            cache.put(key, data)
    return Loop(data=data, count=bed.frames, size=size, stationary=bed.stationary, level=level)


def _piece(bed: LoopedBed, first: int) -> NDArray[np.float32]:
    frames = LEAD_FRAMES + min(PIECE_FRAMES, bed.frames - first) + TAIL_FRAMES
    return bed.stretch((first - LEAD_FRAMES) * FRAME_SAMPLES, frames * FRAME_SAMPLES)


def _between(bounds: tuple[int, int], chance: Random) -> int:
    return bounds[0] + int(chance.random() * (bounds[1] - bounds[0]))
