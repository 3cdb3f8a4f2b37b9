"""Any bed that is not stationary: the whole file mixed and encoded in blocks, on all cores, streamed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.mixer.fades import STEADY, Course
from audioguide.mixer.mixer import BLOCK_FRAMES, Mixer
from audioguide.mixer.sound import Sound
from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode_inner
from audioguide.mp3.frames import BITRATE, frames_for
from audioguide.mp3.ordered_pool import in_order
from audioguide.units import FRAME_SAMPLES


def encode_blocks(
    bed: Iterator[Wave],
    sounds: Iterable[Sound],
    length_ticks: int,
    *,
    course: Course = STEADY,
    bitrate: int = BITRATE,
    workers: int | None = None,
) -> Iterator[bytes]:
    """Mix `sounds` over `bed` and yield the frames of a file of `length_ticks`, a block at a time.

    `bed` gives samples without end, in blocks of any length; `course` is its level over the file.
    A few blocks are in memory at a time.
    Raises OutputError as the bed, `add_sounds` and `encode_inner` do.
    """
    windows = _windows(bed, sounds, length_ticks, course)
    yield from in_order(lambda window: encode_inner(window, bitrate), windows, workers)


def blocks_for(length_ticks: int) -> int:
    """Return how many blocks `encode_blocks` yields for a file of that length."""
    return -(-frames_for(length_ticks) // BLOCK_FRAMES)


def _windows(
    bed: Iterator[Wave], sounds: Iterable[Sound], length_ticks: int, course: Course = STEADY
) -> Iterator[Wave]:
    """Yield each block with the frames around it, as `encode_inner` wants it."""
    mixer = Mixer(bed=bed, waiting=deque(sorted(sounds, key=lambda sound: (sound.start, sound.key))))
    total = frames_for(length_ticks)
    held = np.zeros(LEAD_FRAMES * FRAME_SAMPLES, dtype=np.float32)
    done = 0
    for behind in range(BLOCK_FRAMES, total + BLOCK_FRAMES, BLOCK_FRAMES):
        ahead = min(behind, total) + TAIL_FRAMES
        window = np.empty(len(held) + (ahead - done) * FRAME_SAMPLES, dtype=np.float32)
        window[: len(held)] = held
        mixer.mix_into(window[len(held) :], course, done)
        yield window
        held, done = window[-(LEAD_FRAMES + TAIL_FRAMES) * FRAME_SAMPLES :].copy(), ahead
