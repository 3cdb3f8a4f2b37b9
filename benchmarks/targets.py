"""What audioguide has to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.case import MOVING, MUSIC, STATIONARY
from benchmarks.growth import Fresh
from benchmarks.results import Results
from benchmarks.session import BED, COLD, FIT, ROUTINE, Cost
from benchmarks.startup import HELP, LIST, LIST_MANY, RENDER, SHOW, YARDSTICK

SHORT, USUAL, LONG, LONGEST = 5, 23, 70, 600  # minutes


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that has to be at least (`least`) or at most `limit`; `measure` gives None without data."""

    what: str
    limit: float
    unit: str
    measure: Callable[[Results], float | None]
    least: bool = False

    @property
    def wanted(self) -> str:
        """Return the limit as it is shown."""
        return f"{'≥' if self.least else '≤'} {self.limit:g}{self.unit}"

    def reached(self, value: float) -> bool:
        """Return whether `value` is good enough."""
        return value >= self.limit if self.least else value <= self.limit


# By engine, the most that each way may take, as a part of lameenc's time. A live model is its own matter: all
# but the voice counts.
SESSION_LIMITS = {
    "pyttsx3": {COLD: 1.0, FIT: 1.0, BED: 1.0},
    "pack": {COLD: 0.3, FIT: 0.2, BED: 0.6},
    "kokoro": {COLD: 0.6, FIT: 0.6, BED: 0.6},
}
LIVE = ("kokoro",)
WAY = {COLD: "cold", FIT: "as long as asked", BED: "cold over the bed `brown`"}


def _session(engine: str, way: str, figure: Callable[[Cost], float]) -> Callable[[Results], float | None]:
    def measure(results: Results) -> float | None:
        cost = results.sessions.get((engine, way))
        return figure(cost) if cost else None

    return measure


def targets(results: Results) -> Iterator[Target]:
    """Yield what has to be reached: by a whole session in each engine that was measured, then by the rest."""
    yield from session_targets(results)
    yield from TARGETS


def session_targets(results: Results) -> Iterator[Target]:
    """Yield what has to be reached by a whole session in each engine that was measured."""
    for engine in dict.fromkeys(engine for engine, _ in results.sessions):
        for way, limit in SESSION_LIMITS.get(engine, {}).items():
            what = f"`{ROUTINE}` by {engine}, {WAY[way]}: part of lameenc's time"
            if engine in LIVE:
                yield Target(f"{what}, CPU without the voice", limit, "",
                             _session(engine, way, lambda cost: cost.without_voice))  # fmt: skip
                continue
            yield Target(f"{what}, CPU", limit, "", _session(engine, way, lambda cost: cost.by_core))
            yield Target(f"{what}, wall", limit, "", _session(engine, way, lambda cost: cost.by_clock))


def _whole_render(results: Results) -> float | None:
    return results.startup.get(RENDER)


def _steepest(results: Results) -> float | None:
    # Over each step of length: how many times longer it took, by how many times longer the file is.
    lengths = sorted(results.growth)
    steps = [
        long_one.seconds / short_one.seconds / (long / short)
        for short, long in pairwise(lengths)
        for short_one, long_one in _ways(results, short, long)
    ]
    return max(steps, default=None)


def _memory_growth(results: Results) -> float | None:
    if not {SHORT, LONGEST} <= set(results.growth):
        return None
    return max(long.peak_mb / short.peak_mb for short, long in _ways(results, SHORT, LONGEST))


def _memory(results: Results) -> float | None:
    grown = results.growth.get(LONGEST)
    return max(each.peak_mb for each in (grown.cold, grown.warm, grown.bed)) if grown else None


def _ways(results: Results, short: int, long: int) -> list[tuple[Fresh, Fresh]]:
    one, other = results.growth[short], results.growth[long]
    return [(one.cold, other.cold), (one.warm, other.warm), (one.bed, other.bed)]


def _moving(name: str) -> Callable[[Results], float | None]:
    # Two encoders alone on the sound with that bed, one of them much faster: the kinder of two limits counts.
    def measure(results: Results) -> float | None:
        lap, limits = results.lap(f"{name}-cold", USUAL), {"lameenc": 1.5, "lame-pyav": 0.6}
        alone = ((results.lap(f"{encoder}-{name}", USUAL), limit) for encoder, limit in limits.items())
        allowed = max((each.seconds * limit for each, limit in alone if each), default=None)
        return lap.seconds / allowed if lap and allowed else None

    return measure


def _still(name: str) -> Callable[[Results], float | None]:
    return lambda results: results.to_floor(f"{name}-cold", USUAL)


def _islands(results: Results) -> float | None:
    laps = (results.lap(name, USUAL) for name in ("warm", "warm-odd"))
    return max((lap.islands for lap in laps if lap and lap.islands is not None), default=None)


TARGETS = (
    Target(
        f"cold, {USUAL} minutes: times faster than the obvious script", 15, " ×",
        lambda results: results.faster("cold", "obvious", USUAL), least=True,
    ),
    Target(
        f"cold, {LONG} minutes: times faster than the obvious script", 50, " ×",
        lambda results: results.faster("cold", "obvious", LONG), least=True,
    ),
    Target(
        f"cold, {USUAL} minutes: part of the fastest encoder's time", 0.3, "",
        lambda results: results.to_floor("cold", USUAL),
    ),
    Target(
        f"another hold, {USUAL} minutes: part of the fastest encoder's time", 0.02, "",
        lambda results: results.to_floor("warm", USUAL),
    ),
    Target(f"another hold, {USUAL} minutes: islands encoded, whole seconds or not", 2, "", _islands),
    Target(f"another hold, {USUAL} minutes: the whole `audioguide render`", 0.6, " s", _whole_render),
    Target(
        f"another hold under the bed `brown`, {USUAL} minutes: part of the fastest encoder's time", 0.1, "",
        lambda results: results.to_floor("bed", USUAL),
    ),
    *(
        Target(f"cold under the bed `{bed}`, {USUAL} minutes: part of the fastest encoder's time", 0.4, "",
               _still(bed))
        for bed in STATIONARY
    ),
    *(
        Target(f"cold under `{bed}`, {USUAL} minutes: by the longer of 1.5 lameenc, 0.6 lame-pyav, with it",
               1, "", _moving(bed))
        for bed in (*MOVING, MUSIC)
    ),
    Target("growth of time by growth of length, the steepest step", 1, "", _steepest),
    Target(f"peak memory, {LONGEST} minutes by {SHORT} minutes", 1.2, " ×", _memory_growth),
    Target(f"peak memory, {LONGEST} minutes", 250, " MB", _memory),
    Target(
        f"`{HELP}` beside `{YARDSTICK}`", 1.6, " ×", lambda results: results.started(HELP, YARDSTICK)
    ),
    Target(
        f"`{LIST}` beside `{YARDSTICK}`", 2, " ×", lambda results: results.started(LIST, YARDSTICK)
    ),
    Target(
        f"`{LIST_MANY}` beside `{YARDSTICK}`", 4, " ×",
        lambda results: results.started(LIST_MANY, YARDSTICK),
    ),
    Target(
        f"`{SHOW}` beside `{YARDSTICK}`", 2.5, " ×", lambda results: results.started(SHOW, YARDSTICK)
    ),
)  # fmt: skip
