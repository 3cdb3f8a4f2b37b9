"""Each distinct island is encoded once, on all cores, and kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from audioguide.mp3.encode import encoder_name
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.islands import Island, Recipe
from audioguide.mp3.job import USUAL, Mp3Job
from audioguide.mp3.pieces import encode_piece, pieces, pieces_in
from audioguide.sound.beds.bed import LoopedBed
from audioguide.storage.cache import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Frames by recipe; how many recipes were `encoded` now and how many `reused` from the store.

    `copied` counts those that came with their frames, from the voice pack.
    """

    frames: Mapping[Recipe, bytes]
    encoded: int
    reused: int
    copied: int = 0

    def of(self, island: Island) -> bytes:
        """Return the joined frames of `island`."""
        return self.frames[island.recipe]


def encode_islands(
    islands: Iterable[Island], job: Mp3Job = USUAL, *, bed: LoopedBed | None = None
) -> Encoded:
    """Mix and encode each distinct recipe of `islands`.

    A `bed` goes on under each of them. What is new is put into the cache of `job`. Its progress counts
    recipes, and is called after each piece of a long one; where it raises, what has not begun is dropped.
    Raises OutputError as `mix` and `encode` do.
    """
    wanted: dict[Recipe, Island] = {}
    for island in islands:
        wanted.setdefault(island.recipe, island)
    report = job.progress or (lambda _done, _total: None)
    copied = {} if bed else {recipe: island.frames_at(job.bitrate) for recipe, island in wanted.items()}
    frames = {recipe: data for recipe, data in copied.items() if data}
    came = len(frames)
    frames |= _kept([recipe for recipe in wanted if recipe not in frames], job, bed)
    ready = len(frames)
    report(ready, len(wanted))
    missing = [island for recipe, island in wanted.items() if recipe not in frames]
    # The longest first, so that no thread is left with a long one at the end.
    missing.sort(key=lambda island: -island.frames)
    with ThreadPoolExecutor(job.workers or os.cpu_count()) as pool:
        work = _Work(pool, job, bed)
        begun = {island.recipe: work.begin(island) for island in missing}
        left = {recipe: len(set(parts)) for recipe, parts in begun.items()}
        try:
            for made in work.done():
                for recipe in work.needed_by[made]:
                    left[recipe] -= 1
                    if not left[recipe]:
                        frames[recipe] = b"".join(part.result() for part in begun.pop(recipe))
                        work.keep(island_key(recipe, job.bitrate, bed), frames[recipe])
                report(len(frames), len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return Encoded(frames=frames, encoded=len(missing), reused=ready - came, copied=came)


def _kept(wanted: Iterable[Recipe], job: Mp3Job, bed: LoopedBed | None) -> dict[Recipe, bytes]:
    if job.cache is None:
        return {}
    found = ((recipe, job.cache.get(island_key(recipe, job.bitrate, bed))) for recipe in wanted)
    size = frame_bytes(job.bitrate)
    return {recipe: data for recipe, data in found if data is not None and len(data) == recipe.frames * size}


@dataclass(slots=True)
class _Work:
    """What is encoded in `pool`: whole islands, and pieces of long ones, each equal piece once and kept."""

    pool: ThreadPoolExecutor
    job: Mp3Job
    bed: LoopedBed | None
    needed_by: dict[Future[bytes], list[Recipe]] = field(default_factory=dict)
    _pieces: dict[Recipe, Future[bytes]] = field(default_factory=dict)

    def begin(self, island: Island) -> list[Future[bytes]]:
        """Begin what `island` still needs, and return where the frames of its pieces will be."""
        if pieces_in(island) == 1:
            parts = [self.pool.submit(encode_piece, island, self.job.bitrate, self.bed)]
        else:
            parts = [self._piece(piece) for piece in pieces(island, self.bed)]
        for part in dict.fromkeys(parts):
            self.needed_by.setdefault(part, []).append(island.recipe)
        return parts

    def done(self) -> Iterator[Future[bytes]]:
        """Yield each part as it is done, and keep the pieces. Raises what failed."""
        names = {part: recipe for recipe, part in self._pieces.items()}
        for made in as_completed(self.needed_by):
            data = made.result()
            if self._repeats and made in names:
                self.keep(piece_key(names[made], self.job.bitrate), data)
            yield made

    def keep(self, key: str, data: bytes) -> None:
        """Put `data` into the cache of the job, if it has one."""
        if self.job.cache is not None:
            self.job.cache.put(key, data)

    @property
    def _repeats(self) -> bool:
        # The bed under a piece depends on its island: there, no two are equal.
        return self.bed is None

    def _piece(self, piece: Island) -> Future[bytes]:
        recipe = piece.recipe
        if recipe not in self._pieces:
            self._pieces[recipe] = self._kept(recipe) or self.pool.submit(
                encode_piece, piece, self.job.bitrate, self.bed, alone=False
            )
        return self._pieces[recipe]

    def _kept(self, recipe: Recipe) -> Future[bytes] | None:
        cache, bitrate = self.job.cache, self.job.bitrate
        data = cache.get(piece_key(recipe, bitrate)) if cache and self._repeats else None
        if data is None or len(data) != recipe.frames * frame_bytes(bitrate):
            return None
        found: Future[bytes] = Future()
        found.set_result(data)
        return found


def piece_key(recipe: Recipe, bitrate: int) -> str:
    """Return what the frames of a piece of a long island are called in the cache."""
    return key_of("piece/1", encoder_name(), bitrate, recipe.frames, recipe.parts)


def island_key(recipe: Recipe, bitrate: int, bed: LoopedBed | None = None) -> str:
    """Return what the frames of `recipe`, over `bed`, are called in the cache."""
    made_of = (recipe.frames, recipe.parts, recipe.course, bed.key) if bed else (recipe.frames, recipe.parts)
    return key_of("island/3", encoder_name(), bitrate, *made_of)
