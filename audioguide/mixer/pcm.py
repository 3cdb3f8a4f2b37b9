"""The whole file as samples, block by block: what an encoder of any other format is fed with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import numpy as np

from audioguide.audio.clip import Samples, Wave
from audioguide.mixer.ducking import course_over
from audioguide.mixer.fades import STEADY
from audioguide.mixer.gain import played
from audioguide.mixer.mixer import BLOCK_FRAMES, Mixer
from audioguide.mixer.sound import Sound
from audioguide.sound.beds.bed import Bed, LoopedBed
from audioguide.units import FRAME_SAMPLES, TICK_SAMPLES

BLOCK_SAMPLES = BLOCK_FRAMES * FRAME_SAMPLES  # 12 s: memory stays flat however long the file is


def mixed(sounds: Iterable[Sound], length_ticks: int, bed: Bed | None = None) -> Iterator[Wave]:
    """Mix `sounds`, over `bed` if there is one, and yield the file in blocks of float32 at 48 kHz.

    There are `length_ticks` * 192 samples in all, in steps of 16 bit; without a bed all are whole
    numbers. Raises OutputError as the bed does, and where the sum does not fit into 16 bits.
    """
    heard = sorted(sounds, key=lambda sound: (sound.start, sound.key))
    mixer = Mixer(bed=_stream(bed), waiting=deque(heard))
    course = course_over(heard, length_ticks, bed.ducks) if bed else STEADY
    total = length_ticks * TICK_SAMPLES
    for first in range(0, total, BLOCK_SAMPLES):
        count = min(BLOCK_SAMPLES, -(-(total - first) // FRAME_SAMPLES) * FRAME_SAMPLES)
        block = np.empty(count, dtype=np.float32)
        mixer.mix_into(block, course, first // FRAME_SAMPLES)
        yield block[: total - first]


def blocks_in(length_ticks: int) -> int:
    """Return how many blocks `mixed` yields for a file of that length."""
    return -(-length_ticks * TICK_SAMPLES // BLOCK_SAMPLES)


def whole(block: Wave) -> Samples:
    """Return `block` rounded to 16 bit. Of a bed that is 40 dB softer than the softest part of it."""
    return np.rint(block).astype(np.int16)


def _stream(bed: Bed | None) -> Iterator[Wave]:
    if bed is None:
        silence = np.zeros(BLOCK_SAMPLES, dtype=np.float32)
        while True:
            yield silence
    yield from played(bed) if isinstance(bed, LoopedBed) else bed.blocks()
