"""The whole file as samples, block by block: what an encoder of any other format is fed with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from random import Random

import numpy as np
from numpy.typing import NDArray

from audioguide.clip import Samples
from audioguide.mp3.blocks import BLOCK_FRAMES, Mixer
from audioguide.mp3.fades import bed_gain, fades_for
from audioguide.mp3.islands import Sound
from audioguide.mp3.loop import LEAP, STAY
from audioguide.sound.bed import Bed, StationaryBed, Wave
from audioguide.units import FRAME_SAMPLES, TICK_SAMPLES

BLOCK = BLOCK_FRAMES * FRAME_SAMPLES  # 12 s: memory stays flat however long the file is
_FADE = FRAME_SAMPLES  # samples in which one place of a loop becomes another


def mixed(sounds: Iterable[Sound], length_ticks: int, bed: Bed | None = None) -> Iterator[Wave]:
    """Mix `sounds`, over `bed` if there is one, and yield the file in blocks of float32 at 48 kHz.

    There are `length_ticks` * 192 samples in all, in steps of 16 bit; without a bed all are whole
    numbers. Raises OutputError as the bed does, and where the sum does not fit into 16 bits.
    """
    waiting = deque(sorted(sounds, key=lambda sound: (sound.start, sound.key)))
    mixer = Mixer(bed=_stream(bed), waiting=waiting)
    fades, total = fades_for(length_ticks), length_ticks * TICK_SAMPLES
    for first in range(0, total, BLOCK):
        count = min(BLOCK, -(-(total - first) // FRAME_SAMPLES) * FRAME_SAMPLES)
        gain = bed_gain(fades, first, count) if bed else np.ones(count, dtype=np.float32)
        yield mixer.mix(gain, first // FRAME_SAMPLES)[: total - first]


def blocks_in(length_ticks: int) -> int:
    """Return how many blocks `mixed` yields for a file of that length."""
    return -(-length_ticks * TICK_SAMPLES // BLOCK)


def whole(block: Wave) -> Samples:
    """Return `block` rounded to 16 bit. Of a bed that is 40 dB softer than the softest part of it."""
    return np.rint(block).astype(np.int16)


def _stream(bed: Bed | None) -> Iterator[Wave]:
    if bed is None:
        silence = np.zeros(BLOCK, dtype=np.float32)
        while True:
            yield silence
    yield from _wandering(bed.samples) if isinstance(bed, StationaryBed) else bed.blocks()


def _wandering(loop: Wave) -> Iterator[Wave]:
    """Yield `loop` without end; every 2.4 to 3.6 s it leaves a part out, so that it never repeats exactly."""
    chance = Random(0)  # noqa: S311 - the same file each time
    way = np.pi / 2 * (np.arange(_FADE, dtype=np.float32) + np.float32(0.5)) / np.float32(_FADE)
    down, up = np.cos(way), np.sin(way)  # of equal power: two places of noise are strangers
    place = 0
    before: NDArray[np.float32] | None = None
    while True:
        count = chance.randint(*STAY) * FRAME_SAMPLES
        part = np.take(loop, np.arange(place, place + count + _FADE), mode="wrap")
        if before is not None:
            part[:_FADE] = before * down + part[:_FADE] * up
        before = part[count:].copy()
        yield part[:count]
        place = (place + count + chance.randint(*LEAP) * FRAME_SAMPLES) % len(loop)
