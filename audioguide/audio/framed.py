"""A clip that was encoded already: its MP3 frames are copied where it sounds alone, else decoded."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

import av
import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.errors import OutputError
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES

DELAY = 1105  # samples by which encoder and decoder are late together: 576 and 529
FULL_SCALE = 32_768
SOFT = 48  # samples: 1 ms
_RAMP = (0.5 - 0.5 * np.cos(np.pi * np.arange(SOFT) / SOFT)).astype(np.float32)


class FramedClip(Clip):
    """`frames` of 48 kHz, mono, without a reservoir, from whose border on the sound lasts `ticks`."""

    def __init__(self, frames: bytes, ticks: int) -> None:
        """Hold `frames`; nothing is decoded yet."""
        self.frames = frames
        self._ticks = ticks

    @property
    def ticks(self) -> int:
        """Return the length in ticks."""
        return self._ticks

    @cached_property
    def key(self) -> str:
        """Name the content by the frames."""
        return hashlib.sha256(self.frames).hexdigest()

    @cached_property
    def samples(self) -> Samples:
        """Return what a decoder hears. Raises OutputError for damaged frames."""
        return decoded(self.frames, self._ticks)


def decoded(frames: bytes, ticks: int) -> Samples:
    """Decode joined MP3 `frames` to the `ticks` that begin with the first: (n,) int16 at 48 kHz.

    Raises OutputError where they are damaged.
    """
    context: Any = av.CodecContext.create("mp3float", "r")
    try:
        heard = [
            frame
            for packet in (*context.parse(frames), *context.parse(), None)
            for frame in context.decode(packet)
        ]
    except (av.FFmpegError, ValueError) as error:
        raise OutputError(f"a phrase of the voice pack is damaged: {error}") from error
    parts = [frame.to_ndarray()[0] for frame in heard if frame.sample_rate == SAMPLE_RATE]
    wave = np.concatenate([np.zeros(0, dtype=np.float32), *parts])[DELAY : DELAY + ticks * TICK_SAMPLES]
    if len(wave) < ticks * TICK_SAMPLES:
        raise OutputError(f"a phrase of the voice pack is damaged: it has {len(parts)} frames")
    wave[:SOFT] *= _RAMP  # what the coder leaves at the ends would click where it is mixed
    wave[-SOFT:] *= _RAMP[::-1]
    full = np.float32(FULL_SCALE)
    return np.clip(np.rint(wave * full), -full, full - 1).astype(np.int16)
