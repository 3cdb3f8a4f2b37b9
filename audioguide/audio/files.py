"""Sound files of users, block by block as one channel. Only this and `packed` know soundfile."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO

import numpy as np
import soundfile
from numpy.typing import NDArray

from audioguide.errors import OutputError, RoutineError
from audioguide.untrusted.files import NotRegular, open_regular

# What a sound may have. All samples of a second are decoded for each second that is heard, so their number
# limits the time: 8 channels of 192 kHz, or 4 of 384.
LARGEST_BYTES = 50_000_000
MOST_CHANNELS = 16
RATES = range(4_000, 384_001)
MOST_SAMPLES_A_SECOND = 8 * 192_000
READ_AT_ONCE = 65_536
# Times full scale. Floats may go beyond it, and some programs write them as if they were 16 bit; beyond
# that a file is damaged, and squares of its samples are not numbers any more.
LOUDEST = 1e6

# How libsndfile logs a WAV or AIFF file whose data ends before its header says.
CUT_SHORT = re.compile(r"^ ?(?:data|SSND) : (\d+) \(should be (\d+)\)", re.MULTILINE)
UNKNOWN_BYTES = 0x7FFF_0000  # programs that write to a pipe put this, or more, for "to the end"
UNKNOWN_FRAMES = 2**48

PACKED = (".m4a", ".mp4", ".aac", ".opus")  # see `packed`

Mono = NDArray[np.float32]


@contextmanager
def opened(path: Path) -> Iterator[soundfile.SoundFile]:
    """Open the sound file at `path`; what fails while it is open becomes an error of ours, too.

    Raises OutputError where it is missing, damaged or cut short, RoutineError where it is larger than
    50 MB, or its rate or its number of channels is beyond all use.
    """
    try:
        with open_regular(path) as found:  # says why it cannot be opened; libsndfile does not
            _check_size(os.fstat(found.fileno()).st_size, path)
            packed = _unpacked(found, path) if path.suffix.lower() in PACKED else None
        with packed or nullcontext(), soundfile.SoundFile(packed or path) as file:
            _check(file, path)
            yield file
    except soundfile.LibsndfileError as error:
        raise OutputError(f"{path} is not a sound file, or is damaged") from error
    except NotRegular as error:
        raise OutputError(f"{path} is {error.kind}, not a sound file") from error
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


def mono_blocks(file: soundfile.SoundFile, path: Path) -> Iterator[Mono]:
    """Yield what is left of `file` block by block, its channels averaged; full scale is 1.

    Raises OutputError where the file ends too soon or holds what is not a number.
    """
    for block in file.blocks(READ_AT_ONCE, dtype="float32", always_2d=True):
        yield _mono(block, path)
    if file.tell() < file.frames:
        raise OutputError(f"{path} is damaged: its end is missing")


def mono_part(file: soundfile.SoundFile, path: Path, start: int, count: int) -> Mono:
    """Return up to `count` samples from `start` on, as `mono_blocks` does. Raises OutputError."""
    file.seek(start)
    blocks = file.blocks(READ_AT_ONCE, frames=count, dtype="float32", always_2d=True)
    return np.concatenate([np.zeros(0, dtype=np.float32), *(_mono(block, path) for block in blocks)])


def _mono(block: NDArray[np.float32], path: Path) -> Mono:
    if not np.isfinite(block).all():
        raise OutputError(f"{path} is damaged: it has samples that are not numbers")
    if np.abs(block).max(initial=0.0) > LOUDEST:
        raise OutputError(f"{path} is damaged: it has samples far beyond full scale")
    mono = block[:, 0].copy()  # channel by channel: 30 times as fast as the mean of each row
    for channel in range(1, block.shape[1]):
        mono += block[:, channel]
    return mono / np.float32(block.shape[1])


def _unpacked(file: IO[bytes], path: Path) -> IO[bytes]:
    from audioguide.audio.packed import unpacked  # FFmpeg, which few sounds need

    return unpacked(file, path)


def _check_size(size: int, path: Path) -> None:
    if size > LARGEST_BYTES:
        limit = f"the limit is {LARGEST_BYTES // 10**6} MB (as MP3 or OGG it is smaller)"
        raise RoutineError(f"{path}: this sound has {size / 1e6:.1f} MB; {limit}")


def _check(file: soundfile.SoundFile, path: Path) -> None:
    most = MOST_SAMPLES_A_SECOND // max(1, file.samplerate)
    if file.samplerate not in RATES or file.channels > min(most, MOST_CHANNELS):
        found = f"{file.samplerate} Hz and {file.channels} channel{'s' * (file.channels != 1)}"
        limit = f"{RATES[0]} to {RATES[-1]} Hz and {MOST_CHANNELS} channels, fewer above 96000 Hz"
        raise RoutineError(f"{path}: this sound has {found}; the limit is {limit}")
    if file.frames > UNKNOWN_FRAMES:  # a FLAC out of a pipe; libsndfile makes the largest number of it
        raise OutputError(f"{path} does not say how long it is: save it again")
    sizes = CUT_SHORT.search(file.extra_info)
    if sizes and int(sizes[2]) < int(sizes[1]) < UNKNOWN_BYTES:
        raise OutputError(f"{path} is damaged: its end is missing")
