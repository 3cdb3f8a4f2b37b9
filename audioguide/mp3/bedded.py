"""A file with a bed under it: copies of a loop where the bed is stationary, blocks where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO

from audioguide.mp3.assemble import write_frames, write_mp3
from audioguide.mp3.blocks import blocks_for, encode_blocks
from audioguide.mp3.fades import fades_for
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.islands import Sound, cut
from audioguide.mp3.loop import encode_loop
from audioguide.mp3.reuse import Encoded, Progress, encode_islands
from audioguide.sound.bed import Bed, StationaryBed
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
    if isinstance(bed, StationaryBed):
        islands = cut(sounds, length_ticks, fades=fades_for(length_ticks), margin=MARGIN)
        with ThreadPoolExecutor(1) as aside:
            loop = aside.submit(encode_loop, bed, bitrate, store)
            encoded = encode_islands(
                islands, bitrate, bed=bed, store=store, workers=workers, progress=progress
            )  # fmt: skip
        alone = loop.result().behind
        write_mp3(
            file, islands, length_ticks, encoded=encoded.of, between=alone, bitrate=bitrate, id3=id3
        )  # fmt: skip
        return encoded
    total = blocks_for(length_ticks)
    blocks = encode_blocks(bed.blocks(), sounds, length_ticks, bitrate=bitrate, workers=workers)
    write_frames(file, _told(blocks, total, progress), length_ticks, bitrate=bitrate, id3=id3)
    return Encoded(frames={}, encoded=total, reused=0)


def _told(blocks: Iterable[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    for done, block in enumerate(blocks):
        if progress:
            progress(done, total)
        yield block
    if progress:
        progress(total, total)
