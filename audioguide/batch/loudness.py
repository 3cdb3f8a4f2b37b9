"""How loud a file is, from its islands: each is measured once, however many files it is part of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.loudness import HOP, blocks, loudness, step_powers
from audioguide.mp3.islands import Island, cut
from audioguide.mp3.pieces import mix
from audioguide.pipeline.mixdown import Mixdown
from audioguide.storage.cache import Cache, key_of
from audioguide.units import FRAME_SAMPLES, TICK_SAMPLES


def loudness_of(heard: Mixdown, cache: Cache) -> float | None:
    """Return the gated loudness in LUFS (ITU-R BS.1770-4) of the words and chimes; None for silence.

    A bed does not count. An island is put at the next step of 100 ms, which changes the result by less than
    0.1 LU. `cache` keeps what was measured.
    """
    length = heard.timeline.length * TICK_SAMPLES
    steps = np.zeros(-(-length // HOP) + 8)
    for island in cut(heard.sounds, heard.timeline.length):
        powers = _powers(island, cache)
        first = round(island.first_frame * FRAME_SAMPLES / HOP)
        steps[first : first + len(powers)] += powers[: len(steps) - first]
    found = loudness(blocks(steps))
    return round(found, 2) if np.isfinite(found) else None


def _powers(island: Island, cache: Cache) -> NDArray[np.float64]:
    key = key_of("steps/1", island.recipe.frames, island.recipe.parts)
    kept = cache.get(key)
    if kept is not None and not len(kept) % 8:
        return np.frombuffer(kept, "<f8")
    samples = mix(island).astype(np.float32) / np.float32(32_768)
    powers = step_powers(np.pad(samples, (0, 2 * HOP - len(samples) % HOP)))
    cache.put(key, powers.astype("<f8").tobytes())
    return powers
