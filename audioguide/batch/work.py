"""What a worker does, wherever it runs: look at what a row needs, and make its files."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from audioguide.batch.loudness import loudness_of
from audioguide.batch.made import Failed, Made, MadeFile, MadeSound, Surveyed
from audioguide.batch.orders import Job, Order, unpacked
from audioguide.batch.place import is_url, put
from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import AudioguideError, EngineError
from audioguide.export.metadata import metadata_of
from audioguide.export.overview import overview, playlist
from audioguide.fitting.slack import to_length
from audioguide.listener.plan import Planned, Session
from audioguide.listener.request import Request
from audioguide.pipeline.build import build, plan_requests
from audioguide.pipeline.gather import measured
from audioguide.pipeline.mixdown import Mixdown
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.pipeline.voice import phrases_of, settled
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths
from audioguide.script.script import Script
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import make_engine
from audioguide.speech.settings import configure
from audioguide.storage.atomic import write_atomically
from audioguide.storage.cache import Cache, user_cache
from audioguide.storage.remembered import RememberedCache
from audioguide.units import seconds

BYTES_PER_SECOND = 12_000  # at 96 kbit/s
TAG_BYTES = 25_000  # with its picture and its text


def survey(orders: Sequence[Order], routine: bytes, job: Job) -> list[Surveyed | Failed]:
    """Compile what each of `orders`, all of one `routine`, asks for, with estimated lengths.

    What cannot be made is found here, before anything is rendered.
    """
    configure(job.engines)
    return [_surveyed(order, unpacked(routine), job) for order in orders]


def make(order: Order, routine: bytes, job: Job) -> Made | Failed:
    """Make all files of `order`, complete or not at all; what was made for others already is reused."""
    configure(job.engines)
    try:
        with _room(job.place) as room:
            made = _made(order, unpacked(routine), job, room.folder)
            return room.handed_over(made)
    except AudioguideError as error:
        return Failed(str(error), error.exit_code)
    except (OSError, MemoryError) as error:
        return Failed(str(error) or type(error).__name__, 5)


@lru_cache(maxsize=2)
def cache_of(folder: Path | None) -> Cache:
    """Return the cache in `folder`, or the user's on this machine, with its last used entries in memory."""
    usual = user_cache()
    return RememberedCache(folder or usual.folder, usual.limit)


def _surveyed(order: Order, routine: Routine, job: Job) -> Surveyed | Failed:
    try:
        scripts = [script for script, _ in _scripts(order, routine, estimated_lengths)]
        lasts = [seconds(to_length(script, estimated_lengths(script)).length) for script in scripts]
        phrases = {phrase: None for script in scripts for phrase in _missing(script, cache_of(job.cache))}
    except AudioguideError as error:
        return Failed(str(error), error.exit_code)
    rate = job.output.rate / 8 or BYTES_PER_SECOND
    size = round(sum(lasts) * rate) + TAG_BYTES * len(scripts)
    return Surveyed(sounds=len(scripts), length_s=sum(lasts), size=size, phrases=tuple(phrases))


@lru_cache(maxsize=8)
def _known_engine(name: str, folder: Path | None) -> CachedEngine:
    return CachedEngine(make_engine(name), cache_of(folder))


def _missing(script: Script, cache: Cache) -> Iterator[tuple[str, Phrase]]:
    """Yield each phrase that is not in `cache`, with the engine that speaks it."""
    script = settled(script)
    engine = CachedEngine(make_engine(script.voice.engine), cache)
    for phrase in phrases_of(script).values():
        try:
            known = cache.get(engine.key(phrase)) is not None
        except EngineError:
            known = False
        if not known:
            yield script.voice.engine, phrase


def _scripts(order: Order, routine: Routine, lengths: Lengths) -> Iterator[tuple[Script, Session | None]]:
    request = order.request(routine)
    for each, session in _requests(order, request):
        yield build(each, lengths), session


