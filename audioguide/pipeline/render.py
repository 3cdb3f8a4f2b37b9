"""The whole path for one routine; read this and you have read the program."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from audioguide.compiler.estimate import estimated
from audioguide.export.metadata import Metadata
from audioguide.export.script_json import dump
from audioguide.export.script_text import script_text
from audioguide.fitting.slack import to_length
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.early import EarlyEncoder
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import Encoded
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.over_bed import write_over_bed
from audioguide.pipeline.gather import Progress, measured
from audioguide.pipeline.mixdown import Mixdown, encoding, mixdown
from audioguide.pipeline.output import MP3, Output, opened
from audioguide.pipeline.page import write_page
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.replacing import replaced
from audioguide.pipeline.voice import settled
from audioguide.script.script import Script
from audioguide.script.script_file import SUFFIX
from audioguide.storage.atomic import opened_together
from audioguide.storage.cache import Cache, user_cache
from audioguide.timed import timed
from audioguide.untrusted.files import open_regular

LOGGER = logging.getLogger(__name__)

if TYPE_CHECKING:
    from audioguide.pipeline.proving import Prover


def render(
    script: Script,
    out: Path | IO[bytes],
    output: Output = MP3,
    *,
    metadata: Metadata | None = None,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    prover: Prover | None = None,
) -> Receipt:
    """Speak, lay out, encode and write `script` to the folder `out`: NAME.mp3, NAME.script.json, NAME.txt.

    To an open binary file the sound alone is written. `output` says in which format, and which files lie
    beside it; `metadata` is what some of these say about the routine. Clips and islands are kept in `cache`,
    the user's cache unless given. `prover` makes words clearer before anything is written. All files appear
    whole at the end, or none of them. Raises UsageError, RoutineError, EngineError, OutputError.
    """
    began = time.monotonic()
    script = settled(script)
    cache, workers = cache or user_cache(), workers or os.cpu_count() or 1
    job = Mp3Job(bitrate=output.rate, cache=cache, workers=workers, progress=encoding(progress))
    paths = output.paths(out, script.name) if isinstance(out, Path) else ()
    note = replaced(paths, script)
    LOGGER.info("rendering '%s' as %s with %d workers", script.name, output.kind.name, workers)
    # Opened first: a folder that cannot be written is reported before the voice has worked.
    with opened(out, paths) as [sound, *texts], EarlyEncoder(script, job) as early:
        ready = early.ready if _is_known_early(script, output) else None
        with timed(LOGGER, "speaking, layout and mix"):
            mix = mixdown(
                script, cache, workers=workers, progress=progress, ready=ready, year=output.year,
                prover=prover,
            )  # fmt: skip
        with timed(LOGGER, "encoding"):
            encoded = _encode(sound, mix, output, early)
        suffix = paths[0].suffix if paths else output.kind.suffix
        for file, sidecar in zip(texts, output.texts, strict=False):  # an open file has no room for them
            file.writelines(part.encode() for part in sidecar.text(mix.timeline, metadata, suffix))
        size = sound.tell()
        if output.page and paths:
            write_page(texts[-1], mix.timeline, sound, metadata)
    LOGGER.info("'%s' is written: %d bytes in %.2f s", script.name, size, time.monotonic() - began)
    return Receipt(
        files=paths, format=output.kind.name, timeline=mix.timeline, size=size, mix=mix,
        took_s=time.monotonic() - began, phrases_spoken=mix.spoken, phrases_reused=mix.reused,
        islands_encoded=encoded.encoded, islands_reused=encoded.reused, islands_copied=encoded.copied,
        replaced=note, proved=mix.proved,
    )  # fmt: skip


def _is_known_early(script: Script, output: Output) -> bool:
    # Over a bed, or where the level falls, an island depends on its place, which is known at the end.
    plain = all(not scene.bed and scene.profile == script.profile != "sleep" for scene in script.scenes)
    return output.kind.name == "mp3" and plain


def _encode(file: IO[bytes], mix: Mixdown, output: Output, early: EarlyEncoder) -> Encoded:
    length, job = mix.timeline.length, early.job
    if output.kind.name != "mp3":
        from audioguide.containers.write import write_sound  # with encoders that take time to load

        write_sound(
            file, mix.sounds, length, output.kind, mix.tags, bed=mix.bed, bitrate=output.bitrate,
            progress=job.progress,
        )  # fmt: skip
        return Encoded(frames={}, encoded=0, reused=0)
    id3 = id3_bytes(mix.tags)
    if mix.bed:
        return write_over_bed(file, mix.sounds, length, mix.bed, id3=id3, job=job)
    islands = cut(mix.sounds, length)
    encoded = early.encode(islands)
    write_mp3(file, islands, length, encoded=encoded.of, bitrate=job.bitrate, id3=id3)
    return encoded


def write_script(
    script: Script,
    out: Path,
    *,
    estimate: bool = False,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Iterator[Path]:
    """Write the timed script alone to the folder `out`, and yield the path of each file: JSON, then text.

    A file that has this content already is left alone.

    Lengths are estimated, or measured with the clips of `cache`, the user's cache unless given.
    Raises as `render` does.
    """
    script = settled(script)
    if estimate:
        timeline = estimated(script)
    else:
        timeline = to_length(script, measured(script, cache or user_cache(), progress).lengths)
    paths = [out / f"{script.name}{suffix}" for suffix in (SUFFIX, ".txt")]
    texts = dict(zip(paths, (dump(timeline).encode(), script_text(timeline).encode()), strict=True))
    changed = [path for path in paths if not _has(path, texts[path])]
    if changed:
        with opened_together(changed) as files:
            for file, path in zip(files, changed, strict=True):
                file.write(texts[path])
    yield from paths


def _has(path: Path, content: bytes) -> bool:
    try:
        with open_regular(path) as file:
            return file.read(len(content) + 1) == content
    except OSError:  # writing it says what is wrong
        return False
