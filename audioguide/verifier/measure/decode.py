"""Sound files in, samples out: the proof's own decoder, apart from all that encodes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer

from audioguide.audio.clip import Wave
from audioguide.errors import OutputError
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, format_clock

BLOCK_TICKS = 300  # 1.2 s
DECODED_BLOCK = BLOCK_TICKS * TICK_SAMPLES
LONGEST_SOUND_S = 61  # a render takes 60, and decoders of MP3 do not agree on the last of it


def blocks(path: Path) -> Iterator[Wave]:
    """Yield the decoded MP3 at `path` in blocks of 57,600 samples (1.2 s): (n,) float32, full scale 1.

    The last block may be shorter. Raises OutputError for what is not an MP3 of audioguide, or is damaged.
    """
    place = 0
    try:
        _check_file(path)
        with av.open(str(path)) as container:
            stream = _mp3(container, path)
            waiting, count = np.empty(2 * DECODED_BLOCK, dtype=np.float32), 0
            for frame in container.decode(stream):
                samples = _samples(frame, path)
                waiting[count : count + len(samples)] = samples
                count += len(samples)
                if count >= DECODED_BLOCK:
                    yield waiting[:DECODED_BLOCK].copy()
                    place += DECODED_BLOCK
                    count -= DECODED_BLOCK
                    waiting[:count] = waiting[DECODED_BLOCK : DECODED_BLOCK + count]
            if count:
                yield waiting[:count].copy()
                place += count
    except av.FFmpegError as error:
        where = f" at about {format_clock(place // TICK_SAMPLES)}" if place else ""
        raise OutputError(f"{path} is not an MP3, or is damaged{where}: {_plain(error)}") from error
    if not place:
        raise OutputError(f"{path} is damaged: it has no sound in it")


def sound(path: Path) -> Wave:
    """Return the sound file at `path`, of any kind, as one channel at 48 kHz: (n,) float32.

    Raises OutputError where it cannot be read, or is longer than any that a render takes.
    """
    made: list[Wave] = []
    left = LONGEST_SOUND_S * SAMPLE_RATE
    try:
        _check_file(path)
        with av.open(str(path)) as container:
            for part in _resampled(container):
                made.append(part.to_ndarray().mean(axis=0, dtype=np.float32))
                left -= len(made[-1])
                if left < 0:
                    raise OutputError(f"the sound {path} is longer than {LONGEST_SOUND_S} s")
    except (av.FFmpegError, IndexError) as error:
        raise OutputError(f"cannot read the sound {path}: {_plain(error)}") from error
    if not made:
        raise OutputError(f"cannot read the sound {path}: it is empty")
    return np.concatenate(made)


def _resampled(container: InputContainer) -> Iterator[av.AudioFrame]:
    resampler = av.AudioResampler(format="fltp", rate=SAMPLE_RATE)
    for frame in container.decode(audio=0):
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise OutputError(f"{path} is a folder, not a sound file")
    if path.exists() and not path.is_file():  # anyone who opens a pipe may wait forever
        raise OutputError(f"{path} is a pipe or a device, not a sound file")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
    if empty:
        raise OutputError(f"{path} is empty")


def _mp3(container: InputContainer, path: Path) -> AudioStream:
    if container.format.name != "mp3" or not container.streams.audio:
        raise OutputError(f"{path} is not an MP3 (it looks like {container.format.name})")
    stream = container.streams.audio[0]
    if (stream.rate, stream.channels) != (SAMPLE_RATE, 1):
        raise OutputError(
            f"{path} has {stream.rate} Hz and {stream.channels} channel{'s' * (stream.channels != 1)}: "
            f"audioguide writes {SAMPLE_RATE} Hz and 1 channel, so it did not make this file, or another "
            "program converted it"
        )
    return stream


def _samples(frame: av.AudioFrame, path: Path) -> Wave:
    if frame.format.name != "fltp" or frame.sample_rate != SAMPLE_RATE or frame.layout.nb_channels != 1:
        raise OutputError(f"{path} is damaged: its format changes within the file")
    return np.frombuffer(memoryview(frame.planes[0]), dtype=np.float32, count=frame.samples)


def _plain(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
