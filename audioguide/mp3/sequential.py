"""A file over a bed that moves: its frames can only be made in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from threading import Event

from audioguide.mixer.fades import Course
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import spliced
from audioguide.mp3.blocks import blocks_for, encode_blocks
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Counted, Mp3Job
from audioguide.mp3.loop import Loop, encode_loop
from audioguide.mp3.ordered_pool import in_order
from audioguide.mp3.pieces import encode_piece, pieces, pieces_in
from audioguide.sound.beds.bed import Bed, LoopedBed


def encoded_in_order(
    heard: Sequence[Sound],
    length_ticks: int,
    bed: Bed,
    *,
    course: Course,
    margin: int,
    job: Mp3Job,
) -> tuple[int, Iterator[bytes]]:
    """Return of how many blocks or islands, cut with `margin`, and the frames of a file, as they are made.

    Raises OutputError as the bed, `mix` and `encode` do.
    """
    if not isinstance(bed, LoopedBed):
        total = blocks_for(length_ticks)
        blocks = encode_blocks(
            bed.blocks(), heard, length_ticks, course=course, bitrate=job.bitrate, workers=job.workers
        )  # fmt: skip
        return total, _counted(blocks, total, job.progress)
    # They depend on their place over the bed, so hardly two are the same. They are neither kept nor all in
    # memory: hours of them would be hundreds of megabytes.
    islands = [
        replace(island, place=island.first_frame % bed.frames)
        for island in cut(heard, length_ticks, course=course, margin=margin)
    ]

    def frames() -> Iterator[bytes]:
        parts = (piece for island in islands for piece in pieces(island, bed))
        made = in_order(lambda piece: encode_piece(piece, job.bitrate, bed), parts, job.workers)
        counted = _counted(made, sum(map(pieces_in, islands)), job.progress)
        with loop_beside(bed, course, job) as loop:
            yield from spliced(
                islands, length_ticks, bitrate=job.bitrate,
                encoded=lambda island: b"".join(islice(counted, pieces_in(island))),
                between=lambda island, frames: loop.result().behind(island, frames),
            )  # fmt: skip

    return len(islands), frames()


@contextmanager
def loop_beside(bed: LoopedBed, course: Course, job: Mp3Job) -> Iterator[Future[Loop]]:
    """Encode the loop of `bed` beside other work.

    When that fails, it is given up: that of `ocean` takes a while, and nobody needs it then.
    """
    stop = Event()
    with ThreadPoolExecutor(1) as aside:
        try:
            yield aside.submit(encode_loop, bed, job, level=course.level, stop=stop)
        except BaseException:
            stop.set()
            raise


def _counted(blocks: Iterable[bytes], total: int, progress: Counted | None) -> Iterator[bytes]:
    if progress:
        progress(0, total)
    for done, block in enumerate(blocks, 1):
        if progress:
            progress(done, total)
        yield block
