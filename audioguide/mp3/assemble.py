"""The file, frame by frame: encoded islands, and copies of one silent frame between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from audioguide.mp3.encode import silent_frame
from audioguide.mp3.frames import BITRATE, frame_bytes, frames_for, frames_in_file
from audioguide.mp3.info import closing_frame, info_frame, update_crc
from audioguide.mp3.islands import Island

# Gives that many frames behind that island, or at the start of the file.
Between = Callable[[Island | None, int], Iterator[bytes]]

SILENT_RUN = 512  # frames of silence written at once, 12 s: memory stays flat however long the file is


@dataclass(frozen=True, slots=True)
class FrameRun:
    """`frames` frames from frame `first` on: of `island`, or else what fills it behind `last`."""

    first: int
    frames: int
    island: Island | None
    last: Island | None


def frame_runs(islands: Iterable[Island], total: int) -> Iterator[FrameRun]:
    """Yield the stretches of a file of `total` frames, in which `islands` are sorted and share no frame.

    Raises ValueError for islands that overlap or lie behind the end.
    """
    behind = 0
    last: Island | None = None
    for island in islands:
        if island.first_frame < behind or island.behind > total:
            raise ValueError(f"an island at frame {island.first_frame} is not between {behind} and {total}")
        if island.first_frame > behind:
            yield FrameRun(behind, island.first_frame - behind, None, last)
        yield FrameRun(island.first_frame, island.frames, island, last)
        behind, last = island.behind, island
    if total > behind:
        yield FrameRun(behind, total - behind, None, last)


def silence(bitrate: int) -> Between:
    """Return what fills stretches with silence."""

    def between(_island: Island | None, frames: int) -> Iterator[bytes]:
        runs, rest = divmod(frames, SILENT_RUN)
        run = silent_frame(bitrate) * min(frames, SILENT_RUN)
        for _ in range(runs):
            yield run
        yield silent_frame(bitrate) * rest

    return between


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
    `between` those behind each: silence, unless given. `id3` goes in front.
    Raises ValueError for islands that overlap, lie behind the end or have the wrong number of bytes.
    """
    runs = spliced(islands, length_ticks, encoded=encoded, between=between, bitrate=bitrate)
    file.writelines(mp3_pieces(runs, length_ticks, bitrate=bitrate, id3=id3))
    return frames_in_file(length_ticks)


def spliced(
    islands: Iterable[Island],
    length_ticks: int,
    *,
    encoded: Callable[[Island], bytes],
    between: Between | None = None,
    bitrate: int = BITRATE,
) -> Iterator[bytes]:
    """Yield the frames that `write_mp3` writes between its tag and its end, in runs of any length."""
    fill = between or silence(bitrate)
    for each in frame_runs(islands, frames_for(length_ticks)):
        if each.island is None:
            yield from fill(each.last, each.frames)
            continue
        frames = encoded(each.island)
        if len(frames) != each.frames * frame_bytes(bitrate):
            raise ValueError(f"the island at frame {each.first} has {len(frames)} bytes")
        yield frames


def mp3_pieces(
    runs: Iterable[bytes], length_ticks: int, *, bitrate: int = BITRATE, id3: bytes = b""
) -> Iterator[bytes]:
    """Yield an MP3 of exactly `length_ticks` of joined frames, in `runs` of any length, as they come.

    Raises ValueError where they are not as many frames as belong into such a file.
    """
    if length_ticks <= 0:
        raise ValueError("cannot write a file of length 0")
    yield id3 + info_frame(bitrate=bitrate, ticks=length_ticks)
    crc = size = 0
    for run in runs:
        yield run
        crc, size = update_crc(run, crc), size + len(run)
    if size != frames_for(length_ticks) * frame_bytes(bitrate):
        raise ValueError(f"{size} bytes of frames do not last {length_ticks} ticks")
    yield closing_frame(silent_frame(bitrate), crc)


def mp3_size(length_ticks: int, *, bitrate: int = BITRATE, id3: bytes = b"") -> int:
    """Return the number of bytes of an MP3 of `length_ticks`.

    Raises ValueError for a file of no length, UsageError for a bit rate that is not possible.
    """
    if length_ticks <= 0:
        raise ValueError("cannot make a file of length 0")
    return len(id3) + (frames_in_file(length_ticks) + 1) * frame_bytes(bitrate)
