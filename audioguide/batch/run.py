"""One run of a batch: what is missing or has changed is looked at, spoken, encoded, made and noted."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event

from audioguide.batch import place
from audioguide.batch.alone import alone_in
from audioguide.batch.crew import WorkerCrew
from audioguide.batch.failures import failures_path, write_failures
from audioguide.batch.files import folder_of
from audioguide.batch.made import Failed, Made, Surveyed
from audioguide.batch.manifest import NAME, Manifest
from audioguide.batch.orders import Job, Order
from audioguide.batch.rows import Read
from audioguide.batch.share import shared
from audioguide.batch.table import TableRow
from audioguide.batch.work import cache_of, encode, islands, make, survey
from audioguide.errors import EngineError
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import make_engine
from audioguide.speech.pool import Speakers
from audioguide.storage.atomic import remove_parts
from audioguide.timed import timed

LOGGER = logging.getLogger(__name__)
MOST_ALIKE = 12  # rows of one version that one task makes: the next ones are copies
MOST_SURVEYED = 8  # versions in one task
MOST_KEPT = 4096  # finished scripts that wait in memory, of about 10 kB each

# Called with what is being done, how much of it is done, of how much, and how many rows have failed.
Show = Callable[[str, int, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A checked table, what to make of it, and where to.

    `state` is the local folder of the manifest and of the failed rows; `folder` that of the files, None where
    they go to a store.
    """

    read: Read
    orders: tuple[Order, ...]
    job: Job
    state: Path
    folder: Path | None
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Summary:
    """How a run ended: rows `made` now, rows that were there `already`, and those that `failed`, with why."""

    rows: int
    made: int = 0
    already: int = 0
    files: int = 0
    size: int = 0
    length_s: float = 0.0
    encoded: int = 0
    spoken: int = 0
    took_s: float = 0.0
    stopped: bool = False
    failed: list[tuple[TableRow, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a run would make: files, their length in seconds and size in bytes, phrases to speak first."""

    rows: int
    already: int
    sounds: int
    length_s: float
    size: int
    phrases: int
    failed: tuple[tuple[TableRow, str], ...]


class BatchRun:
    """A run of `batch` by `crew`. It can be stopped at any moment; the next one goes on from there."""

    def __init__(
        self, batch: Batch, crew: WorkerCrew, *, show: Show = lambda *_: None, stop: Event | None = None
    ) -> None:
        """Show progress by `show`; end early once `stop` is set. Raises OutputError as `Manifest` does."""
        self.batch, self._crew, self._show = batch, crew, show
        self._stop = stop or Event()
        self._job = batch.job.without_shelf()
        if crew.local:
            self._job = replace(self._job, manifest=batch.state / NAME)
        self._rows = {row.number: row for row in batch.read.table.rows}
        self.summary = Summary(rows=len(self._rows))
        self.manifest = Manifest(batch.state / NAME)

    def forecast(self) -> Forecast:
        """Return what `run` would do, and write nothing."""
        todo = self._todo(self.manifest, only_failed=False)
        found = {order.version: each for order, each in self._surveyed(todo, measure=True)}
        self._wrong_rows()
        alike = _by_version(todo)
        sounds = length = size = 0.0
        for version, orders in alike.items():
            each = found.get(version)
            if isinstance(each, Surveyed):
                sounds += each.sounds * len(orders)
                length += each.length_s * len(orders)
                size += each.size * len(orders)
            elif each:
                self.summary.failed += [(self._rows[order.row], each.reason) for order in orders]
        phrases = {phrase for each in found.values() if isinstance(each, Surveyed) for phrase in each.phrases}
        return Forecast(
            rows=len(todo), already=self.summary.already, sounds=round(sounds), length_s=length,
            size=round(size), phrases=len(phrases), failed=tuple(self._failed()),
        )  # fmt: skip

    def run(self, *, only_failed: bool = False) -> Summary:
        """Make what is missing or has changed; with `only_failed`, the rows that failed the last time.

        Raises OutputError where the manifest or the failed rows cannot be written.
        """
        with alone_in(self.batch.state):
            return self._alone(only_failed=only_failed)

    def _alone(self, *, only_failed: bool) -> Summary:
        began = time.monotonic()
        place.check(self.batch.job.place)
        # Read now: a run that has ended since then may have added to it.
        self.manifest = manifest = Manifest(self.batch.state / NAME)
        manifest.begin()
        try:
            todo = self._todo(manifest, only_failed=only_failed)
            LOGGER.info("%d rows: %d to make", len(self._rows), len(todo))
            self._clear(todo)
            self._wrong_rows()
            with timed(LOGGER, "checking and speaking"):
                scripts = self._prepared(todo, manifest)
            with timed(LOGGER, "making the files"):
                self._make([order for order in todo if order.version in scripts], scripts, manifest)
            self._clear(todo)
        finally:
            manifest.close()
            self.summary.failed = self._failed()
            self.summary.took_s = time.monotonic() - began
            self.summary.stopped = self._stop.is_set()
        if not only_failed or not self.summary.stopped:
            path = failures_path(self.batch.state, self.batch.read.table)
            write_failures(path, self.batch.read.table, self.summary.failed)
        return self.summary

    def _clear(self, orders: Sequence[Order]) -> None:
        """Remove the unfinished files of workers that were killed: a folder goes to a client as it is."""
        if self.batch.folder:
            for name in {folder_of(order) for order in orders}:
                remove_parts(self.batch.folder / name)

    def _failed(self) -> list[tuple[TableRow, str]]:
        return sorted(self.summary.failed, key=lambda each: each[0].number)

    def _wrong_rows(self) -> None:
        for row in self.batch.read.wrong:
            faults = self.batch.read.faults[row.number]
            said = "; ".join(f"{fault.found} ({fault.allowed or fault.hint})" for fault in faults)
            self.summary.failed.append((row, said.replace(" ()", "")))

    def _todo(self, manifest: Manifest, *, only_failed: bool) -> list[Order]:
        known = manifest.known
        sizes = place.sizes(self.batch.job.place) if known.files else {}
        todo: list[Order] = []
        for order in self.batch.orders:
            if only_failed and order.hash not in known.failed:
                continue
            if known.has(order, self.batch.folder, sizes):
                self.summary.already += 1
            else:
                todo.append(order)
        return todo

    def _surveyed(self, todo: Sequence[Order], *, measure: bool) -> Iterator[tuple[Order, Surveyed | Failed]]:
        """Yield one order of each version, with what it will need."""
        firsts = [orders[0] for orders in _by_version(todo).values()]
        done = 0
        work = partial(survey, measure=measure)
        for orders, found in shared(self._crew, work, self._tasks(firsts, MOST_SURVEYED), self._stop):
            results = [found] * len(orders) if isinstance(found, Failed) else found
            done += len(orders)
            self._show("checking", done, len(firsts), len(self.summary.failed))
            yield from zip(orders, results, strict=True)

    def _tasks(self, orders: Sequence[Order], most: int) -> Iterator[tuple[list[Order], tuple[object, ...]]]:
        by_routine: dict[str, list[Order]] = defaultdict(list)
        for order in orders:
            by_routine[order.routine].append(order)
        for routine, alike in by_routine.items():
            for first in range(0, len(alike), most):
                part = alike[first : first + most]
                yield part, (part, self.batch.job.shelf[routine], self._job)

    def _prepared(self, todo: Sequence[Order], manifest: Manifest) -> Mapping[str, bytes]:
        """Look at what every version needs, speak and encode what many share; return scripts by version."""
        alike = _by_version(todo)
        scripts: dict[str, bytes] = {}
        phrases: dict[tuple[str, Phrase], None] = {}
        new: list[Order] = []
        for order, found in self._surveyed(todo, measure=False):
            if isinstance(found, Failed):
                for each in alike[order.version]:
                    self._fail(each, found, manifest)
                continue
            scripts[order.version] = found.built if len(scripts) < MOST_KEPT else b""
            phrases |= dict.fromkeys(found.phrases)
            new += [order] if found.phrases else []
        if phrases and self._crew.local and not self._stop.is_set():
            self._speak(list(phrases))
            self._encode(new)
        return scripts

    def _speak(self, phrases: Sequence[tuple[str, Phrase]]) -> None:
        """Speak each of `phrases` once, here: a neural voice is loaded once for all workers."""
        done = 0

        def heard(_place: int, _clip: object) -> None:
            nonlocal done
            done += 1
            self._show("speaking", done, len(phrases), len(self.summary.failed))

        by_engine: dict[str, list[Phrase]] = defaultdict(list)
        for engine, phrase in phrases:
            by_engine[engine].append(phrase)
        for engine, wanted in by_engine.items():
            # What cannot be spoken is reported with the row that needs it.
            with suppress(EngineError), closing(_speakers(engine, self._job, self._crew.workers)) as speakers:
                speakers.speak(wanted, heard)
                self.summary.spoken += speakers.misses

    def _encode(self, orders: Sequence[Order]) -> None:
        """Encode each island that several of `orders` need once, not once in each worker."""
        output = self._job.output
        if output.kind.name != "mp3":
            return
        plain = [order for order in orders if not order.options.bed]
        shelf = self.batch.job.shelf
        owners: dict[str, Order] = {}
        tasks = ((order, (order, shelf[order.routine], self._job)) for order in plain)
        for order, names in shared(self._crew, _islands_or_none, tasks, self._stop):
            for name in names if isinstance(names, tuple) else ():
                owners.setdefault(name, order)
        by_order: dict[str, list[str]] = defaultdict(list)
        for name, order in owners.items():
            by_order[order.hash].append(name)
        encoding = (
            (order, (order, shelf[order.routine], self._job, tuple(by_order[order.hash])))
            for order in plain if order.hash in by_order
        )  # fmt: skip
        done = 0
        for order, count in shared(self._crew, _encoded_or_none, encoding, self._stop):
            done += len(by_order[order.hash])
            self.summary.encoded += count if isinstance(count, int) else 0
            self._show("encoding", done, len(owners), len(self.summary.failed))

    def _make(self, todo: Sequence[Order], scripts: Mapping[str, bytes], manifest: Manifest) -> None:
        shelf = self.batch.job.shelf
        groups = [
            orders[first : first + MOST_ALIKE]
            for orders in _by_version(todo).values() for first in range(0, len(orders), MOST_ALIKE)
        ]  # fmt: skip
        tasks = (
            (group, (group, shelf[group[0].routine], self._job, scripts[group[0].version]))
            for group in groups
        )
        done = 0
        for group, results in shared(self._crew, make, tasks, self._stop):
            for order, made in zip(
                group, [results] * len(group) if isinstance(results, Failed) else results, strict=True
            ):
                done += 1
                if isinstance(made, Failed):
                    self._fail(order, made, manifest)
                else:
                    self._keep(order, made, manifest)
            self._show("rows", done, len(todo), len(self.summary.failed))

    def _keep(self, order: Order, made: Made, manifest: Manifest) -> None:
        if made.contents and self.batch.folder:
            place.keep(self.batch.folder, made.contents)
        manifest.add(order, made)
        total = self.summary
        total.made += 1
        total.files += len(made.sounds)
        total.size += sum(each.size for each in made.files)
        total.length_s += sum(each.length_s for each in made.sounds)
        total.encoded += made.encoded
        total.spoken += made.spoken

    def _fail(self, order: Order, failed: Failed, manifest: Manifest) -> None:
        manifest.fail(order, failed)
        self.summary.failed.append((self._rows[order.row], failed.reason))


def _islands_or_none(order: Order, routine: bytes, job: Job) -> tuple[str, ...]:
    # What goes wrong here goes wrong again with the row itself, which says so.
    try:
        return islands(order, routine, job)
    except (ValueError, OSError, RuntimeError):
        return ()


def _encoded_or_none(order: Order, routine: bytes, job: Job, names: Sequence[str]) -> int:
    try:
        return encode(order, routine, job, names)
    except (ValueError, OSError, RuntimeError):
        return 0


def _speakers(engine: str, job: Job, workers: int) -> Speakers:
    return Speakers(lambda: make_engine(engine), cache_of(job.cache), workers=workers)


def _by_version(orders: Sequence[Order]) -> dict[str, list[Order]]:
    found: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        found[order.version].append(order)
    return dict(found)
