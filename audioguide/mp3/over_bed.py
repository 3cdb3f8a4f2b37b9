"""A file with a bed under it: copies of a loop where the bed is stationary, made in order where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import IO

from audioguide.mixer.ducking import course_over
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import mp3_pieces, mp3_size, write_mp3
from audioguide.mp3.encode import encoder_name
from audioguide.mp3.growing_file import GrowingFile
from audioguide.mp3.island_cache import Encoded, encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import USUAL, Mp3Job
from audioguide.mp3.loop import encode_loop
from audioguide.mp3.ranged_file import SplicedFile, spliced_file
from audioguide.mp3.sequential import encoded_in_order, loop_beside
from audioguide.sound.beds.bed import Bed, LoopedBed
from audioguide.storage.cache import key_of

# A frame of bed before each island: where it opens with an attack, LAME shapes the granule before
# it for that, and only a granule of the usual shape joins the loop.
MARGIN = 1


def write_over_bed(
    file: IO[bytes],
    sounds: Iterable[Sound],
    length_ticks: int,
    bed: Bed,
    *,
    id3: bytes = b"",
    job: Mp3Job = USUAL,
) -> Encoded:
    """Write an MP3 of exactly `length_ticks` with `sounds` over `bed`; it fades in and out with the file.

    Returns what was encoded: islands, or blocks of the whole file. The same input and cache give
    the same bytes, however many threads encode. Raises OutputError as `mix` and `encode` do, and the bed.
    """
    heard = list(sounds)
    course = course_over(heard, length_ticks, bed.ducks)
    if not (isinstance(bed, LoopedBed) and bed.stationary):
        count, runs = encoded_in_order(heard, length_ticks, bed, course=course, margin=MARGIN, job=job)
        file.writelines(mp3_pieces(runs, length_ticks, bitrate=job.bitrate, id3=id3))
        return Encoded(frames={}, encoded=count, reused=0)
    islands = cut(heard, length_ticks, course=course, margin=MARGIN)
    with loop_beside(bed, course, job) as loop:
        encoded = encode_islands(islands, job, bed=bed)
        alone = loop.result().behind
    write_mp3(file, islands, length_ticks, encoded=encoded.of, between=alone, bitrate=job.bitrate, id3=id3)
    return encoded


def file_over_bed(
    sounds: Iterable[Sound],
    length_ticks: int,
    bed: Bed,
    *,
    id3: bytes = b"",
    job: Mp3Job = USUAL,
) -> SplicedFile | GrowingFile:
    """Return the file that `write_over_bed` would write, made as it is read.

    Over a stationary bed any part of it is made on demand; over any other, it grows from start to end.
    The progress of `job` is called by the thread that reads. Raises OutputError as `encode` and the bed do.
    """
    heard = list(sounds)
    course = course_over(heard, length_ticks, bed.ducks)
    if isinstance(bed, LoopedBed) and bed.stationary:
        loop = encode_loop(bed, job, level=course.level)
        return spliced_file(
            cut(heard, length_ticks, course=course, margin=MARGIN), length_ticks,
            bitrate=job.bitrate, id3=id3,
            encode=partial(encode_islands, job=job, bed=bed),
            between=loop.behind, ground=f"{bed.key} {course.level}",
        )  # fmt: skip
    _, runs = encoded_in_order(heard, length_ticks, bed, course=course, margin=MARGIN, job=job)
    made_of = (bed.key, bed.ducks, [(each.start, each.key) for each in heard])
    return GrowingFile(
        size=mp3_size(length_ticks, bitrate=job.bitrate, id3=id3),
        etag=key_of("growing/1", encoder_name(), job.bitrate, length_ticks, id3.hex(), *made_of)[:40],
        pieces=mp3_pieces(runs, length_ticks, bitrate=job.bitrate, id3=id3),
    )
