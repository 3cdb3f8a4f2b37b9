"""How clear words are over another sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]


def clearness(alone: Sound, heard: Sound, rate: int) -> float:
    """Return the short-time objective intelligibility of words, from 0 to 1 (as if alone)."""
    import pystoi  # with scipy, it takes seconds: where it is needed

    return float(pystoi.stoi(alone, heard, rate))
