"""An MP3 encoder alone, on the finished sound: the floor that everybody else stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioguide.units import SAMPLE_RATE
from benchmarks.case import Case, pcm
from benchmarks.contender import Contender, Lap, RivalError, Run, watched, without

KBIT = 96
BLOCK = 10 * SAMPLE_RATE  # samples handed over at once; one second and the whole file were both slower
QUALITY = 5  # lameenc's; it is also what libmp3lame does in PyAV where nobody asks


def lame_pyav(case: Case) -> Run:
    """Encode by libmp3lame through PyAV, with ordinary settings: the reservoir is on."""
    return lambda: _lap(_pyav, pcm(case.mp3))


def lameenc(case: Case) -> Run:
    """Encode by lameenc."""
    return lambda: _lap(_lameenc, pcm(case.mp3))


def _lap(encode: Any, samples: NDArray[np.int16]) -> Lap:
    blocks = [samples[start : start + BLOCK] for start in range(0, len(samples), BLOCK)]
    with watched() as watch:
        written = sum(len(data) for data in encode(blocks))
    if abs(written * 8 / KBIT / 1000 - len(samples) / SAMPLE_RATE) > 1:
        raise RivalError(f"the encoder wrote {written} bytes of {len(samples)} samples")
    return Lap(watch.seconds)


def _pyav(blocks: list[NDArray[np.int16]]) -> Iterator[bytes]:
    import av

    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "mono", "s16p"
    context.bit_rate = KBIT * 1000
    for block in blocks:
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16p", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        yield from map(bytes, context.encode(frame))
    yield from map(bytes, context.encode(None))


def _lameenc(blocks: list[NDArray[np.int16]]) -> Iterator[bytes]:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KBIT)
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    for block in blocks:
        yield encoder.encode(block)
    yield encoder.flush()


CONTENDERS = (
    Contender(
        name="lame-pyav", longest=70, prepare=lame_pyav,
        what=f"the encoder alone: libmp3lame through PyAV, {KBIT} kbit/s",
    ),
    Contender(
        name="lameenc", longest=70, prepare=lameenc, missing=without("lameenc"),
        what=f"the encoder alone: lameenc, {KBIT} kbit/s, quality {QUALITY}",
    ),
)  # fmt: skip
