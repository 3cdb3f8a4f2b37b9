"""A file with a bed under it: copies of a loop where the bed is stationary, blocks where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from threading import Event
from typing import IO

from audioguide.mp3.assemble import write_frames, write_mp3
from audioguide.mp3.blocks import blocks_for, encode_blocks
from audioguide.mp3.ducking import ramps_for
from audioguide.mp3.fades import Course, fades_for
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.in_turn import in_turn
from audioguide.mp3.islands import Island, Sound, cut
from audioguide.mp3.loop import encode_loop
from audioguide.mp3.pieces import encode_piece, pieces, pieces_in
from audioguide.mp3.reuse import Encoded, Progress, encode_islands
from audioguide.sound.bed import Bed, LoopedBed
from audioguide.store import Store

# A frame of bed before each island: where it opens with an attack, LAME shapes the granule before
# it for that, and only a granule of the usual shape joins the loop.
MARGIN = 1


def write_over_bed(
    file: IO[bytes],
    sounds: Iterable[Sound],
    length_ticks: int,
    bed: Bed,
    *,
    bitrate: int = BITRATE,
    id3: bytes = b"",
    store: Store | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Encoded:
    """Write an MP3 of exactly `length_ticks` with `sounds` over `bed`; it fades in and out with the file.

    Returns what was encoded: islands, or blocks of the whole file. The same input and store give
    the same bytes, however many `workers`. Raises OutputError as `mix` and `encode` do, and the bed.
    """
    heard = list(sounds)
    level, ramps = ramps_for(heard, length_ticks, bed.ducks)
    course = Course(fades=fades_for(length_ticks), ramps=ramps, level=level)
    if not isinstance(bed, LoopedBed):
        total = blocks_for(length_ticks)
        blocks = encode_blocks(
            bed.blocks(), heard, length_ticks, course=course, bitrate=bitrate, workers=workers
        )  # fmt: skip
        write_frames(file, _told(blocks, total, progress), length_ticks, bitrate=bitrate, id3=id3)
        return Encoded(frames={}, encoded=total, reused=0)
    islands = cut(heard, length_ticks, course=course, margin=MARGIN)
    if not bed.stationary:
        islands = tuple(replace(island, place=island.first_frame % bed.frames) for island in islands)
    with ThreadPoolExecutor(1) as aside, _stopping() as stop:
        loop = aside.submit(encode_loop, bed, bitrate, store, level=level, workers=workers, stop=stop)
        frames_of: Callable[[Island], bytes]
        if bed.stationary:
            encoded = encode_islands(
                islands, bitrate, bed=bed, store=store, workers=workers, progress=progress
            )  # fmt: skip
            frames_of = encoded.of
        else:
            encoded, frames_of = _in_order(islands, bed, bitrate, workers, progress)
        alone = loop.result().behind
    write_mp3(file, islands, length_ticks, encoded=frames_of, between=alone, bitrate=bitrate, id3=id3)
    return encoded


@contextmanager
def _stopping() -> Iterator[Event]:
    """Yield what is set when something fails: the loop of `ocean` takes a while, and nobody needs it then."""
    stop = Event()
    try:
        yield stop
    except BaseException:
        stop.set()
        raise


def _in_order(
    islands: Sequence[Island], bed: LoopedBed, bitrate: int, workers: int | None, progress: Progress | None
) -> tuple[Encoded, Callable[[Island], bytes]]:
    """Return what gives the frames of each of `islands`, asked for in their order.

    They depend on their place over the bed, so hardly two are the same. They are neither kept nor all
    in memory: hours of them would be hundreds of megabytes.
    """
    parts = (piece for island in islands for piece in pieces(island, bed))
    made = in_turn(lambda piece: encode_piece(piece, bitrate, bed), parts, workers)
    told = _told(made, sum(map(pieces_in, islands)), progress)

    def frames_of(island: Island) -> bytes:
        return b"".join(islice(told, pieces_in(island)))

    return Encoded(frames={}, encoded=len(islands), reused=0), frames_of


def _told(blocks: Iterable[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    if progress:
        progress(0, total)
    for done, block in enumerate(blocks, 1):
        if progress:
            progress(done, total)
        yield block
