"""The whole path for one routine; read this and you have read the program."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from audioguide.ahead import Ahead, sounds
from audioguide.estimate import estimated
from audioguide.export.script_json import SUFFIX, dump, dumped
from audioguide.export.script_text import script_text, text_lines
from audioguide.fitting.slack import to_length
from audioguide.gather import gather, lengths
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.bedded import write_over_bed
from audioguide.mp3.frames import BITRATE, frame_bytes
from audioguide.mp3.islands import cut
from audioguide.mp3.reuse import encode_islands
from audioguide.mp3.tags import id3_bytes
from audioguide.progress import Progress
from audioguide.publish import publish, published
from audioguide.receipt import Receipt
from audioguide.routine.notices import DISCLAIMER
from audioguide.script import ClipRef, Script
from audioguide.sound.beds import open_bed
from audioguide.speech.engines import make_engine
from audioguide.speech.pool import Speakers
from audioguide.store import Store, user_store
from audioguide.timeline import Timeline


def render(
    script: Script,
    out: Path,
    *,
    bitrate: int = BITRATE,
    progress: Progress | None = None,
    store: Store | None = None,
    workers: int | None = None,
) -> Receipt:
    """Speak, lay out, encode and write `script` to `out`: NAME.mp3, NAME.script.json, NAME.txt.

    `bitrate` is in bits a second. Clips and islands are kept in `store`, the user's cache unless given.
    All three files appear whole at the end, or none of them. Raises RoutineError, EngineError,
    OutputError.
    """
    began = time.monotonic()
    frame_bytes(bitrate)
    bed = open_bed(script.bed) if script.bed else None
    paths = [out / f"{script.name}{suffix}" for suffix in (".mp3", SUFFIX, ".txt")]
    store, cores = store or user_store(), workers or os.cpu_count() or 1
    with ExitStack() as files:
        # Opened first: a folder that cannot be written is told before the voice has worked.
        mp3, machine, person = (files.enter_context(published(path)) for path in paths)
        told = partial(progress, "encoding") if progress else None
        encode = partial(encode_islands, bitrate=bitrate, store=store)
        with _speakers(script, store, cores) as speakers, Ahead(script, encode, workers=cores) as ahead:
            clips = gather(script, speakers, progress, ready=None if bed else ahead.ready)
            timeline = to_length(script, lengths(clips))
            heard, tags = sounds(timeline, clips), _tags(timeline)
            if bed:
                encoded = write_over_bed(
                    mp3, heard, timeline.length, bed, bitrate=bitrate, id3=tags, store=store,
                    workers=cores, progress=told,
                )  # fmt: skip
            else:
                islands = cut(heard, timeline.length)
                encoded = ahead.encode(islands, told)
                write_mp3(mp3, islands, timeline.length, encoded=encoded.of, bitrate=bitrate, id3=tags)
        machine.writelines(part.encode() for part in dumped(timeline))
        person.writelines(line.encode() for line in text_lines(timeline))
        size = mp3.tell()
    return Receipt(
        mp3=paths[0], script=paths[1], text=paths[2], timeline=timeline, size=size,
        took_s=time.monotonic() - began, phrases_spoken=speakers.misses, phrases_reused=speakers.hits,
        islands_encoded=encoded.encoded, islands_reused=encoded.reused,
    )  # fmt: skip


def write_script(
    script: Script, out: Path, *, estimate: bool = False, progress: Progress | None = None
) -> Iterator[Path]:
    """Write the timed script alone, and yield the path of each file: JSON, then text."""
    timeline = estimated(script) if estimate else to_length(script, measured(script, progress))
    for suffix, text in ((SUFFIX, dump(timeline)), (".txt", script_text(timeline))):
        path = out / f"{script.name}{suffix}"
        publish(path, text.encode())
        yield path


def measured(script: Script, progress: Progress | None = None) -> dict[ClipRef, int]:
    """Return the length of every clip in ticks, spoken where it is not in the user's cache."""
    with _speakers(script, user_store()) as speakers:
        return lengths(gather(script, speakers, progress))


@contextmanager
def _speakers(script: Script, store: Store, workers: int | None = None) -> Iterator[Speakers]:
    speakers = Speakers(lambda: make_engine(script.voice.engine), store, workers=workers)
    try:
        yield speakers
    finally:
        speakers.close()


def _tags(timeline: Timeline) -> bytes:
    script = timeline.script
    knobs = ", ".join(f"{name} {value}" for name, value in script.settings.items())
    beyond = (
        f"Beyond the bounds of the routine: {', '.join(script.beyond_bounds)}."
        if script.beyond_bounds
        else ""
    )
    comment = " ".join(part for part in (DISCLAIMER, f"Settings: {knobs}." if knobs else "", beyond) if part)
    return id3_bytes(
        title=script.title, artist=f"audioguide ({script.voice.name})", album=script.album,
        track=script.track, comment=comment, length_ticks=timeline.length,
    )  # fmt: skip


def tags_of(timeline: Timeline) -> bytes:
    """Return the ID3 tag that `render` writes in front of the file of `timeline`."""
    return _tags(timeline)
