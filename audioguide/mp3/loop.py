"""A stationary bed: its loop encoded once, copied where nothing else sounds, mixed where something does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode_inner, encoder_name
from audioguide.mp3.fades import bed_gain
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.islands import Island, Recipe
from audioguide.mp3.mix import add_sounds
from audioguide.sound.bed import StationaryBed
from audioguide.store import Store, key_of
from audioguide.units import FRAME_SAMPLES, FRAME_TICKS

# A bed alone goes on for 2.4 to 3.6 s, then leaves out 0.6 to 2.4 s of its loop. A loop played
# straight would repeat itself exactly after 9.6 s; so, no shift of a minute correlates with itself
# by more than 0.2, and the joins cannot be told from the loop.
STAY = (100, 150)
LEAP = (25, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """The encoded loop of a stationary bed: `count` joined frames of `size` bytes."""

    data: bytes
    count: int
    size: int

    def run(self, first: int, frames: int) -> Iterator[bytes]:
        """Yield `frames` frames from frame `first` of the loop on, round and round."""
        first %= self.count
        while frames > 0:
            part = min(frames, self.count - first)
            yield self.data[first * self.size : (first + part) * self.size]
            frames, first = frames - part, 0

    def behind(self, island: Island | None, frames: int) -> Iterator[bytes]:
        """Yield `frames` frames of the bed alone, behind `island` and without a join to it."""
        place, began = (
            (place_of(island.recipe, self.count) + island.frames, island.behind) if island else (0, 0)
        )
        chance = Random(began)  # noqa: S311 - the same file each time
        while frames > 0:
            stay = min(frames, _between(STAY, chance))
            yield from self.run(place, stay)
            place += stay + _between(LEAP, chance)
            frames -= stay


def place_of(recipe: Recipe, count: int) -> int:
    """Return the frame of a loop of `count` frames with which the bed under an island begins.

    It depends on what the island is, not on where it lies in the file: so it is encoded once.
    """
    return int(key_of(recipe)[:12], 16) % count


def mix_over(island: Island, bed: StationaryBed) -> NDArray[np.float32]:
    """Add the sounds of `island` to the bed under it, with the frames around it that `encode_inner` wants.

    Raises OutputError where the sum does not fit into 16 bits.
    """
    before = LEAD_FRAMES * FRAME_SAMPLES
    place = place_of(island.recipe, bed.frames) * FRAME_SAMPLES - before
    window = np.resize(np.roll(bed.samples, -place), before + (island.frames + TAIL_FRAMES) * FRAME_SAMPLES)
    window *= bed_gain(island.fades, -before, len(window))
    add_sounds(window, island.sounds, moment=island.first_frame * FRAME_TICKS, first=before)
    return window


def encode_loop(bed: StationaryBed, bitrate: int, store: Store | None = None) -> Loop:
    """Encode the loop of `bed`, or fetch it from `store`. Raises OutputError."""
    size = frame_bytes(bitrate)
    key = key_of("loop/1", encoder_name(), bitrate, bed.key)
    data = store.get(key) if store else None
    if data is None or len(data) != bed.frames * size:
        lead, tail = bed.samples[-LEAD_FRAMES * FRAME_SAMPLES :], bed.samples[: TAIL_FRAMES * FRAME_SAMPLES]
        data = encode_inner(np.concatenate([lead, bed.samples, tail]), bitrate)
        if store:
            store.put(key, data)
    return Loop(data=data, count=bed.frames, size=size)


def _between(bounds: tuple[int, int], chance: Random) -> int:
    return bounds[0] + int(chance.random() * (bounds[1] - bounds[0]))
