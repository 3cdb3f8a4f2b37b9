"""The file, frame by frame: encoded islands, and copies of one silent frame between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from audioguide.mp3.encode import silent_frame
from audioguide.mp3.frames import BITRATE, frame_bytes, frames_for
from audioguide.mp3.info import info_frame, update_crc
from audioguide.mp3.islands import Island

# Gives that many frames behind that island, or at the start of the file.
Between = Callable[[Island | None, int], Iterator[bytes]]

SILENT_RUN = 512  # frames of silence written at once, 12 s: memory stays flat however long the file is


def write_mp3(
    file: IO[bytes],
    islands: Iterable[Island],
    length_ticks: int,
    *,
    encoded: Callable[[Island], bytes],
    between: Between | None = None,
    bitrate: int = BITRATE,
    id3: bytes = b"",
) -> int:
    """Write an MP3 of exactly `length_ticks` and return its number of frames, the tag frame not counted.

    `islands` are sorted and share no frame, as from `cut`; `encoded` gives the frames of each, and
    `between` those behind each: silence, unless given. `id3` goes in front. `file` must be able to
    seek: the Info frame is filled in last.
    Raises ValueError for islands that overlap, lie behind the end or have the wrong number of bytes.
    """
    fill = between or (lambda _island, frames: _silence(frames, bitrate))
    runs = _runs(islands, frames_for(length_ticks), bitrate, encoded, fill)
    return write_frames(file, runs, length_ticks, bitrate=bitrate, id3=id3)


def write_frames(
    file: IO[bytes],
    runs: Iterable[bytes],
    length_ticks: int,
    *,
    bitrate: int = BITRATE,
    id3: bytes = b"",
) -> int:
    """Write an MP3 of exactly `length_ticks` of joined frames, in `runs` of any length, as `write_mp3` does.

    Raises ValueError where they are not as many frames as belong into such a file.
    """
    if length_ticks <= 0:
        raise ValueError("a file of no length cannot be written")
    file.write(id3)
    place = file.tell()
    file.write(bytes(frame_bytes(bitrate)))
    crc = 0
    for run in runs:
        file.write(run)
        crc = update_crc(run, crc)
    end = file.tell()
    if end != place + (frames_for(length_ticks) + 1) * frame_bytes(bitrate):
        raise ValueError(f"{end - place} bytes of frames do not last {length_ticks} ticks")
    file.seek(place)
    file.write(info_frame(bitrate=bitrate, ticks=length_ticks, music_crc=crc))
    file.seek(end)
    return frames_for(length_ticks)


def _runs(
    islands: Iterable[Island], total: int, bitrate: int, encoded: Callable[[Island], bytes], between: Between
) -> Iterator[bytes]:
    size = frame_bytes(bitrate)
    behind = 0
    last: Island | None = None
    for island in islands:
        if island.first_frame < behind or island.behind > total:
            raise ValueError(f"an island at frame {island.first_frame} is not between {behind} and {total}")
        frames = encoded(island)
        if len(frames) != island.frames * size:
            raise ValueError(f"the island at frame {island.first_frame} has {len(frames)} bytes")
        yield from between(last, island.first_frame - behind)
        yield frames
        behind, last = island.behind, island
    yield from between(last, total - behind)


def _silence(frames: int, bitrate: int) -> Iterator[bytes]:
    runs, rest = divmod(frames, SILENT_RUN)
    if runs:
        run = silent_frame(bitrate) * SILENT_RUN
        for _ in range(runs):
            yield run
    if rest:
        yield silent_frame(bitrate) * rest
