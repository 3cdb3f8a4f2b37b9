"""How high a sound peaks, between its samples as well."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Wave

CONTEXT = 480  # samples on each side of those that are judged: 10 ms

_OVERSAMPLED = 4
_TAPS = 32
_PIECE = 256
# Between samples a sound can rise above its highest sample, by no more than this in practice.
_OVERSHOOT = 0.6


def true_peak(wave: Wave, highest: float = 0.0) -> float:
    """Return the true peak (1 is full scale) of `wave` without its CONTEXT, or `highest` if that is higher.

    Four times oversampled, as BS.1770-4 (annex 2) asks for, with a windowed sinc of its own.
    """
    judged = wave[CONTEXT:-CONTEXT]
    highest = max(highest, float(np.abs(judged).max(initial=0.0)))
    pieces = np.abs(judged[: len(judged) // _PIECE * _PIECE]).reshape(-1, _PIECE).max(axis=1)
    for piece in np.flatnonzero(pieces > max(_OVERSHOOT * highest, 1e-6)):
        start = CONTEXT + int(piece) * _PIECE
        around = wave[start - _TAPS // 2 : start + _PIECE + _TAPS // 2]
        between = np.lib.stride_tricks.sliding_window_view(around, _TAPS) @ _sinc()
        highest = max(highest, float(np.abs(between).max()))
    return highest


@cache
def _sinc() -> NDArray[np.float32]:
    """Return the filter for each place between two samples: (32, 3)."""
    steps = np.arange(_TAPS)[:, None] - (_TAPS // 2 - 1) - np.arange(1, _OVERSAMPLED) / _OVERSAMPLED
    window = np.cos(np.pi * steps / (_TAPS + 2)) ** 2
    taps = np.sinc(steps) * window
    return np.asarray(taps / taps.sum(axis=0), dtype=np.float32)
