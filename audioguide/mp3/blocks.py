"""Any bed that is not stationary: the whole file mixed and encoded in blocks, on all cores, streamed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode_inner
from audioguide.mp3.fades import bed_gain, fades_for
from audioguide.mp3.frames import BITRATE, frames_for
from audioguide.mp3.islands import Sound
from audioguide.mp3.mix import add_sounds
from audioguide.units import FRAME_SAMPLES, FRAME_TICKS

BLOCK_FRAMES = 512  # 12 s: the frames around a block, which are encoded for nothing, cost 0.6 %

_Floats = NDArray[np.float32]


def encode_blocks(
    bed: Iterator[_Floats],
    sounds: Iterable[Sound],
    length_ticks: int,
    *,
    bitrate: int = BITRATE,
    workers: int | None = None,
) -> Iterator[bytes]:
    """Mix `sounds` over `bed` and yield the frames of a file of `length_ticks`, a block at a time.

    `bed` gives samples without end, in blocks of any length. A few blocks are in memory at a time.
    Raises OutputError as the bed, `add_sounds` and `encode_inner` do.
    """
    workers = workers or os.cpu_count() or 1
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for window in _windows(bed, sounds, length_ticks):
                waiting.append(pool.submit(encode_inner, window, bitrate))
                if len(waiting) > workers + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def blocks_for(length_ticks: int) -> int:
    """Return how many blocks `encode_blocks` yields for a file of that length."""
    return -(-frames_for(length_ticks) // BLOCK_FRAMES)


def _windows(bed: Iterator[_Floats], sounds: Iterable[Sound], length_ticks: int) -> Iterator[_Floats]:
    """Yield each block with the frames around it, as `encode_inner` wants it."""
    mixer = Mixer(bed=bed, waiting=deque(sorted(sounds, key=lambda sound: (sound.start, sound.key))))
    fades, total = fades_for(length_ticks), frames_for(length_ticks)
    held = np.zeros(LEAD_FRAMES * FRAME_SAMPLES, dtype=np.float32)
    done = 0
    for behind in range(BLOCK_FRAMES, total + BLOCK_FRAMES, BLOCK_FRAMES):
        ahead = min(behind, total) + TAIL_FRAMES
        gain = bed_gain(fades, done * FRAME_SAMPLES, (ahead - done) * FRAME_SAMPLES)
        window = np.concatenate([held, mixer.mix(gain, done)])
        yield window
        held, done = window[-(LEAD_FRAMES + TAIL_FRAMES) * FRAME_SAMPLES :], ahead


@dataclass(slots=True, kw_only=True)
class Mixer:
    """Takes as much of the bed as is needed, and the sounds in their order."""

    bed: Iterator[_Floats]
    waiting: deque[Sound]
    sounding: list[Sound] = field(default_factory=list)
    held: _Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def mix(self, gain: _Floats, first_frame: int) -> _Floats:
        """Return `len(gain)` samples of the file from the border of `first_frame` on."""
        wave = self._take(len(gain)) * gain
        tick = first_frame * FRAME_TICKS
        behind = tick + len(gain) // FRAME_SAMPLES * FRAME_TICKS
        while self.waiting and self.waiting[0].start < behind:
            self.sounding.append(self.waiting.popleft())
        add_sounds(wave, self.sounding, moment=0, first=-first_frame * FRAME_SAMPLES)
        self.sounding = [sound for sound in self.sounding if sound.end > behind]
        return wave

    def _take(self, count: int) -> _Floats:
        parts, missing = [self.held], count - len(self.held)
        while missing > 0:
            parts.append(next(self.bed))
            missing -= len(parts[-1])
        joined = np.concatenate(parts)
        self.held = joined[count:].copy()
        return joined[:count]
