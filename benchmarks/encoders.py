"""An MP3 encoder alone, on the finished sound: the floor that everybody else stands on.

Under a bed that moves, none of that sound is silence, which is encoded sooner: each has a floor of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from audioguide.units import SAMPLE_RATE
from benchmarks.case import MOVING, MUSIC, Case, bed_text, pcm
from benchmarks.contender import Contender, Lap, RivalError, Run, Watch, watched, without

Encode = Callable[[list[NDArray[np.int16]]], Iterator[bytes]]

KBIT = 96
BLOCK = 10 * SAMPLE_RATE  # samples handed over at once; one second and the whole file were both slower
QUALITY = 5  # lameenc's; it is also what libmp3lame does in PyAV where nobody asks


def alone(encode: Encode, bed: str | None = None) -> Callable[[Case], Run]:
    """Return a contender that encodes the finished sound of a case, or that over `bed`, by `encode`."""

    def prepare(case: Case) -> Run:
        mp3 = case.over(bed)[0] if bed else case.mp3
        return lambda: _lap(encode, pcm(mp3))

    return prepare


def _lap(encode: Encode, samples: NDArray[np.int16]) -> Lap:
    return Lap(spent(encode, samples).seconds)


def spent(encode: Encode, samples: NDArray[np.int16]) -> Watch:
    """Return what `encode` takes for (n,) `samples`. Raises RivalError where it writes too little or much."""
    blocks = [samples[start : start + BLOCK] for start in range(0, len(samples), BLOCK)]
    with watched() as watch:
        written = sum(len(data) for data in encode(blocks))
    if abs(written * 8 / KBIT / 1000 - len(samples) / SAMPLE_RATE) > 1:
        raise RivalError(f"the encoder wrote {written} bytes of {len(samples)} samples")
    return watch


def _pyav(blocks: list[NDArray[np.int16]]) -> Iterator[bytes]:
    # With ordinary settings: the reservoir is on.
    import av

    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "mono", "s16p"
    context.bit_rate = KBIT * 1000
    for block in blocks:
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16p", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        yield from map(bytes, context.encode(frame))
    yield from map(bytes, context.encode(None))


def by_lameenc(blocks: list[NDArray[np.int16]]) -> Iterator[bytes]:
    """Encode with lameenc's own class; it has no switch for the reservoir."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KBIT)
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    for block in blocks:
        yield encoder.encode(block)
    yield encoder.flush()


def _contenders(bed: str | None = None) -> tuple[Contender, ...]:
    more, over = (f"-{bed}", f", on the sound over {bed_text(bed)}") if bed else ("", "")
    longest = 30 if bed else 70
    return (
        Contender(
            name=f"lame-pyav{more}", longest=longest, prepare=alone(_pyav, bed),
            what=f"the encoder alone: libmp3lame through PyAV, {KBIT} kbit/s{over}",
        ),
        Contender(
            name=f"lameenc{more}", longest=longest, prepare=alone(by_lameenc, bed),
            missing=without("lameenc"),
            what=f"the encoder alone: lameenc, {KBIT} kbit/s, quality {QUALITY}{over}",
        ),
    )  # fmt: skip


CONTENDERS = (*_contenders(), *(each for bed in (*MOVING, MUSIC) for each in _contenders(bed)))
