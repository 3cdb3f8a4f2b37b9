"""All contenders in turn, A B C A B C …, so that whatever else the machine does falls on all of them."""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import encoders, obvious, ours, shell
from benchmarks.case import make_case
from benchmarks.contender import Contender, Lap, RivalError, Run

CONTENDERS = (*ours.CONTENDERS, *obvious.CONTENDERS, *shell.CONTENDERS, *encoders.CONTENDERS)
ONCE_OVER = 20.0  # seconds: what takes longer is run once

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Median:
    """The median of `runs` runs in seconds; `islands` is the largest number that one of them encoded."""

    seconds: float
    runs: int
    islands: int | None = None


Laps = dict[tuple[str, int], Median]  # by contender and minutes


def race(
    contenders: Sequence[Contender], minutes: Iterable[int], runs: int, *, report: Report
) -> tuple[Laps, dict[str, str]]:
    """Run every contender `runs` times on a routine of each length, in turn.

    Return the medians, and by name why a rival failed; it is not asked again.
    """
    measured: Laps = {}
    failed: dict[str, str] = {}
    for length in minutes:
        entered = [
            each
            for each in contenders
            if each.name not in failed and (each.longest is None or length <= each.longest)
        ]
        with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as folder:
            case = make_case(length, Path(folder))
            ready = {each.name: each.prepare(case) for each in entered}
            laps = _in_turn(ready, runs, failed, label=f"{length} min", report=report)
        measured |= {(name, length): _median(some) for name, some in laps.items() if some}
    return measured, failed


def _in_turn(
    ready: dict[str, Run], runs: int, failed: dict[str, str], *, label: str, report: Report
) -> dict[str, list[Lap]]:
    laps: dict[str, list[Lap]] = {name: [] for name in ready}
    for number in range(runs):
        for name, run in ready.items():
            if name in failed or (number and laps[name][0].seconds > ONCE_OVER):
                continue
            gc.collect()  # or one pays for what another has left behind
            try:
                laps[name].append(run())
            except RivalError as error:
                failed[name] = str(error)
                report(f"{label}: {name} failed: {error}")
                continue
            report(f"{label}, run {number + 1} of {runs}: {name} {laps[name][-1].seconds:.3f} s")
    return laps


def _median(laps: Sequence[Lap]) -> Median:
    islands = [lap.islands for lap in laps if lap.islands is not None]
    middle = statistics.median(lap.seconds for lap in laps)
    return Median(middle, len(laps), max(islands, default=None))
