"""What a contender is, and the lap that one run of it gives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec

from benchmarks.case import Case


@dataclass(frozen=True, slots=True)
class Lap:
    """One run: how long it took in seconds, and how many islands it encoded (audioguide alone)."""

    seconds: float
    islands: int | None = None


class RivalError(Exception):
    """A rival that ran and failed: it is left out, and the rest goes on."""


Run = Callable[[], Lap]


def nothing_missing() -> None:
    """Say that a contender needs nothing that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """`prepare` sets a case up, which is not measured, and returns what is run again and again.

    `what` is for the page. `longest` is the longest case in minutes that it is asked for;
    `missing` returns the reason why it cannot run here, or None.
    """

    name: str
    what: str
    prepare: Callable[[Case], Run]
    longest: int | None = None
    missing: Callable[[], str | None] = field(default=nothing_missing)


@dataclass(slots=True)
class Watch:
    """The seconds between entering and leaving `watched`, by the clock and of this process's cores."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def watched() -> Iterator[Watch]:
    """Measure a block."""
    watch = Watch()
    began, spent = time.perf_counter(), time.process_time()
    yield watch
    watch.seconds, watch.cpu = time.perf_counter() - began, time.process_time() - spent


def without(*modules: str) -> Callable[[], str | None]:
    """Return a check that names those of `modules` that are not installed."""

    def missing() -> str | None:
        absent = [module for module in modules if find_spec(module) is None]
        return f"not installed: {', '.join(absent)} (pip install -e '.[bench]')" if absent else None

    return missing
