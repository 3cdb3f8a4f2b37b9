"""Sound files that libsndfile does not read, such as the M4A of a phone: unpacked by FFmpeg's decoders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import av
import numpy as np
import soundfile

from audioguide.errors import AudioguideError, OutputError, RoutineError

# By suffix, the one container that is looked for: a file cannot pose as a list of other files.
CONTAINERS = {".m4a": "mov", ".mp4": "mov", ".aac": "aac", ".opus": "ogg"}
LONGEST_SECONDS = 600  # of what is unpacked; a longer bed is better kept as FLAC or MP3
_SHORT_BY = 0.5  # seconds: an encoder's padding, and no more, may be missing


def unpacked(file: IO[bytes], path: Path) -> IO[bytes]:
    """Return the sound in `file` as a temporary WAV: one channel, 32-bit floats, at its own rate.

    Raises OutputError where it is damaged or has no sound, RoutineError where it lasts more than 10 minutes.
    """
    whole = TemporaryFile()  # noqa: SIM115
    try:
        _unpack(file, whole, path)
    except AudioguideError:  # some of ours are errors of a value, or of a file
        whole.close()
        raise
    except (av.FFmpegError, soundfile.LibsndfileError, ValueError, EOFError, OSError) as error:
        whole.close()
        raise OutputError(f"{path} is not a sound file, or is damaged") from error
    whole.seek(0)
    return whole


def _unpack(file: IO[bytes], whole: IO[bytes], path: Path) -> None:
    with av.open(file, "r", format=CONTAINERS[path.suffix.lower()]) as container:
        if not container.streams.audio:
            raise OutputError(f"{path} has no sound in it")
        stream = container.streams.audio[0]
        frames = _write(container, stream, whole, path)
        base = stream.time_base
        said = float(stream.duration * base) if stream.duration and base else 0.0
        if frames / stream.rate < said - _SHORT_BY:
            raise OutputError(f"{path} is damaged: its end is missing")


def _write(container: Any, stream: Any, whole: IO[bytes], path: Path) -> int:
    """Write the samples of `stream` to `whole` as WAV; return how many there are."""
    frames = 0
    with soundfile.SoundFile(whole, "w", stream.rate, 1, format="WAV", subtype="FLOAT") as wav:
        for block in _blocks(container, stream):
            frames += len(block)
            if frames > LONGEST_SECONDS * stream.rate:
                limit = f"save a sound longer than {LONGEST_SECONDS // 60} minutes as FLAC or MP3"
                raise RoutineError(f"{path}: this sound is too long to load: {limit}")
            wav.write(block)
    return frames


def _blocks(container: Any, stream: Any) -> Iterator[Any]:
    floats = av.AudioResampler(format="fltp", layout=stream.layout, rate=stream.rate)
    for frame in container.decode(stream):
        for part in floats.resample(frame):
            yield np.mean(part.to_ndarray(), axis=0)
