"""The whole path for one routine; read this and you have read the program."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from audioguide.compiler.estimate import estimated
from audioguide.containers.formats import DEFAULT, Format, format_of
from audioguide.export.metadata import Metadata
from audioguide.export.script_json import dump
from audioguide.export.script_text import script_text
from audioguide.export.sidecars import ALWAYS, Sidecar
from audioguide.export.tagging import tags_of
from audioguide.fitting.slack import to_length
from audioguide.mixer.gain import bed_at
from audioguide.mixer.placed import level_in, sounds
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.early import EarlyEncoder
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import Encoded, encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.over_bed import write_over_bed
from audioguide.pipeline.gather import Progress, gather, lengths, speakers_of
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.voice import settled
from audioguide.sound.beds.find import open_bed
from audioguide.storage.atomic import opened_together
from audioguide.storage.cache import Cache, user_cache
from audioguide.timeline.script import ClipRef, Script
from audioguide.timeline.script_file import SUFFIX
from audioguide.timeline.tags import Tags


def render(
    script: Script,
    out: Path,
    *,
    bitrate: int | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
    workers: int | None = None,
    container: str = DEFAULT,
    beside: Sequence[Sidecar] = (),
    about: Metadata | None = None,
    year: int | None = None,
) -> Receipt:
    """Speak, lay out, encode and write `script` to `out`: NAME.mp3, NAME.script.json, NAME.txt.

    `bitrate` is in bits a second. Clips and islands are kept in `cache`, the user's cache unless given.
    In another `container` than MP3 the file has its suffix; `beside` are further files of the same timeline,
    and `about` what some of them tell of the routine. All files appear whole at the end, or none of them.
    Raises UsageError, RoutineError, EngineError, OutputError.
    """
    began = time.monotonic()
    script = settled(script)
    kind = format_of(container)
    rate = kind.bitrate(bitrate)
    bed = open_bed(script.bed, script.bed_volume) if script.bed else None
    texts = (*ALWAYS.values(), *beside)
    paths = [out / f"{script.name}{suffix}" for suffix in (kind.suffix, *(each.suffix for each in texts))]
    cache, cores = cache or user_cache(), workers or os.cpu_count() or 1
    # Opened first: a folder that cannot be written is told before the voice has worked.
    with opened_together(paths) as [sound, *written]:
        told = partial(progress, "encoding") if progress else None
        encode = partial(encode_islands, bitrate=rate, cache=cache)
        with (
            speakers_of(script, cache, cores) as speakers,
            EarlyEncoder(script, encode, workers=cores) as ahead,
        ):
            # Under a bed, or where the level falls, an island depends on its place: none is known yet.
            early = kind.name == DEFAULT and not bed and script.profile != "sleep"
            clips = gather(script, speakers, progress, ready=ahead.ready if early else None)
            timeline = to_length(script, lengths(clips))
            heard, tags = sounds(timeline, clips), tags_of(timeline, cache=cache, year=year)
            under = bed_at(bed, level_in(timeline)) if bed else None
            if kind.name != DEFAULT:
                encoded = _streamed(
                    sound, heard, timeline.length, kind, tags, bed=under, bitrate=bitrate, progress=told
                )  # fmt: skip
            elif under:
                encoded = write_over_bed(
                    sound, heard, timeline.length, under, bitrate=rate, id3=id3_bytes(tags), cache=cache,
                    workers=cores, progress=told,
                )  # fmt: skip
            else:
                encoded = _spliced(
                    sound, heard, timeline.length, tags, ahead=ahead, bitrate=rate, progress=told
                )
        for each, file in zip(texts, written, strict=True):
            file.writelines(part.encode() for part in each.text(timeline, about, kind.suffix))
        size = sound.tell()
    return Receipt(
        mp3=paths[0], script=paths[1], text=paths[2], timeline=timeline, size=size, beside=tuple(paths[3:]),
        took_s=time.monotonic() - began, phrases_spoken=speakers.misses, phrases_reused=speakers.hits,
        islands_encoded=encoded.encoded, islands_reused=encoded.reused,
    )  # fmt: skip


def _spliced(
    file: IO[bytes],
    heard: Iterable[Sound],
    length: int,
    tags: Tags,
    *,
    ahead: EarlyEncoder,
    bitrate: int,
    progress: Callable[[int, int], None] | None,
) -> Encoded:
    islands = cut(heard, length)
    encoded = ahead.encode(islands, progress)
    write_mp3(file, islands, length, encoded=encoded.of, bitrate=bitrate, id3=id3_bytes(tags))
    return encoded


def _streamed(
    file: IO[bytes], heard: Iterable[Sound], length: int, kind: Format, tags: Tags, **more: Any
) -> Encoded:
    from audioguide.containers.write import write_sound

    write_sound(file, heard, length, kind, tags, **more)
    return Encoded(frames={}, encoded=0, reused=0)


def write_script(
    script: Script, out: Path, *, estimate: bool = False, progress: Progress | None = None
) -> Iterator[Path]:
    """Write the timed script alone, and yield the path of each file: JSON, then text."""
    script = settled(script)
    timeline = estimated(script) if estimate else to_length(script, measured(script, progress))
    paths = [out / f"{script.name}{suffix}" for suffix in (SUFFIX, ".txt")]
    with opened_together(paths) as files:
        for file, text in zip(files, (dump(timeline), script_text(timeline)), strict=True):
            file.write(text.encode())
    yield from paths


def measured(
    script: Script, progress: Progress | None = None, spoken: set[ClipRef] | None = None
) -> dict[ClipRef, int]:
    """Return the length of every clip in ticks, `spoken` where it is not in the user's cache."""
    script = settled(script)
    with speakers_of(script, user_cache()) as speakers:
        return lengths(gather(script, speakers, progress, spoken=spoken))
