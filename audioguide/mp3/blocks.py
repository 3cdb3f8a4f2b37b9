"""Any bed that is not stationary: the whole file mixed and encoded in blocks, on all cores, streamed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audioguide.mixer.fades import STEADY, Course
from audioguide.mixer.mix import add_sounds
from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode_inner
from audioguide.mp3.frames import BITRATE, frames_for
from audioguide.mp3.islands import Sound
from audioguide.mp3.ordered_pool import in_turn
from audioguide.units import FRAME_SAMPLES, FRAME_TICKS

BLOCK_FRAMES = 512  # 12 s: the frames around a block, which are encoded for nothing, cost 0.6 %

_Floats = NDArray[np.float32]


def encode_blocks(
    bed: Iterator[_Floats],
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
    yield from in_turn(lambda window: encode_inner(window, bitrate), windows, workers)


def blocks_for(length_ticks: int) -> int:
    """Return how many blocks `encode_blocks` yields for a file of that length."""
    return -(-frames_for(length_ticks) // BLOCK_FRAMES)


def _windows(
    bed: Iterator[_Floats], sounds: Iterable[Sound], length_ticks: int, course: Course = STEADY
) -> Iterator[_Floats]:
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


@dataclass(slots=True, kw_only=True)
class Mixer:
    """Takes as much of the bed as is needed, and the sounds in their order."""

    bed: Iterator[_Floats]
    waiting: deque[Sound]
    sounding: list[Sound] = field(default_factory=list)
    held: _Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def mix_into(self, wave: _Floats, course: Course, first_frame: int) -> None:
        """Fill `wave`, whole frames, with the file from the border of `first_frame` on."""
        self._take_into(wave)
        wave *= course.gain(first_frame * FRAME_SAMPLES, len(wave))
        behind = (first_frame + len(wave) // FRAME_SAMPLES) * FRAME_TICKS
        while self.waiting and self.waiting[0].start < behind:
            self.sounding.append(self.waiting.popleft())
        add_sounds(wave, self.sounding, moment=0, first=-first_frame * FRAME_SAMPLES)
        self.sounding = [sound for sound in self.sounding if sound.end > behind]

    def _take_into(self, wave: _Floats) -> None:
        done = 0
        while done < len(wave):
            if not len(self.held):
                self.held = next(self.bed)
            part = self.held[: len(wave) - done]
            wave[done : done + len(part)] = part
            done, self.held = done + len(part), self.held[len(part) :]
