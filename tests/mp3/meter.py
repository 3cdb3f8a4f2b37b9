"""Measuring sound with other means than the package: libebur128, and plain spectra."""

from __future__ import annotations

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RATE = 48_000
FULL_SCALE = 32_768


def lufs(samples: Floats) -> float:
    """Return the integrated loudness that libebur128 finds; `samples` are in steps of 16 bit."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono")
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    sound = (samples / FULL_SCALE).astype(np.float32)
    found = float("-inf")
    for start in range(0, len(sound), RATE // 10):
        frame = av.AudioFrame.from_ndarray(
            sound[None, start : start + RATE // 10], format="flt", layout="mono"
        )
        frame.sample_rate, frame.pts = RATE, start
        graph.push(frame)
        while True:
            try:
                measured = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            found = float(measured.metadata.get("lavfi.r128.I", found))
    return found


def powers_around(samples: Floats, places: NDArray[np.int64], hertz: float = 0) -> Floats:
    """Return the power above `hertz` in the 10 ms to both sides of each place, under a Hann window."""
    half = RATE // 100
    windows = samples[places[:, None] + np.arange(-half, half)] * np.hanning(2 * half)
    spectra = np.abs(np.fft.rfft(windows)) ** 2
    return np.asarray(spectra[:, round(hertz * 2 * half / RATE) :].sum(axis=1))


def decibels(power: float) -> float:
    """Return a ratio of powers in dB."""
    return float(10 * np.log10(power))
