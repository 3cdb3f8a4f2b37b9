"""How loud a user's own chime is. Brings the decoders: imported only where there is one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from audioguide.loudness import BLOCK, block_powers, loudness
from audioguide.sound.segments import load


def loudest(path: Path) -> float:
    """Return the loudness, in LUFS, of the loudest 0.4 s of the sound at `path`, as it will be placed.

    Windows begin every 0.1 s; a shorter sound is measured with silence behind it. Raises RoutineError
    or OutputError where it cannot be loaded.
    """
    samples = load(path).samples.astype(np.float32) / 32_768
    padded = np.pad(samples, (0, max(0, BLOCK - len(samples)))).astype(np.float32)
    powers = np.concatenate([block_powers(padded[start:]) for start in range(0, BLOCK, BLOCK // 4)])
    return loudness(powers.max(keepdims=True))
