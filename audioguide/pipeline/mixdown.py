"""A script ready to be encoded: laid out, at its level, with the bed under it and its tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from audioguide.export.tagging import tags_of
from audioguide.fitting.slack import to_length
from audioguide.mixer.changing import BedPart, ChangingBed
from audioguide.mixer.gain import bed_at
from audioguide.mixer.placed import level_in, sounds
from audioguide.mixer.sound import Sound
from audioguide.mp3.job import Counted
from audioguide.pipeline.gather import Progress, Ready, gather
from audioguide.pipeline.speaking import Speaking
from audioguide.script.layout import Timeline
from audioguide.script.scenes import beds_of, fades
from audioguide.script.script import Script
from audioguide.script.tags import Tags
from audioguide.sound.beds.bed import Bed
from audioguide.sound.beds.opening import open_bed
from audioguide.storage.cache import Cache

if TYPE_CHECKING:
    from audioguide.pipeline.proving import Proved, Prover


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixdown:
    """What is heard: the `sounds` of a measured `timeline`, and the `bed` under them, at their level.

    `spoken` phrases had to be spoken for it, and `reused` ones came from the cache. `proved` is what the
    proof of words found, if it was asked for.
    """

    timeline: Timeline
    sounds: tuple[Sound, ...]
    bed: Bed | None
    tags: Tags
    spoken: int
    reused: int
    proved: Proved | None = None


def mixdown(
    script: Script,
    cache: Cache,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    ready: Ready | None = None,
    year: int | None = None,
    prover: Prover | None = None,
    first_alone: bool = False,
) -> Mixdown:
    """Speak `script`, lay it out, and put everything at its level.

    `ready`, `prover` and `first_alone` are for `gather`, `year` goes into the tags.
    Raises RoutineError, EngineError, OutputError.
    """
    beds = _opened(script)
    with Speaking(script, cache, workers) as speakers:
        gathered = gather(script, speakers, progress, ready, prover, first_alone=first_alone)
    timeline = to_length(script, gathered.lengths)
    return Mixdown(
        timeline=timeline, sounds=tuple(sounds(timeline, gathered.clips)),
        bed=_bed_under(timeline, beds), tags=tags_of(timeline, cache=cache, year=year),
        spoken=speakers.misses, reused=speakers.hits, proved=gathered.proved,
    )  # fmt: skip


Beds = Mapping[tuple[str, float], Bed]


def _opened(script: Script) -> Beds:
    """Open each bed of `script` once. Raises OutputError and RoutineError as `open_bed` does."""
    wanted = dict.fromkeys((scene.bed, scene.bed_volume) for scene in script.scenes if scene.bed)
    return {(bed, volume): open_bed(bed, volume) for bed, volume in wanted if bed}


def _bed_under(timeline: Timeline, beds: Beds) -> Bed | None:
    """Return the bed of the whole file, at the level of its profile; None where there is none."""
    level, parts = level_in(timeline), beds_of(timeline)
    opened = [beds[bed, volume] if bed else None for _, (bed, volume) in parts]
    if len(parts) == 1:
        return bed_at(opened[0], level) if opened[0] else None
    borders = fades(tuple(start for start, _ in parts), timeline.length)
    edges = [None, *borders, None]
    return ChangingBed(
        parts=tuple(
            BedPart(bed=bed, rises=edges[index], falls=edges[index + 1]) for index, bed in enumerate(opened)
        ),
        level=level,
    )


def encoding(progress: Progress | None) -> Counted | None:
    """Return how to report the encoding to `progress`."""
    return partial(progress, "encoding") if progress else None
