"""What a worker does, where it runs: look at what a row needs, and make its files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from audioguide.batch.built import Built, Measure, NotSpoken, built, from_cache, missing, pack, unpack
from audioguide.batch.files import First, copied, rendered
from audioguide.batch.made import Failed, Made, Surveyed
from audioguide.batch.manifest import append, lines_of
from audioguide.batch.orders import Job, Order, unpacked
from audioguide.batch.place import is_url, put
from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import AudioguideError
from audioguide.fitting.slack import to_length
from audioguide.mp3.island_cache import encode_islands, island_key
from audioguide.mp3.islands import Island, cut
from audioguide.mp3.job import Mp3Job
from audioguide.pipeline.mixdown import mixdown
from audioguide.pipeline.voice import settled
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths
from audioguide.speech.settings import configure
from audioguide.storage.cache import Cache, user_cache
from audioguide.storage.remembered import RememberedCache
from audioguide.units import seconds

BYTES_PER_SECOND = 12_000  # at 96 kbit/s
TAG_BYTES = 25_000  # with its picture and its text
DISK = 5  # the exit code of an OutputError


def survey(
    orders: Sequence[Order], routine: bytes, job: Job, *, measure: bool = True
) -> list[Surveyed | Failed]:
    """Compile what each of `orders`, all of one `routine`, asks for.

    What cannot be made is found here, before anything is rendered. Lengths are measured where the cache has
    every phrase, else estimated. Without `measure`, a script that can be made right away has no length yet:
    laying it out is part of making it.
    """
    configure(job.engines)
    return [_surveyed(order, unpacked(routine), job, measure=measure) for order in orders]


def make(orders: Sequence[Order], routine: bytes, job: Job, scripts: bytes = b"") -> list[Made | Failed]:
    """Make the files of each of `orders`, all of one version: those of one row complete, or not at all.

    `scripts` are what a survey has built. What was made for others already is reused.
    """
    configure(job.engines)
    ready = unpack(scripts) if scripts else None
    first: First | None = None
    results: list[Made | Failed] = []
    with _room(job.place) as room:
        for order in orders:
            try:
                if first is None:
                    made, first = _first(order, unpacked(routine), job, room.folder, ready)
                else:
                    made = copied(first, order, room.folder)
                results.append(_noted(order, room.handed_over(made), job))
            except AudioguideError as error:
                results.append(Failed(str(error), error.exit_code))
            except (OSError, MemoryError) as error:
                results.append(Failed(str(error) or type(error).__name__, DISK))
    return results


def islands(order: Order, routine: bytes, job: Job) -> tuple[str, ...]:
    """Return the names in the cache of the islands of `order` that are still to be encoded."""
    configure(job.engines)
    cache = cache_of(job.cache)
    return tuple(name for name, _ in _islands(order, unpacked(routine), job) if cache.get(name) is None)


def encode(order: Order, routine: bytes, job: Job, names: Sequence[str]) -> int:
    """Encode those islands of `order` that are named; return how many it were."""
    configure(job.engines)
    wanted = [island for name, island in _islands(order, unpacked(routine), job) if name in set(names)]
    return encode_islands(wanted, _mp3_job(job)).encoded


@lru_cache(maxsize=2)
def cache_of(folder: Path | None) -> Cache:
    """Return the cache in `folder`, or the user's on this machine, with its last used entries in memory."""
    usual = user_cache()
    return RememberedCache(folder or usual.folder, usual.limit)


def _mp3_job(job: Job) -> Mp3Job:
    return Mp3Job(bitrate=job.output.rate, cache=cache_of(job.cache), workers=1)


def _islands(order: Order, routine: Routine, job: Job) -> Iterator[tuple[str, Island]]:
    cache = cache_of(job.cache)
    for script, _ in built(order, routine, Measure(cache)):
        mix = mixdown(settled(script), cache, workers=1)
        for island in cut(mix.sounds, mix.timeline.length):
            if not island.frames_at(job.output.rate):  # one that came encoded is never encoded again
                yield island_key(island.recipe, job.output.rate), island


def _surveyed(order: Order, routine: Routine, job: Job, *, measure: bool) -> Surveyed | Failed:
    cache = cache_of(job.cache)
    try:
        try:
            final, lengths = True, from_cache(cache)
            scripts = built(order, routine, lengths)
            lasts = _lengths_of(scripts, lengths, measure=measure)
        except NotSpoken:
            final, lengths = False, estimated_lengths
            scripts = built(order, routine, lengths)
            lasts = _lengths_of(scripts, lengths, measure=True)
        phrases = {} if final else {each: None for script, _ in scripts for each in missing(script, cache)}
    except AudioguideError as error:
        return Failed(str(error), error.exit_code)
    rate = job.output.rate / 8 or BYTES_PER_SECOND
    return Surveyed(
        sounds=len(scripts), length_s=lasts, size=round(lasts * rate) + TAG_BYTES * len(scripts),
        phrases=tuple(phrases), built=pack(scripts) if final else b"",
    )  # fmt: skip


def _noted(order: Order, made: Made, job: Job) -> Made:
    # At once: what is made for the next rows of this task must not get lost with it.
    if job.manifest is None:
        return made
    append(job.manifest, lines_of(order, made))
    return replace(made, noted=True)


def _lengths_of(scripts: Built, lengths: Lengths, *, measure: bool) -> float:
    found = [(script, lengths(script)) for script, _ in scripts]  # asked for all: NotSpoken says what is not
    return sum(seconds(to_length(*each).length) for each in found) if measure else 0.0


def _first(order: Order, routine: Routine, job: Job, root: Path, ready: Built | None) -> tuple[Made, First]:
    cache = cache_of(job.cache)
    measure = Measure(cache)
    scripts = ready or built(order, routine, measure)
    first = rendered(order, scripts, routine, job.output, root=root, cache=cache)
    return replace(first.made, spoken=first.made.spoken + measure.spoken), first


@dataclass(frozen=True, slots=True)
class _Room:
    """The folder that files are made in: the target itself, or one whose files are moved on from there."""

    folder: Path
    place: str

    def handed_over(self, made: Made) -> Made:
        files = {each.path: self.folder / each.path for each in made.files}
        if is_url(self.place):
            put(self.place, files)
        elif not self.place:
            return replace(made, contents={name: path.read_bytes() for name, path in files.items()})
        return made


@contextmanager
def _room(place: str) -> Iterator[_Room]:
    if place and not is_url(place):
        yield _Room(Path(place), place)
        return
    with tempfile.TemporaryDirectory(prefix="audioguide-batch-") as folder:
        yield _Room(Path(folder), place)
