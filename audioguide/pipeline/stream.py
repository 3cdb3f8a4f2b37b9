"""The file that `render` would write, to be read in any part before it exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from audioguide.export.tagging import tags_of
from audioguide.fitting.slack import to_length
from audioguide.mixer.gain import bed_at
from audioguide.mixer.placed import level_in, sounds
from audioguide.mp3.frames import BITRATE, frame_bytes
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.over_bed import file_over_bed
from audioguide.mp3.ranged_file import spliced_file
from audioguide.pipeline.gather import Progress, gather, lengths, speakers_of
from audioguide.pipeline.voice import settled
from audioguide.sound.beds.find import open_bed
from audioguide.storage.cache import Cache, user_cache
from audioguide.timeline.layout import Timeline
from audioguide.timeline.script import Script


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
    progress: Progress | None = None,
    cache: Cache | None = None,
    workers: int | None = None,
) -> Stream:
    """Speak and lay out `script`; its MP3 is made as it is read, with the bytes that `render` would write.

    Over a bed that moves, it grows from start to end in a temporary file. Clips and islands are kept in
    `cache`, the user's cache unless given. `progress` is called as long as anything is made, by who reads as
    well; where it raises, the work ends. Raises RoutineError, EngineError, OutputError.
    """
    frame_bytes(bitrate)
    script = settled(script)
    told = partial(progress, "encoding") if progress else None
    bed = open_bed(script.bed, script.bed_volume) if script.bed else None
    cache = cache or user_cache()
    with speakers_of(script, cache, workers) as speakers:
        clips = gather(script, speakers, progress)
    timeline = to_length(script, lengths(clips))
    heard, id3 = list(sounds(timeline, clips)), id3_bytes(tags_of(timeline, cache=cache))
    if bed is None:
        encode = partial(encode_islands, bitrate=bitrate, cache=cache, workers=workers, progress=told)
        islands = cut(heard, timeline.length)
        mp3: Bytes = spliced_file(islands, timeline.length, encode=encode, bitrate=bitrate, id3=id3)
    else:
        under = bed_at(bed, level_in(timeline))
        mp3 = file_over_bed(
            heard, timeline.length, under, bitrate=bitrate, id3=id3, cache=cache, workers=workers,
            progress=told,
        )  # fmt: skip
    return Stream(timeline, mp3)
