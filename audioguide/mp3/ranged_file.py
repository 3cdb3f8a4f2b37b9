"""A file that is never written: its size is known before its frames are, and any part is made on demand."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice

from audioguide.mp3.assemble import Between, FrameRun, frame_runs, mp3_size, silence
from audioguide.mp3.encode import encoder_name, silent_frame
from audioguide.mp3.frames import BITRATE, frame_bytes, frames_for
from audioguide.mp3.info import CRC_BYTES, closing_frame, info_frame, update_crc
from audioguide.mp3.island_cache import Encoded
from audioguide.mp3.islands import Island, Recipe
from audioguide.storage.cache import key_of

Encode = Callable[[Sequence[Island]], Encoded]

AHEAD = 8  # islands that are encoded together, on all cores, when the first of them is needed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SplicedFile:
    """The file that `write_mp3` would write, byte for byte, of islands and of what fills it between them.

    `etag` names what the file is made of: equal ones are equal files. Threads may share it.
    """

    size: int
    etag: str
    _head: bytes
    _bitrate: int
    _stretches: tuple[FrameRun, ...]
    _missing: dict[Recipe, Island]  # once encoded, an island goes with its sounds, which take more room
    _encode: Encode
    _between: Between
    _frames: dict[Recipe, Future[bytes]] = field(default_factory=dict)
    _crc: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, in pieces; what they need is encoded on the way.

        The last two bytes are a checksum of all frames, so they need them all.
        Raises OutputError as `encode_islands` does.
        """
        stop = min(stop, self.size)
        closing = self.size - frame_bytes(self._bitrate)
        if start < min(stop, len(self._head)):
            yield self._head[start:stop]
        if max(start, len(self._head)) < min(stop, closing):
            yield from self._music(max(start, len(self._head)), min(stop, closing))
        if max(start, closing) < stop:
            crc = self._sum() if stop > self.size - CRC_BYTES else 0
            end = closing_frame(silent_frame(self._bitrate), crc)
            yield end[max(0, start - closing) : stop - closing]

    def finish(self) -> None:
        """Encode all that is missing. Raises OutputError as `encode_islands` does."""
        self._sum()

    def _music(self, start: int, stop: int) -> Iterator[bytes]:
        size = frame_bytes(self._bitrate)
        start, stop = start - len(self._head), stop - len(self._head)
        first = bisect_right(self._stretches, start // size, key=lambda each: each.first) - 1
        for index in range(first, len(self._stretches)):
            each = self._stretches[index]
            place = each.first * size
            if place >= stop:
                return
            runs = [self._of(index)] if each.island else self._between(each.last, each.frames)
            yield from part_of(runs, start - place, stop - place)

    def _of(self, index: int) -> bytes:
        following = (each.island.recipe for each in self._stretches[index:] if each.island)
        return self._begun(list(islice(following, AHEAD)))[0].result()

    def _begun(self, recipes: Sequence[Recipe]) -> list[Future[bytes]]:
        """Encode those of `recipes` that nobody has begun, and return where the frames of each will be.

        Nobody waits for the islands of another place: the lock is not held meanwhile.
        """
        with self._lock:
            mine = {recipe: self._missing[recipe] for recipe in recipes if recipe not in self._frames}
            self._frames.update({recipe: Future() for recipe in mine})
            begun = [self._frames[recipe] for recipe in recipes]
        try:
            made = self._encode(list(mine.values())).frames if mine else {}
        except BaseException as error:
            with self._lock:
                for recipe in mine:
                    self._frames.pop(recipe).set_exception(error)
            raise
        for recipe in mine:
            self._frames[recipe].set_result(made[recipe])
            del self._missing[recipe]
        return begun

    def _sum(self) -> int:
        if not self._crc:
            crc = 0
            for piece in self._music(len(self._head), self.size - frame_bytes(self._bitrate)):
                crc = update_crc(piece, crc)
            self._crc.append(crc)
        return self._crc[0]


def spliced_file(
    islands: Iterable[Island],
    length_ticks: int,
    *,
    encode: Encode,
    between: Between | None = None,
    ground: str = "",
    bitrate: int = BITRATE,
    id3: bytes = b"",
) -> SplicedFile:
    """Return the file of `islands`, sorted, as from `cut`, without encoding one; `encode` will do that.

    `between` fills it behind each, with silence unless given, and `ground` names what it fills it with.
    Raises ValueError for islands that overlap or lie behind the end, and for a file of no length.
    """
    islands = tuple(islands)
    size = mp3_size(length_ticks, bitrate=bitrate, id3=id3)
    parts = tuple(frame_runs((island.silent for island in islands), frames_for(length_ticks)))
    made_of = [(each.first, each.island.recipe) for each in parts if each.island]
    return SplicedFile(
        size=size,
        etag=key_of("stream/2", encoder_name(), bitrate, length_ticks, id3.hex(), ground, made_of)[:40],
        _head=id3 + info_frame(bitrate=bitrate, ticks=length_ticks), _bitrate=bitrate, _stretches=parts,
        _missing={island.recipe: island for island in islands}, _encode=encode,
        _between=between or silence(bitrate),
    )  # fmt: skip


def part_of(runs: Iterable[bytes], start: int, stop: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to `stop` of joined `runs`."""
    place = 0
    for run in runs:
        if place >= stop:
            return
        if piece := run[max(0, start - place) : stop - place]:
            yield piece
        place += len(run)
