"""How many files a second `audioguide batch` makes, warm; with how much memory; what the disk alone takes.

    python -m benchmarks.batch --rows 1000 2000 --workers 1 2 --cluster

Rows are spread over 20 routines, each fitted to about 12 minutes, and over `--versions` of them: rows of one
version have the same sound and another name and note. The cache is filled first. The floor writes and hashes
as many bytes as were made, in the same run, with as many processes, and does nothing else. "This machine" is
how much more two processes do than one, of nothing but arithmetic and of nothing but copies in memory: what a
second worker can bring at most while other programs run.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audioguide.batch.crew import WorkerCrew, local_crew
from audioguide.batch.prepare import BatchRequest, prepared
from audioguide.batch.run import Batch, BatchRun, Summary
from audioguide.listener.listener import this_listener
from audioguide.pipeline.output import Output

# Each can be fitted to a length near 12 minutes.
ROUTINES = (
    "back-relaxation", "bedtime", "bird-dog", "cold-compress", "corpse-pose", "figure-four",
    "foam-roller-release", "heat-wrap", "heating-pad", "hot-shower", "hot-water-bottle", "ice-massage",
    "knee-to-chest", "mindfulness-meditation", "morning-ten", "neck-and-back", "relax-the-back",
    "thread-the-needle", "upper-and-mid-back", "warm-towel",
)  # fmt: skip
FIRST_FIT, STEP = 720, 1  # seconds
LOOPS, PIECE, COPIES = 200_000, bytes(8_000_000), 10  # of one piece of work, when a machine is measured
MEASURED_SECONDS = 2.0


def table(folder: Path, rows: int, versions: int) -> Path:
    """Write a table of so many clients."""
    path = folder / f"clients-{rows}.csv"
    lines = ["client,routine,fit,note"]
    for number in range(rows):
        version = number % versions
        routine = ROUTINES[version % len(ROUTINES)]
        fit = FIRST_FIT - STEP * (version // len(ROUTINES))
        lines.append(f"client {number},{routine},{fit}s,note {number}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a run ended, the core seconds of its workers and of the process that shares out, and memory in MB.

    The time of the run includes the start of local workers; that of a cluster counts without its start.
    """

    summary: Summary
    workers_s: float
    parent_s: float
    memory_mb: int


def made(path: Path, out: Path, workers: int, output: Output, *, cluster: bool = False) -> Measured:
    """Make the table `path`, from nothing."""
    shutil.rmtree(out, ignore_errors=True)
    batch = prepared(BatchRequest(table=path, out=str(out), output=output), this_listener())
    before, own = _children(), time.process_time()
    with _crew(batch, workers, cluster=cluster) as (crew, shared):
        summary = BatchRun(shared, crew).run()
        own = time.process_time() - own
    for child in multiprocessing.active_children():
        child.join()  # it is counted once it has ended and was waited for
    after = _children()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(summary=summary, workers_s=used, parent_s=own, memory_mb=after.ru_maxrss // 1024)


def _children() -> resource.struct_rusage:
    return resource.getrusage(resource.RUSAGE_CHILDREN)


@contextmanager
def _crew(batch: Batch, workers: int, *, cluster: bool) -> Iterator[tuple[WorkerCrew, Batch]]:
    if not cluster:
        crew: WorkerCrew = local_crew(workers)
        try:
            yield crew, batch
        finally:
            crew.close()
        return
    from distributed import LocalCluster

    from audioguide.batch.cluster import connected

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as dask:
        crew, batch = connected(dask.scheduler_address, batch)
        try:
            yield crew, batch
        finally:
            crew.close()


def floor(folder: Path, files: int, size: int, workers: int) -> float:
    """Return the seconds that `workers` processes take to write and hash `files` files of `size` in all."""
    target = folder / "floor"
    target.mkdir()
    share = [files // workers + (number < files % workers) for number in range(workers)]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(len, [""] * workers))  # started before the clock
        began = time.perf_counter()
        list(pool.map(_written, [target / str(number) for number in range(workers)], share,
                      [size // files] * workers))  # fmt: skip
        took = time.perf_counter() - began
    shutil.rmtree(target)
    return took


def _written(stem: Path, files: int, size: int) -> None:
    data = os.urandom(size)
    for number in range(files):
        with stem.with_name(f"{stem.name}-{number}").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        hashlib.sha256(data).digest()


def second_process(work: Callable[[], None]) -> float:
    """Return how many times as much of `work` two processes do as one, in the same time."""
    alone, both = (_done(work, processes) for processes in (1, 2))
    return both / alone


def _done(work: Callable[[], None], processes: int) -> int:
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(len, [""] * processes))
        return sum(pool.map(_repeated, [work] * processes))


def _repeated(work: Callable[[], None]) -> int:
    ends, done = time.perf_counter() + MEASURED_SECONDS, 0
    while time.perf_counter() < ends:
        work()
        done += 1
    return done


def arithmetic() -> None:
    """Count."""
    sum(number * number for number in range(LOOPS))


def copying() -> None:
    """Copy more than a cache holds."""
    for _ in range(COPIES):
        bytearray(PIECE)


def main() -> None:
    """Print a line for each number of rows and workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[200])
    parser.add_argument("--versions", type=int, default=190)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--cluster", action="store_true", help="a local Dask cluster as well")
    parser.add_argument("--warm", action="store_true", help="the cache is full already")
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder unless given")
    parser.add_argument("--kbit", type=int, help="smaller files, for many rows on a small disk")
    options = parser.parse_args()
    output = Output(bitrate=options.kbit * 1000 if options.kbit else None)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        out = folder / "out"
        if not options.warm:
            path = table(folder, max(options.rows), options.versions)
            cold = made(path, out, max(options.workers), output)
            print(f"cold: {_shown(cold)}, {len(cold.summary.failed)} rows failed")
        for rows in options.rows:
            path = table(folder, rows, options.versions)
            for workers in options.workers:
                for cluster in (False, True) if options.cluster else (False,):
                    found = made(path, out, workers, output, cluster=cluster)
                    where = "Dask" if cluster else "pool"
                    print(f"{rows} rows, {workers} workers, {where}: {_shown(found)}", flush=True)
                shutil.rmtree(out, ignore_errors=True)
                took = floor(folder, found.summary.files, found.summary.size, workers)
                rate = found.summary.files / took
                print(f"floor: {rate:.0f} files a second by {workers} processes", flush=True)
        counted, copied = second_process(arithmetic), second_process(copying)
        print(
            f"this machine: two processes do {counted:.2f} times the arithmetic of one, and {copied:.2f} "
            "times the copies"
        )
        print(f"load of this machine: {os.getloadavg()[0]:.1f}")


def _shown(found: Measured) -> str:
    summary = found.summary
    rate, each = summary.files / summary.took_s, 1000 / summary.files  # in ms
    return (
        f"{summary.files} files of {summary.size / summary.files / 1e6:.1f} MB in {summary.took_s:.1f} s, "
        f"{rate:.1f} a second, {each * found.workers_s:.0f} ms of a core each and "
        f"{each * found.parent_s:.1f} ms to share it out, {found.memory_mb} MB the largest worker"
    )


if __name__ == "__main__":
    main()
