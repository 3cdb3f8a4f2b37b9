"""The whole path for one routine; read this and you have read the program."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from audioguide.clip import Clip
from audioguide.estimate import estimated
from audioguide.export.script_json import SUFFIX, dump
from audioguide.export.script_text import script_text
from audioguide.gather import gather, lengths
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.frames import BITRATE, frame_bytes
from audioguide.mp3.islands import Sound, cut
from audioguide.mp3.reuse import encode_islands
from audioguide.mp3.tags import id3_bytes
from audioguide.progress import Progress
from audioguide.publish import publish, published
from audioguide.receipt import Receipt
from audioguide.routine.notices import DISCLAIMER
from audioguide.script import ClipRef, Script
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engines import make_engine
from audioguide.store import Store, cache_folder
from audioguide.timeline import Timeline, lay_out


def render(
    script: Script,
    out: Path,
    *,
    bitrate: int = BITRATE,
    progress: Progress | None = None,
    store: Store | None = None,
) -> Receipt:
    """Speak, lay out, encode and write `script` to `out`: NAME.mp3, NAME.script.json, NAME.txt.

    `bitrate` is in bits a second. Clips and islands are kept in `store`, the user's cache unless given.
    All three files appear whole at the end, or none of them. Raises RoutineError, EngineError,
    OutputError.
    """
    began = time.monotonic()
    frame_bytes(bitrate)
    paths = [out / f"{script.name}{suffix}" for suffix in (".mp3", SUFFIX, ".txt")]
    store = store or Store(cache_folder())
    with ExitStack() as files:
        # Opened first: a folder that cannot be written is told before the voice has worked.
        mp3, machine, person = (files.enter_context(published(path)) for path in paths)
        with _speaker(script, store) as engine:
            clips = gather(script, engine, progress)
        timeline = lay_out(script, lengths(clips))
        islands = cut(_sounds(timeline, clips), timeline.length)
        encoded = encode_islands(
            islands, bitrate, store=store,
            progress=(lambda done, total: progress("encoding", done, total)) if progress else None,
        )  # fmt: skip
        write_mp3(mp3, islands, timeline.length, encoded=encoded.of, bitrate=bitrate, id3=_tags(timeline))
        machine.write(dump(timeline).encode())
        person.write(script_text(timeline).encode())
        size = mp3.tell()
    return Receipt(
        mp3=paths[0], script=paths[1], text=paths[2], timeline=timeline, size=size,
        took_s=time.monotonic() - began, phrases_spoken=engine.misses, phrases_reused=engine.hits,
        islands_encoded=encoded.encoded, islands_reused=encoded.reused,
    )  # fmt: skip


def write_script(
    script: Script, out: Path, *, estimate: bool = False, progress: Progress | None = None
) -> Iterator[Path]:
    """Write the timed script alone, and yield the path of each file: JSON, then text."""
    if estimate:
        timeline = estimated(script)
    else:
        with _speaker(script, Store(cache_folder())) as engine:
            timeline = lay_out(script, lengths(gather(script, engine, progress)))
    for suffix, text in ((SUFFIX, dump(timeline)), (".txt", script_text(timeline))):
        path = out / f"{script.name}{suffix}"
        publish(path, text.encode())
        yield path


@contextmanager
def _speaker(script: Script, store: Store) -> Iterator[CachedEngine]:
    engine = CachedEngine(make_engine(script.voice.engine), store)
    try:
        yield engine
    finally:
        engine.close()


def _sounds(timeline: Timeline, clips: Mapping[ClipRef, Clip]) -> Iterator[Sound]:
    keys = {ref: hashlib.sha256(clip.samples.tobytes()).hexdigest() for ref, clip in clips.items()}
    for placement in timeline.placements:
        clip = clips[placement.ref]
        if clip.ticks:
            yield Sound(start=placement.start, key=keys[placement.ref], clip=clip)


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
        title=script.title, artist=f"audioguide ({script.voice.name})", album="audioguide", comment=comment,
        length_ticks=timeline.length,
    )  # fmt: skip
