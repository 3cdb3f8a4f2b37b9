"""A file that is never written: its size is known before its frames are, and any part is made on demand."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from audioguide.mp3.assemble import SILENT_RUN
from audioguide.mp3.encode import encoder_name, silent_frame
from audioguide.mp3.frames import BITRATE, frame_bytes, frames_for
from audioguide.mp3.info import info_frame, update_crc
from audioguide.mp3.islands import Island, Recipe
from audioguide.mp3.reuse import Encoded
from audioguide.store import key_of

Encode = Callable[[Sequence[Island]], Encoded]

AHEAD = 8  # islands that are encoded together, on all cores, when the first of them is needed


@dataclass(frozen=True, slots=True)
class _Part:
    """Frames of what `recipe` says, or of silence, from byte `start` of the file on."""

    start: int
    size: int
    recipe: Recipe | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SplicedFile:
    """The file that `write_mp3` would write, byte for byte, of islands and silence.

    `etag` names what the file is made of: equal ones are equal files. Threads may share it.
    """

    size: int
    etag: str
    _id3: bytes
    _bitrate: int
    _ticks: int
    _parts: tuple[_Part, ...]
    _missing: dict[Recipe, Island]  # once encoded, an island goes with its sounds, which take more room
    _encode: Encode
    _frames: dict[Recipe, bytes] = field(default_factory=dict)
    _tag: list[bytes] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, in pieces; what they need is encoded on the way.

        The tag frame holds a checksum of all frames, so the first bytes behind the ID3 tag need them all.
        Raises OutputError as `encode_islands` does.
        """
        stop, begin = min(stop, self.size), len(self._id3)
        if start < min(stop, begin):
            yield self._id3[start : min(stop, begin)]
        end = begin + frame_bytes(self._bitrate)
        if start < end and stop > begin:
            yield self._info()[max(0, start - begin) : stop - begin]
        if stop > end:
            yield from self._music(max(start, end), stop)

    def finish(self) -> None:
        """Encode all that is missing. Raises OutputError as `encode_islands` does."""
        self._info()

    def _music(self, start: int, stop: int) -> Iterator[bytes]:
        first = bisect_right(self._parts, start, key=lambda part: part.start) - 1
        for index in range(first, len(self._parts)):
            part = self._parts[index]
            if part.start >= stop:
                return
            begin, end = max(0, start - part.start), min(part.size, stop - part.start)
            if part.recipe is None:
                yield from _silence(begin, end, self._bitrate)
            elif begin < end:
                yield self._of(part.recipe, index)[begin:end]

    def _of(self, recipe: Recipe, index: int) -> bytes:
        if recipe not in self._frames:
            following = (part.recipe for part in self._parts[index:] if part.recipe)
            self._need(islice(following, AHEAD))
        return self._frames[recipe]

    def _need(self, recipes: Iterable[Recipe]) -> None:
        with self._lock:
            missing = {recipe: self._missing[recipe] for recipe in recipes if recipe in self._missing}
            if missing:
                self._frames.update(self._encode([*missing.values()]).frames)
                for recipe in missing:
                    del self._missing[recipe]

    def _info(self) -> bytes:
        with self._lock:
            if not self._tag:
                self._need([*self._missing])
                crc = 0
                for piece in self._music(self._parts[0].start, self.size):
                    crc = update_crc(piece, crc)
                self._tag.append(info_frame(bitrate=self._bitrate, ticks=self._ticks, music_crc=crc))
            return self._tag[0]


def spliced_file(
    islands: Iterable[Island], length_ticks: int, *, encode: Encode, bitrate: int = BITRATE, id3: bytes = b""
) -> SplicedFile:
    """Return the file of `islands`, sorted, as from `cut`, without encoding one; `encode` will do that.

    Raises ValueError for islands that overlap or lie behind the end, and for a file of no length.
    """
    if length_ticks <= 0:
        raise ValueError("a file of no length cannot be made")
    islands = tuple(islands)
    parts = tuple(_parts(islands, frames_for(length_ticks), len(id3), frame_bytes(bitrate)))
    made_of = [(island.first_frame, island.recipe) for island in islands]
    return SplicedFile(
        size=parts[-1].start + parts[-1].size,
        etag=key_of("stream/2", encoder_name(), bitrate, length_ticks, id3.hex(), made_of)[:40],
        _id3=id3, _bitrate=bitrate, _ticks=length_ticks, _parts=parts, _encode=encode,
        _missing={island.recipe: island for island in islands},
    )  # fmt: skip


def _parts(islands: Sequence[Island], total: int, id3: int, size: int) -> Iterator[_Part]:
    first = id3 + size
    behind = 0
    for island in islands:
        if island.first_frame < behind or island.behind > total:
            raise ValueError(f"an island at frame {island.first_frame} is not between {behind} and {total}")
        if island.first_frame > behind:
            yield _Part(first + behind * size, (island.first_frame - behind) * size, None)
        yield _Part(first + island.first_frame * size, island.frames * size, island.recipe)
        behind = island.behind
    if total > behind or not islands:
        yield _Part(first + behind * size, (total - behind) * size, None)


def _silence(begin: int, end: int, bitrate: int) -> Iterator[bytes]:
    """Yield the bytes from `begin` to `end` of a run of silent frames."""
    frame = silent_frame(bitrate)
    run = frame * SILENT_RUN
    while begin < end:
        into = begin % len(frame)
        piece = run[into : into + end - begin]
        yield piece
        begin += len(piece)
