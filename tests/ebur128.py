"""The meter of libebur128, read without the package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
HOP = RATE // 10


def readings(wave: NDArray[np.float64], reading: Literal["I", "M"]) -> Iterator[float]:
    """Yield the integrated or momentary loudness, in LUFS, as `wave` goes on: mono, 48 kHz, full scale 1."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono")
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    sound = wave.astype(np.float32)
    for start in range(0, len(sound), HOP):
        frame = av.AudioFrame.from_ndarray(sound[None, start : start + HOP], format="flt", layout="mono")
        frame.sample_rate, frame.pts = RATE, start
        graph.push(frame)
        while True:
            try:
                measured = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            if (value := measured.metadata.get(f"lavfi.r128.{reading}")) is not None:
                yield float(value)
