"""From a table and a call to a batch: everything is checked here, before a worker starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from audioguide.batch.orders import Job, Order, orders, packed
from audioguide.batch.place import is_url
from audioguide.batch.rows import Read, read_rows
from audioguide.batch.run import Batch
from audioguide.batch.tables import read_table
from audioguide.compiler.voices import voice_of
from audioguide.errors import AudioguideError, Fault
from audioguide.listener.listener import Listener
from audioguide.listener.options import NOTHING, Options
from audioguide.listener.plan import PlanShape
from audioguide.pipeline.output import Output
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import AUTO, make_engine
from audioguide.storage.cache import user_cache

MOST_SHOWN = 6
TRIAL, USUAL_RATE, USUAL_PITCH = "Rest.", 120, 50  # what a voice says to show that it can be had


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What a call asks for: the table, the target (a folder or a URL), and what holds for every row.

    `below` are options that a row's own cells come before; `routine` is for rows that name none.
    """

    table: Path
    out: str
    output: Output
    below: Options = NOTHING
    routine: str = ""
    plan: PlanShape | None = None


def prepared(wanted: BatchRequest, listener: Listener) -> Batch:
    """Read and check the table, and return what to make of it.

    Rows with faults are kept aside, in `Batch.read`. Raises UsageError and RoutineError for what is wrong
    with the table as a whole.
    """
    below = wanted.below
    read = read_rows(
        read_table(wanted.table), listener, routine=wanted.routine, beyond_bounds=below.beyond_bounds
    )
    listed = orders(read.rows, listener, below=below, output=wanted.output, plan=wanted.plan)
    read, listed = _with_known_voices(read, listed)
    remote = is_url(wanted.out)
    folder = None if remote else Path(wanted.out).absolute()
    job = Job(
        output=wanted.output, place=wanted.out.rstrip("/") if remote else str(folder),
        engines=listener.defaults.engines, shelf=packed([each.routine for each in read.rows]),
    )  # fmt: skip
    state = folder or Path(f"{wanted.table.stem}-batch").absolute()
    return Batch(
        read=read, orders=tuple(listed), job=job, state=state, folder=folder,
        notes=(*read.table.notes, *_shared_folders(read)),
    )  # fmt: skip


def _shared_folders(read: Read) -> Iterator[str]:
    """Say which rows are for one client only because they have the same name: that may be two people."""
    by_name: dict[str, list[int]] = {}
    for each in read.rows:
        if not each.named:
            by_name.setdefault(each.client, []).append(each.row.number)
    for client, rows in by_name.items():
        if len(rows) > 1:
            listed = ", ".join(map(str, rows[:MOST_SHOWN])) + ("…" if len(rows) > MOST_SHOWN else "")
            yield (
                f"rows {listed} are all for '{client}', and share a folder: add a column 'client' if "
                f"they are for different people"
            )


def _with_known_voices(read: Read, listed: Sequence[Order]) -> tuple[Read, list[Order]]:
    """Keep the rows aside whose voice does not exist: each voice is asked for once."""
    wrong: dict[int, tuple[Fault, ...]] = {}
    answers: dict[tuple[str, str], AudioguideError | None] = {}
    by_row = {each.row.number: each for each in read.rows}
    for order in listed:
        asked = by_row[order.row]
        voice = order.options.voice_over(voice_of(asked.routine))
        if order.options.voice is None and order.options.engine is None:
            continue  # those of routines are checked where they are written
        chosen = (voice.engine, voice.name)
        if chosen not in answers:
            answers[chosen] = _why_not(*chosen)
        if error := answers[chosen]:
            if asked.overlay.options.voice is None:
                raise error
            fault = asked.overlay.source.fault(("voice",), error.message)
            wrong[order.row] = (replace(fault, hint=error.hint),)
    if not wrong:
        return read, list(listed)
    good = tuple(each for each in read.rows if each.row.number not in wrong)
    faults: Mapping[int, tuple[Fault, ...]] = {**read.faults, **wrong}
    return replace(read, rows=good, faults=faults), [each for each in listed if each.row not in wrong]


def _why_not(engine: str, voice: str) -> AudioguideError | None:
    if engine == AUTO:
        return None
    try:
        with closing(CachedEngine(make_engine(engine), user_cache())) as speaker:
            speaker.speak(Phrase(TRIAL, speaker.voice_for(voice), USUAL_RATE, USUAL_PITCH))
    except AudioguideError as error:
        return error
    return None


def all_faults(read: Read) -> list[Fault]:
    """Return the faults of all rows."""
    return [fault for faults in read.faults.values() for fault in faults]
