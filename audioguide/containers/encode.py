"""Samples in, packets of FLAC, Opus or AAC out. The only place beside `mp3.lame.pyav` that knows PyAV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from typing import IO, Any

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from audioguide.audio.clip import Wave
from audioguide.errors import OutputError
from audioguide.mixer.pcm import whole
from audioguide.script.tags import ChapterMark
from audioguide.sound.beds.bed import FULL_SCALE
from audioguide.units import SAMPLE_RATE, TICK_MS

# Without the name and version of libraries, and without a random serial number.
_REPEATABLE = {"fflags": "+bitexact"}


def flac_packets(blocks: Iterable[Wave]) -> Iterator[bytes]:
    """Encode `blocks`; yield the description of the stream (34 bytes), then each frame.

    Raises OutputError where the encoder is missing or fails.
    """
    with _failing_as_output("FLAC"):
        context = av.CodecContext.create("flac", "w")
        assert isinstance(context, AudioCodecContext)  # noqa: S101 - of what kind it is depends on the name
        context.sample_rate, context.layout, context.format = SAMPLE_RATE, "mono", "s16"
        context.options = {"compression_level": "5", "flags": "+bitexact"}
        context.open()
        yield bytes(context.extradata or b"")
        for frame in _frames((whole(block).reshape(1, -1) for block in blocks), "s16"):
            yield from map(bytes, context.encode(frame))


def write_ogg_opus(
    file: IO[bytes], blocks: Iterable[Wave], bitrate: int, comments: Mapping[str, str]
) -> None:
    """Write Opus in Ogg with those comments. Raises OutputError where it cannot be encoded."""
    with _failing_as_output("Opus"), _container(file, "ogg", {}) as container:
        container.metadata.update(comments)
        _encode(container, "libopus", "flt", blocks, bitrate=bitrate)


def write_mp4(
    file: IO[bytes], blocks: Iterable[Wave], bitrate: int, chapters: Sequence[ChapterMark], language: str
) -> None:
    """Write AAC in MP4 with chapters, both as a track of titles and as a list.

    Raises OutputError where it cannot be encoded.
    """
    with _failing_as_output("M4B"), _container(file, "ipod", {"brand": "M4B "}) as container:
        container.set_chapters(
            [
                {
                    "id": number, "start": each.start * TICK_MS, "end": each.end * TICK_MS,
                    "time_base": Fraction(1, 1000), "metadata": {"title": each.title},
                }
                for number, each in enumerate(chapters)
            ]
        )  # fmt: skip
        _encode(container, "aac", "fltp", blocks, bitrate=bitrate, language=language)


@contextmanager
def _container(file: IO[bytes], format_: str, options: dict[str, str]) -> Iterator[Any]:
    container = av.open(file, "w", format=format_, options=_REPEATABLE | options)
    try:
        yield container
    except BaseException:
        # What failed is reported, not what closing finds; the file is thrown away by the code that opened it.
        with suppress(av.FFmpegError, ValueError, OSError):
            container.close()
        raise
    container.close()


def _encode(
    container: Any, codec: str, samples: str, blocks: Iterable[Wave], *, bitrate: int, language: str = ""
) -> None:
    stream = container.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
    stream.bit_rate = bitrate
    stream.codec_context.format = samples
    stream.codec_context.options = {"flags": "+bitexact"}
    if language:
        stream.metadata["language"] = language
    scaled = ((block / np.float32(FULL_SCALE)).reshape(1, -1) for block in blocks)
    for frame in _frames(scaled, samples):
        container.mux(stream.encode(frame))


def _frames(blocks: Iterable[Any], format_: str) -> Iterator[av.AudioFrame | None]:
    place = 0
    for block in blocks:
        frame = av.AudioFrame.from_ndarray(block, format=format_, layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, place, Fraction(1, SAMPLE_RATE)
        place += block.shape[1]
        yield frame
    yield None


@contextmanager
def _failing_as_output(what: str) -> Iterator[None]:
    try:
        yield
    except OutputError:
        raise
    except (av.FFmpegError, ValueError) as error:  # UnknownCodecError is a ValueError
        raise OutputError(f"PyAV {av.__version__} cannot write {what}: {error}") from error
