"""What a single moment does to a sound: how high it peaks between samples, and where it clicks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioguide.verify.decode import Wave

CONTEXT = 480  # samples on each side of those that are judged: 10 ms

# The fourth difference hears what changes within a few samples (above 8 kHz). A click lasts 1 ms: around
# it, the same stretch is 15 dB quieter, while a spoken "t" goes on for longer. In speech of espeak-ng a few
# "t" do not; they reach 0.015 at -24 LUFS. An impulse of -40 dBFS in silence gives 0.014, a hard cut in
# the middle of a word 0.15.
CLICK_LEVEL, CLICK_IN_WORDS = 0.008, 0.045
CLICK_RATIO = 10 ** (15 / 20)
_BIN = 48  # samples: 1 ms
_NEAR = 2  # bins that belong to the click itself, on each side
APART = 20 * _BIN  # of one click, what is heard closer by is part of it

_OVERSAMPLED = 4
_TAPS = 32
_PIECE = 256
# Between samples a sound can rise above its highest sample, by no more than this in practice.
_OVERSHOOT = 0.6


def clicks(wave: Wave) -> Iterator[tuple[int, float]]:
    """Yield place and strength of each click in `wave`, less its CONTEXT on both sides.

    Places count from the first judged sample; the number of judged samples is a multiple of 48.
    """
    sharp = np.abs(np.diff(wave, n=4, prepend=wave[:1].repeat(4)))
    bins = sharp.reshape(-1, _BIN).max(axis=1)
    margin = CONTEXT // _BIN
    inner = bins[margin:-margin]
    if not inner.max(initial=0.0) > CLICK_LEVEL:
        return
    far = np.lib.stride_tricks.sliding_window_view(bins, margin - _NEAR).max(axis=1)
    beside = np.maximum(far[: len(inner)], far[margin + _NEAR + 1 :][: len(inner)])
    for place in np.flatnonzero((inner > CLICK_LEVEL) & (inner > CLICK_RATIO * beside)):
        start = CONTEXT + int(place) * _BIN
        yield start - CONTEXT + int(sharp[start : start + _BIN].argmax()), float(inner[place])


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
