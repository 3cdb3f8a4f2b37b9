"""The file that `render` would write, to be read in any part before it exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from audioguide.mp3.frames import BITRATE, frame_bytes
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.over_bed import file_over_bed
from audioguide.mp3.ranged_file import spliced_file
from audioguide.pipeline.gather import Progress
from audioguide.pipeline.live import Live, live_of
from audioguide.pipeline.mixdown import Mixdown, encoding, mixdown
from audioguide.pipeline.voice import settled
from audioguide.script.layout import Timeline
from audioguide.script.script import Script
from audioguide.storage.cache import Cache, user_cache


class Bytes(Protocol):
    """A file of `size` bytes; those of equal `etag` are equal."""

    @property
    def size(self) -> int:
        """Return the number of bytes."""

    @property
    def etag(self) -> str:
        """Return what names the content."""

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, in pieces."""

    def finish(self) -> None:
        """Make all that is still missing, so that reading only copies."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An MP3 to be read in any part, and the measured timeline of what is heard in it."""

    timeline: Timeline
    mp3: Bytes


def stream(
    script: Script,
    *,
    bitrate: int = BITRATE,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    begun: Callable[[Live], None] | None = None,
) -> Stream:
    """Speak and lay out `script`; its MP3 is made as it is read, with the bytes that `render` would write.

    Over a bed that moves, it grows from start to end in a temporary file. Clips and islands are kept in
    `cache`, the user's cache unless given. `progress` is called as long as anything is made, by who reads as
    well; where it raises, the work ends. Where phrases have to be spoken, and the start does not depend on
    the end, `begun` is called with what can be heard meanwhile.
    Raises RoutineError, EngineError, OutputError.
    """
    frame_bytes(bitrate)
    script = settled(script)
    cache = cache or user_cache()
    job = Mp3Job(bitrate=bitrate, cache=cache, workers=workers, progress=encoding(progress))
    live = live_of(script, replace(job, progress=None), begun) if begun else None
    try:
        mix = mixdown(
            script, cache, workers=workers, progress=progress, ready=live.ready if live else None,
            first_alone=live is not None,
        )  # fmt: skip
        made = _streamed(mix, job)
    except BaseException as error:
        if live:
            live.fail(error)
        raise
    if live:
        live.finish(mix)
    return made


def _streamed(mix: Mixdown, job: Mp3Job) -> Stream:
    length, id3 = mix.timeline.length, id3_bytes(mix.tags)
    if mix.bed:
        return Stream(mix.timeline, file_over_bed(mix.sounds, length, mix.bed, id3=id3, job=job))
    encode = partial(encode_islands, job=job)
    mp3 = spliced_file(cut(mix.sounds, length), length, encode=encode, bitrate=job.bitrate, id3=id3)
    return Stream(mix.timeline, mp3)
