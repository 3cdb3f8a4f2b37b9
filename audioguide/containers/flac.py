"""FLAC: its frames behind a head that is written here, with tags, chapters and the cover."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from audioguide.audio.clip import Wave
from audioguide.containers.encode import flac_packets
from audioguide.containers.vorbis import comment_block, picture_block
from audioguide.errors import OutputError
from audioguide.mixer.pcm import whole
from audioguide.script.tags import Tags
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES

_STREAMINFO, _COMMENT, _PICTURE = 0, 4, 6
_LAST = 0x80
_INFO_BYTES = 34
_BITS = 16


def write_flac(file: IO[bytes], blocks: Iterable[Wave], length_ticks: int, tags: Tags) -> None:
    """Write mono 16-bit FLAC at 48 kHz of exactly `length_ticks`.

    `file` must be able to seek: the description of the stream is filled in last (RFC 9639, 8.2).
    Raises OutputError where it cannot be encoded.
    """
    digest = hashlib.md5(usedforsecurity=False)  # what a decoder checks the samples with
    packets = flac_packets(_hashed(blocks, digest.update))
    info = next(packets)
    if len(info) != _INFO_BYTES:
        raise OutputError(f"the FLAC encoder is at fault: it wrote a header of {len(info)} bytes")
    extra = [
        (_COMMENT, comment_block(tags)),
        *([(_PICTURE, picture_block(tags.cover))] if tags.cover else []),
    ]
    start = file.tell()
    file.write(b"fLaC" + _block(_STREAMINFO, info))
    for index, (kind, data) in enumerate(extra):
        file.write(_block(kind | (_LAST if index == len(extra) - 1 else 0), data))
    sizes: tuple[int, int] = (2**24 - 1, 0)
    for packet in packets:
        sizes = min(sizes[0], len(packet)), max(sizes[1], len(packet))
        file.write(packet)
    end = file.tell()
    file.seek(start + 8)
    file.write(_described(info, sizes, length_ticks * TICK_SAMPLES, digest.digest()))
    file.seek(end)


def _block(kind: int, data: bytes) -> bytes:
    return bytes([kind]) + len(data).to_bytes(3, "big") + data


def _described(info: bytes, sizes: tuple[int, int], samples: int, digest: bytes) -> bytes:
    frames = b"".join(size.to_bytes(3, "big") for size in sizes)
    # 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples.
    numbers = SAMPLE_RATE << 44 | 0 << 41 | (_BITS - 1) << 36 | samples
    return info[:4] + frames + struct.pack(">Q", numbers) + digest


def _hashed(blocks: Iterable[Wave], update: Callable[[bytes], None]) -> Iterator[Wave]:
    for block in blocks:
        update(whole(block).astype("<i2").tobytes())
        yield block
