"""The file, frame by frame: encoded islands, and copies of one silent frame between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from audioguide.mp3.encode import silent_frame
from audioguide.mp3.frames import BITRATE, frame_bytes, frames_for
from audioguide.mp3.info import info_frame, update_crc
from audioguide.mp3.islands import Island

SILENT_RUN = 512  # frames of silence written at once, 12 s: memory stays flat however long the file is


def write_mp3(
    file: IO[bytes],
    islands: Iterable[Island],
    length_ticks: int,
    *,
    encoded: Callable[[Island], bytes],
    bitrate: int = BITRATE,
    id3: bytes = b"",
) -> int:
    """Write an MP3 of exactly `length_ticks` and return its number of frames, the tag frame not counted.

    `islands` are sorted and share no frame, as from `cut`; `encoded` gives the frames of each;
    `id3` goes in front. `file` must be able to seek: the Info frame is filled in last.
    Raises ValueError for islands that overlap, lie behind the end or have the wrong number of bytes.
    """
    if length_ticks <= 0:
        raise ValueError("a file of no length cannot be written")
    file.write(id3)
    place = file.tell()
    file.write(bytes(frame_bytes(bitrate)))
    crc = 0
    for run in _runs(islands, frames_for(length_ticks), bitrate, encoded):
        file.write(run)
        crc = update_crc(run, crc)
    end = file.tell()
    file.seek(place)
    file.write(info_frame(bitrate=bitrate, ticks=length_ticks, music_crc=crc))
    file.seek(end)
    return frames_for(length_ticks)


def _runs(
    islands: Iterable[Island], total: int, bitrate: int, encoded: Callable[[Island], bytes]
) -> Iterator[bytes]:
    size = frame_bytes(bitrate)
    behind = 0
    for island in islands:
        if island.first_frame < behind or island.behind > total:
            raise ValueError(f"an island at frame {island.first_frame} is not between {behind} and {total}")
        frames = encoded(island)
        if len(frames) != island.frames * size:
            raise ValueError(f"the island at frame {island.first_frame} has {len(frames)} bytes")
        yield from _silence(island.first_frame - behind, bitrate)
        yield frames
        behind = island.behind
    yield from _silence(total - behind, bitrate)


def _silence(frames: int, bitrate: int) -> Iterator[bytes]:
    runs, rest = divmod(frames, SILENT_RUN)
    if runs:
        run = silent_frame(bitrate) * SILENT_RUN
        for _ in range(runs):
            yield run
    if rest:
        yield silent_frame(bitrate) * rest
