"""Time and peak memory against the length of the file, each render in a fresh process."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.case import BED, HERE, HOLD, OTHER_HOLD, reps_for
from benchmarks.side_by_side import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """One render: seconds of work, megabytes at most, and not less than those of the largest child."""

    seconds: float
    peak_mb: float
    children_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """Medians for one length: with an empty cache, with another hold from the cache, and under a bed."""

    cold: Fresh
    warm: Fresh
    bed: Fresh


def growth(minutes: Iterable[int], runs: int, *, report: Report) -> dict[int, Grown]:
    """Render a routine of each length in the three ways, `runs` times, in turn."""
    lengths = list(minutes)
    measured: dict[int, list[Grown]] = {length: [] for length in lengths}
    for number in range(runs):
        for length in lengths:
            measured[length].append(_grown(reps_for(length)))
            report(
                f"growth, run {number + 1} of {runs}: {length} min, {measured[length][-1].cold.seconds:.3f} s"
            )
    return {length: Grown(**{way: _median(some, way) for way in WAYS}) for length, some in measured.items()}


WAYS = tuple(field.name for field in fields(Grown))


def _grown(reps: int) -> Grown:
    with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as folder:
        cache, bedded = Path(folder, "cache"), Path(folder, "bedded")
        return Grown(
            cold=_fresh(reps, HOLD, cache),
            warm=_fresh(reps, OTHER_HOLD, cache),
            bed=_fresh(reps, HOLD, bedded, BED),
        )


def _fresh(reps: int, hold: str, cache: Path, *bed: str) -> Fresh:
    with tempfile.TemporaryDirectory(dir=cache.parent) as out:
        command = [sys.executable, "-m", "benchmarks.fresh", str(reps), hold, str(cache), out, *bed]
        ran = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=True)
    return Fresh(**json.loads(ran.stdout))


def _median(measured: list[Grown], way: str) -> Fresh:
    some = [getattr(each, way) for each in measured]
    return Fresh(
        **{
            field.name: statistics.median(getattr(fresh, field.name) for fresh in some)
            for field in fields(Fresh)
        }
    )
