"""The files of one row: rendered, or copied from a row that asks for exactly the same sound."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from audioguide.batch.built import Built, renamed
from audioguide.batch.loudness import loudness_of
from audioguide.batch.made import Made, MadeFile, MadeSound
from audioguide.batch.orders import Order
from audioguide.export.metadata import Metadata, metadata_of
from audioguide.export.overview import overview, playlist
from audioguide.listener.plan import Planned, PlanSession
from audioguide.pipeline.output import Output
from audioguide.pipeline.page import write_page
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.routine.load import Routine
from audioguide.script.layout import Timeline
from audioguide.storage.atomic import opened_together, write_atomically
from audioguide.storage.cache import Cache
from audioguide.units import seconds

# What is written in these depends on the name of the files, or on the note: the others are the same for
# each row of a version.
OWN_TEXTS = frozenset({"txt", "m3u8"})
_PAGE = "page"

Laid = tuple[Timeline, PlanSession | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """A row that was rendered, for others of the same version to copy."""

    order: Order
    scripts: Built
    timelines: tuple[Timeline, ...]
    made: Made
    metadata: Metadata
    output: Output
    root: Path


def rendered(
    order: Order, scripts: Built, routine: Routine, output: Output, *, root: Path, cache: Cache
) -> First:
    """Render `scripts`, those of `order` or of another row of its version, below `root`.

    Raises as `audioguide.pipeline.render.render` does.
    """
    scripts = renamed(scripts, _named(scripts, order), order)
    metadata = metadata_of(routine.document)
    sounds: list[MadeSound] = []
    receipts: list[Receipt] = []
    for script, _ in scripts:
        receipt = render(script, root / folder_of(order), output, metadata=metadata, cache=cache, workers=1)
        level = loudness_of(receipt.mix, cache) if receipt.mix else None
        receipts.append(replace(receipt, mix=None))  # the sounds of many files would fill the memory
        sounds.append(_sound(receipt, level, root))
    timelines = tuple(receipt.timeline for receipt in receipts)
    laid = [(timeline, session) for timeline, (_, session) in zip(timelines, scripts, strict=True)]
    made = Made(
        sounds=tuple(sounds), others=_overviews(order, laid, output, root),
        encoded=sum(receipt.islands_encoded for receipt in receipts),
        spoken=sum(receipt.phrases_spoken for receipt in receipts),
    )  # fmt: skip
    return First(
        order=order, scripts=scripts, timelines=timelines, made=made, metadata=metadata, output=output,
        root=root,
    )  # fmt: skip


def copied(first: First, order: Order, root: Path) -> Made:
    """Write the files of `order`, which has the version of `first`, below `root`. Raises OutputError."""
    output = first.output
    scripts = renamed(first.scripts, first.order, order)
    timelines = [
        replace(timeline, script=replace(timeline.script, name=script.name, remark=script.remark))
        for timeline, (script, _) in zip(first.timelines, scripts, strict=True)
    ]
    sounds = [
        _copied_sound(first, sound, timeline, root / folder_of(order), root)
        for sound, timeline in zip(first.made.sounds, timelines, strict=True)
    ]
    laid = [(timeline, session) for timeline, (_, session) in zip(timelines, scripts, strict=True)]
    return Made(sounds=tuple(sounds), others=_overviews(order, laid, output, root))


def folder_of(order: Order) -> str:
    """Return the folder of the files of `order`, below the target."""
    return f"{order.folder}/{order.stem}-plan" if order.plan else order.folder


def made_file(path: Path, root: Path) -> MadeFile:
    """Return what is said of a finished file below `root`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return MadeFile(path=path.relative_to(root).as_posix(), size=size, sha256=digest)


def _named(scripts: Built, order: Order) -> Order:
    # A survey builds for one row of a version; any other may be the first one that is rendered.
    name = scripts[0][0].name
    session = scripts[0][1]
    return replace(order, stem=name.rpartition("-")[0] if session else name)


def _sound(receipt: Receipt, level: float | None, root: Path) -> MadeSound:
    script = receipt.timeline.script
    sound, *beside = (made_file(path, root) for path in receipt.files)
    about = {
        "title": script.title, "settings": dict(script.settings), "asked": dict(script.asked),
        "voice": f"{script.voice.engine} {script.voice.name}",
        "holds_s": [seconds(hold.placed) for hold in receipt.holds], "loudness_lufs": level,
        **({"notes": list(script.notes)} if script.notes else {}),
    }  # fmt: skip
    return MadeSound(
        title=script.title, file=sound, beside=tuple(beside), length_s=seconds(receipt.timeline.length),
        about=about,
    )  # fmt: skip


def _copied_sound(first: First, sound: MadeSound, timeline: Timeline, folder: Path, root: Path) -> MadeSound:
    output = first.output
    paths = output.paths(folder, timeline.script.name)
    names = ("", *(each.name for each in output.texts), *([_PAGE] if output.page else []))
    originals = (sound.file, *sound.beside)
    made: list[MadeFile] = []
    with opened_together(paths) as files:
        for path, file, name, original in zip(paths, files, names, originals, strict=True):
            where = path.relative_to(root).as_posix()
            if name == _PAGE:
                made.append(_own_page(file, where, first, timeline, files[0]))
                continue
            if name in OWN_TEXTS:
                sidecar = next(each for each in output.texts if each.name == name)
                text = "".join(sidecar.text(timeline, first.metadata, output.kind.suffix)).encode()
                file.write(text)
                digest = hashlib.sha256(text).hexdigest()
                made.append(MadeFile(path=where, size=len(text), sha256=digest))
                continue
            with (first.root / original.path).open("rb") as source:
                shutil.copyfileobj(source, file, 1024 * 1024)
            made.append(replace(original, path=where))
    return replace(sound, file=made[0], beside=tuple(made[1:]))


def _own_page(file: IO[bytes], where: str, first: First, timeline: Timeline, sound: IO[bytes]) -> MadeFile:
    sound.flush()
    write_page(file, timeline, sound, first.metadata)
    size = file.tell()
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return MadeFile(path=where, size=size, sha256=digest.hexdigest())


def _overviews(order: Order, laid: Sequence[Laid], output: Output, root: Path) -> tuple[MadeFile, ...]:
    if not order.plan:
        return ()
    planned = [
        Planned(
            session, timeline.script.title, f"{timeline.script.name}{output.kind.suffix}", timeline.length,
            timeline.script.beyond_bounds,
        )
        for timeline, session in laid if session
    ]  # fmt: skip
    folder = root / folder_of(order)
    paths = folder / f"{order.stem}.m3u8", folder / f"{order.stem}.html"
    write_atomically(paths[0], playlist(planned).encode())
    write_atomically(paths[1], overview(order.title, planned, order.options.note or "").encode())
    return tuple(made_file(path, root) for path in paths)