def _requests(order: Order, request: Request) -> list[tuple[Request, Session | None]]:
    if order.plan is None:
        return [(request, None)]
    plan = order.plan
    listed = plan_requests(request, sessions=plan.sessions, weeks=plan.weeks, grow=plan.grow)
    return [(each, session) for session, each in listed]


def _made(order: Order, routine: Routine, job: Job, root: Path) -> Made:
    cache = cache_of(job.cache)
    folder = root / order.folder
    if order.plan:
        folder /= f"{order.stem}-plan"
    spoken = 0

    def lengths(script: Script):  # type: ignore[no-untyped-def]
        nonlocal spoken
        found = measured(script, cache)
        spoken += len(found.spoken)
        return found.lengths

    sounds: list[MadeSound] = []
    receipts: list[tuple[Receipt, Session | None]] = []
    for script, session in _scripts(order, routine, lengths):
        levels: list[float | None] = []

        def heard(mix: Mixdown, levels: list[float | None] = levels) -> None:
            levels.append(loudness_of(mix, cache))

        receipt = render(
            script, folder, job.output, metadata=metadata_of(routine.document), cache=cache, workers=1,
            heard=heard,
        )  # fmt: skip
        receipts.append((receipt, session))
        sounds.append(_sound(receipt, levels[0], root))
    others = _overviews(order, receipts, folder, root) if order.plan else ()
    return Made(
        sounds=tuple(sounds), others=others,
        encoded=sum(receipt.islands_encoded for receipt, _ in receipts),
        spoken=spoken + sum(receipt.phrases_spoken for receipt, _ in receipts),
    )  # fmt: skip


def _sound(receipt: Receipt, level: float | None, root: Path) -> MadeSound:
    script = receipt.timeline.script
    sound, *beside = (made_file(path, root) for path in receipt.files)
    about = {
        "title": script.title, "settings": dict(script.settings), "asked": dict(script.asked),
        "voice": f"{script.voice.engine} {script.voice.name}",
        "holds_s": [seconds(hold.placed) for hold in receipt.holds], "loudness_lufs": level,
        **({"notes": list(receipt.notes)} if receipt.notes else {}),
    }  # fmt: skip
    return MadeSound(
        title=script.title, file=sound, beside=tuple(beside), length_s=seconds(receipt.timeline.length),
        about=about,
    )  # fmt: skip


def _overviews(
    order: Order, receipts: Sequence[tuple[Receipt, Session | None]], folder: Path, root: Path
) -> tuple[MadeFile, ...]:
    planned = [
        Planned(
            session, receipt.timeline.script.title, receipt.mp3.name, receipt.timeline.length,
            receipt.timeline.script.beyond_bounds,
        )
        for receipt, session in receipts if session
    ]  # fmt: skip
    paths = folder / f"{order.stem}.m3u8", folder / f"{order.stem}.html"
    write_atomically(paths[0], playlist(planned).encode())
    write_atomically(paths[1], overview(order.title, planned, order.options.note or "").encode())
    return tuple(made_file(path, root) for path in paths)


def made_file(path: Path, root: Path) -> MadeFile:
    """Return what is said of a finished file below `root`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return MadeFile(path=path.relative_to(root).as_posix(), size=size, sha256=digest)


@dataclass(frozen=True, slots=True)
class _Room:
    """The folder that files are made in: the target itself, or one whose files are moved on from there."""

    folder: Path
    place: str

    def handed_over(self, made: Made) -> Made:
        if is_url(self.place):
            put(self.place, {each.path: self.folder / each.path for each in made.files})
        elif not self.place:
            from dataclasses import replace

            return replace(
                made, contents={each.path: (self.folder / each.path).read_bytes() for each in made.files}
            )
        return made


@contextmanager
def _room(place: str) -> Iterator[_Room]:
    if place and not is_url(place):
        yield _Room(Path(place), place)
        return
    with tempfile.TemporaryDirectory(prefix="audioguide-batch-") as folder:
        yield _Room(Path(folder), place)
