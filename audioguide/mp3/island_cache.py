"""Each distinct island is encoded once, on all cores, and kept."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

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
        begun = {island.recipe: _begin(pool, island, job.bitrate, bed) for island in missing}
        recipes = {part: recipe for recipe, parts in begun.items() for part in parts}
        left = Counter(recipes.values())
        try:
            for made in as_completed(recipes):
                made.result()
                left[recipe := recipes[made]] -= 1
                if not left[recipe]:
                    frames[recipe] = b"".join(part.result() for part in begun.pop(recipe))
                    if job.cache is not None:
                        job.cache.put(island_key(recipe, job.bitrate, bed), frames[recipe])
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


def _begin(
    pool: ThreadPoolExecutor, island: Island, bitrate: int, bed: LoopedBed | None
) -> list[Future[bytes]]:
    alone = pieces_in(island) == 1
    return [pool.submit(encode_piece, piece, bitrate, bed, alone=alone) for piece in pieces(island, bed)]


def island_key(recipe: Recipe, bitrate: int, bed: LoopedBed | None = None) -> str:
    """Return what the frames of `recipe`, over `bed`, are called in the cache."""
    made_of = (recipe.frames, recipe.parts, recipe.course, bed.key) if bed else (recipe.frames, recipe.parts)
    return key_of("island/2", encoder_name(), bitrate, *made_of)
