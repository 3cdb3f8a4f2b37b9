"""Put the index of an MP4 in front of its sound, so that a player can begin before it has the whole file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO

from audioguide.errors import OutputError

_HEAD = 8
_AT_ONCE = 4 * 1024 * 1024  # bytes that are moved at once
# Boxes of boxes, on the way to the offsets of chunks (ISO/IEC 14496-12, 8.7.5).
_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_LARGEST = 2**32


def index_first(file: IO[bytes]) -> None:
    """Move `moov` in front of `mdat`, and its offsets by as much; memory does not grow with the sound.

    A file that begins with it stays as it is. Raises OutputError where the file has no such boxes, or is
    larger than 4 GB.
    """
    boxes = list(_boxes(file))
    places = {name: (start, size) for name, start, size in boxes}
    if b"moov" not in places or b"mdat" not in places:
        raise OutputError("cannot move the index of an M4B to the front: it has no moov or no mdat")
    (index, length), (sound, _) = places[b"moov"], places[b"mdat"]
    if index < sound:
        return
    if index + length != max(start + size for _, start, size in boxes):
        raise OutputError("cannot move the index of an M4B to the front: something follows it")
    if index + length >= _LARGEST:
        raise OutputError("an M4B can have at most 4 GB")
    file.seek(index)
    moved = bytearray(file.read(length))
    _shift(moved, 0, length, length)
    _move(file, sound, index, length)
    file.seek(sound)
    file.write(moved)
    file.seek(0, 2)


def _boxes(file: IO[bytes]) -> Iterator[tuple[bytes, int, int]]:
    end = file.seek(0, 2)
    place = 0
    while place + _HEAD <= end:
        file.seek(place)
        size, name = struct.unpack(">I4s", file.read(_HEAD))
        if size == 1:  # the size follows in 64 bits
            (size,) = struct.unpack(">Q", file.read(8))
        size = size or end - place
        if size < _HEAD or place + size > end:
            raise OutputError(
                f"cannot move the index of an M4B to the front: the box at {place} has an invalid size"
            )
        yield name, place, size
        place += size


def _shift(data: bytearray, start: int, end: int, by: int) -> None:
    """Add `by` to each offset of a chunk in the boxes of `data` from `start` up to `end`."""
    while start + _HEAD <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        if size < _HEAD:
            raise OutputError("cannot move the index of an M4B to the front: a box in it has an invalid size")
        if name in _INSIDE:
            _shift(data, start + _HEAD, start + size, by)
        elif name in (b"stco", b"co64"):
            (count,) = struct.unpack_from(">I", data, start + 12)
            layout = f">{count}{'I' if name == b'stco' else 'Q'}"
            offsets = struct.unpack_from(layout, data, start + 16)
            struct.pack_into(layout, data, start + 16, *(offset + by for offset in offsets))
        start += size


def _move(file: IO[bytes], start: int, end: int, by: int) -> None:
    """Move the bytes from `start` up to `end` further back, the last ones first."""
    while end > start:
        size = min(_AT_ONCE, end - start)
        end -= size
        file.seek(end)
        block = file.read(size)
        file.seek(end + by)
        file.write(block)
