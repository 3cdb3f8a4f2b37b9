"""A whole session of the library, rendered as people render it, beside lameenc alone on its sound.

The other cases repeat phrases; a session hardly does. Everything counts from the start of the command to its
end, on the clock and in seconds of a core, the voice's processes included; these are shown apart, too.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.case import HERE, pcm
from benchmarks.contender import RivalError
from benchmarks.encoders import by_lameenc, spent
from benchmarks.side_by_side import Report

ROUTINE = "full-back-care"
ENGINES = ("pyttsx3",)
COLD, FIT, BED = "cold", "fit", "brown"
# What is asked for beside the routine, and whether the cache of the cold render is there.
WAYS: dict[str, tuple[tuple[str, ...], bool]] = {
    COLD: ((), False), FIT: (("--fit", "40m"), True), BED: (("--bed", "brown"), False),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds by the clock and of a core; `voice` is the part of these that other processes took.

    `alone_wall` and `alone_cpu` are lameenc's for the sound without a bed.
    """

    wall: float
    cpu: float
    voice: float
    alone_wall: float
    alone_cpu: float

    @property
    def by_clock(self) -> float:
        """Return the wall time as a part of lameenc's."""
        return self.wall / self.alone_wall

    @property
    def by_core(self) -> float:
        """Return the CPU time as a part of lameenc's."""
        return self.cpu / self.alone_cpu

    @property
    def without_voice(self) -> float:
        """Return the CPU time of all but the voice as a part of lameenc's."""
        return (self.cpu - self.voice) / self.alone_cpu


Sessions = dict[tuple[str, str], Cost]  # by engine and way


def sessions(engines: Iterable[str], runs: int, *, report: Report) -> tuple[Sessions, dict[str, str]]:
    """Render the session with each of `engines` in each way, in turn with lameenc alone, `runs` times.

    Return the medians, and why an engine is left out, by what the page calls it.
    """
    costs: dict[tuple[str, str], list[Cost]] = {}
    failed: dict[str, str] = {}
    for engine in engines:
        try:
            for number in range(runs):
                with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as folder:
                    for way, cost in _round(engine, Path(folder)).items():
                        costs.setdefault((engine, way), []).append(cost)
                        report(
                            f"session with {engine}, run {number + 1} of {runs}: {way} {cost.wall:.2f} s, "
                            f"{cost.cpu:.2f} s of a core; lameenc {cost.alone_cpu:.2f} s"
                        )
        except RivalError as error:
            failed[f"{ROUTINE} with the engine {engine}"] = str(error)
            report(f"session with {engine} failed: {error}")
    return {both: _median(some) for both, some in costs.items() if both[0] not in failed}, failed


def _round(engine: str, folder: Path) -> dict[str, Cost]:
    made: dict[str, Cost] = {}
    for way, (asked, warm) in WAYS.items():
        place = folder / way
        place.mkdir()
        if warm:
            shutil.copytree(folder / COLD / "cache", place / "cache")
        wall, cpu, voice = _render((ROUTINE, *asked, "--engine", engine), place)
        # Over a bed as well: without one, most of the sound is silence, which is encoded sooner.
        [mp3] = (folder / (COLD if way == BED else way) / "out").glob("*.mp3")
        alone = spent(by_lameenc, pcm(mp3))
        made[way] = Cost(wall=wall, cpu=cpu, voice=voice, alone_wall=alone.seconds, alone_cpu=alone.cpu)
    pcm.cache_clear()  # 144 MB
    return made


def _render(arguments: Iterable[str], place: Path) -> tuple[float, float, float]:
    """Return the seconds by the clock, of a core, and of these the voice's. Raises RivalError."""
    report = place / "voice"
    command = [sys.executable, "-m", "benchmarks.whole", str(report), "render", *arguments]
    # What is installed has its bytecode.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"AUDIOGUIDE_CACHE_DIR": str(place / "cache"), "PYTHONPATH": str(HERE.parent)}
    before, began = _children(), time.perf_counter()
    ran = subprocess.run(
        [*command, "-o", str(place / "out")], cwd=place, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    wall, cpu = time.perf_counter() - began, _children() - before
    if ran.returncode:
        raise RivalError((ran.stderr.strip() or f"ended with {ran.returncode}").splitlines()[-1])
    return wall, cpu, float(report.read_text(encoding="ascii"))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        **{
            field.name: statistics.median(getattr(cost, field.name) for cost in costs)
            for field in fields(Cost)
        }
    )
