"""WAV: samples as they are, with chapters as cue points and the tags in chunks behind them."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import IO

from audioguide.audio.clip import Wave
from audioguide.errors import OutputError
from audioguide.mixer.pcm import whole
from audioguide.mp3.id3 import id3_bytes
from audioguide.script.tags import Tags
from audioguide.script.text import one_line
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, format_clock

_BYTES = 2
_HEAD = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LARGEST = 2**32 - 1  # sizes are 32 bit
_WORDS = {b"INAM": "title", b"IART": "artist", b"IPRD": "album", b"IGNR": "genre", b"ICMT": "comment"}


def write_wav(file: IO[bytes], blocks: Iterable[Wave], length_ticks: int, tags: Tags) -> None:
    """Write mono 16-bit WAV at 48 kHz of exactly `length_ticks`.

    Behind the samples lie the words (LIST INFO), the chapters (cue points with labels) and an ID3 tag
    with all the rest. Raises OutputError for a file over 4 GB, 12 h 25 min.
    """
    size = length_ticks * TICK_SAMPLES * _BYTES
    behind = _info(tags) + _cues(tags) + _chunk(b"id3 ", id3_bytes(tags))
    riff = _HEAD.size - 8 + size + len(behind)
    if riff > _LARGEST:
        raise OutputError(
            f"a WAV file can have at most 4 GB, and {format_clock(length_ticks)} needs {riff / 1e9:.1f}: "
            f"use FLAC"
        )
    file.write(
        _HEAD.pack(
            b"RIFF", riff, b"WAVE", b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * _BYTES, _BYTES, 8 * _BYTES,
            b"data", size,
        )
    )  # fmt: skip
    for block in blocks:
        file.write(whole(block).astype("<i2").tobytes())
    file.write(behind)


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def _info(tags: Tags) -> bytes:
    words = {name: one_line(getattr(tags, field)) for name, field in _WORDS.items()}
    parts = (_chunk(name, text.encode() + b"\0") for name, text in words.items() if text)
    return _chunk(b"LIST", b"INFO" + b"".join(parts))


def _cues(tags: Tags) -> bytes:
    if not tags.chapters:
        return b""
    points = struct.pack("<I", len(tags.chapters))
    names = b"adtl"
    # ffmpeg counts the chapters of the ID3 tag from 0: with the same numbers, both say the same chapters.
    for number, chapter in enumerate(tags.chapters):
        sample = chapter.start * TICK_SAMPLES
        points += struct.pack("<II4sIII", number, sample, b"data", 0, 0, sample)
        names += _chunk(b"labl", struct.pack("<I", number) + one_line(chapter.title).encode() + b"\0")
    return _chunk(b"cue ", points) + _chunk(b"LIST", names)
