"""Where the words in a recording begin and end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FRAME_MS = 5
# Below the loudest frame. Measured on 60 phrases of neural voices: the breath before a word is 45 dB below
# the loudest, the end of an "s" 40.
BELOW_LOUDEST_DB = 46.0
# A recording has the noise of its room: what is this much above it, is the voice.
ABOVE_ROOM_DB = 9.0
LOUDER_THAN_ROOM_DB = 20.0  # no voice is softer than that: the room's noise may be measured on words
SILENCE_DB = -74.0  # of full scale


def span(samples: NDArray[np.float32], rate: int) -> tuple[int, int]:
    """Return the first sample of the words in (n,) `samples` at `rate` Hz, and the one after the last.

    Full scale is 1. Both are 0 where nothing is louder than -74 dBFS.
    """
    width = max(1, rate * FRAME_MS // 1000)
    count = -(-len(samples) // width)
    frames = np.zeros(count * width, dtype=np.float64)
    frames[: len(samples)] = samples
    levels = 10 * np.log10(np.square(frames).reshape(count, width).mean(axis=1) + 1e-12)
    loudest = levels.max(initial=-120.0)
    if loudest < SILENCE_DB:
        return 0, 0
    room = min(float(np.percentile(levels, 5)) + ABOVE_ROOM_DB, loudest - LOUDER_THAN_ROOM_DB)
    loud = np.flatnonzero(levels > max(loudest - BELOW_LOUDEST_DB, room, SILENCE_DB))
    return int(loud[0]) * width, min(len(samples), (int(loud[-1]) + 1) * width)
