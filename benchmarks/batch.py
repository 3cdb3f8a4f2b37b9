"""How many files a second `audioguide batch` makes, warm; with how much memory; what the disk alone takes.

    python -m benchmarks.batch --rows 200 --workers 1 2

Rows are spread over routines of about 12 minutes and over settings. The cache is filled first. The floor
writes and hashes as many bytes as were made, in the same run, and does nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

from audioguide.batch.crew import local_crew
from audioguide.batch.prepare import Wanted, prepared
from audioguide.batch.run import Run, Summary
from audioguide.listener.listener import this_listener
from audioguide.pipeline.output import Output

# Each lasts 12 minutes with one of these settings, or near it.
ROUTINES = ("heat-wrap", "heating-pad", "hot-shower", "hot-water-bottle", "upper-and-mid-back", "warm-towel")
RATES = (110, 115, 120, 125)
FITS = ("12m", "12m30s", "13m")


def table(folder: Path, rows: int) -> Path:
    """Write a table of so many clients."""
    path = folder / "clients.csv"
    lines = ["client,routine,rate,fit,note"]
    for number in range(rows):
        routine = ROUTINES[number % len(ROUTINES)]
        rate = RATES[number // len(ROUTINES) % len(RATES)]
        fit = FITS[number // len(ROUTINES) // len(RATES) % len(FITS)]
        lines.append(f"client {number},{routine},{rate},{fit},note {number}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def made(path: Path, out: Path, workers: int) -> tuple[Summary, float, int]:
    """Return how a run ended, the core seconds of its workers, and the memory of the largest in MB."""
    shutil.rmtree(out, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    batch = prepared(Wanted(table=path, out=str(out), output=Output()), this_listener())
    crew = local_crew(workers)
    try:
        summary = Run(batch, crew).run()
    finally:
        crew.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return summary, cpu, after.ru_maxrss // 1024


def floor(folder: Path, files: int, size: int) -> float:
    """Return the seconds that one process takes to write and hash `files` files of `size` bytes in all."""
    target = folder / "floor"
    target.mkdir()
    data = os.urandom(size // files)
    began = time.perf_counter()
    for number in range(files):
        path = target / str(number)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        hashlib.sha256(data).digest()
    took = time.perf_counter() - began
    shutil.rmtree(target)
    return took


def main() -> None:
    """Print a line for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder unless given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        path = table(folder, options.rows)
        out = folder / "out"
        cold, cpu, memory = made(path, out, max(options.workers))
        print(f"cold: {cold.files} files in {cold.took_s:.1f} s, {len(cold.failed)} rows failed")
        for workers in options.workers:
            summary, cpu, memory = made(path, out, workers)
            print(
                f"{workers} workers: {summary.files / summary.took_s:.1f} files a second, "
                f"{1000 * cpu / summary.files:.0f} ms of a core each, {memory} MB the largest worker"
            )
        took = floor(folder, cold.files, cold.size)
        print(f"floor: {cold.files / took:.1f} files a second, written and hashed by one process")
        print(f"load of this machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
