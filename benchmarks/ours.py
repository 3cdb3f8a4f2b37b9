"""audioguide in this process: cold, warm with another hold, under a bed, and the worst case.

Compiling is measured too: a changed hold needs it. Imports and reading the YAML file are not.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.load import Routine, load
from audioguide.storage.cache import Cache
from benchmarks.case import (
    BED,
    DISTINCT,
    HOLD,
    MOVING,
    MUSIC,
    ODD_HOLD,
    OTHER_HOLD,
    STATIONARY,
    Case,
    bed_text,
    settings,
)
from benchmarks.contender import Contender, Lap, Run, watched


def cold(case: Case) -> Run:
    """Render with an empty cache."""
    return lambda: _cold(case.routine, case)


def cold_over(bed: str) -> Callable[[Case], Run]:
    """Render over `bed` with an empty cache; MUSIC is the user's own file."""

    def prepare(case: Case) -> Run:
        named = case.bed(bed)
        return lambda: _cold(case.routine, case, named)

    return prepare


def distinct(case: Case) -> Run:
    """Render, with an empty cache, a routine in which no phrase comes twice."""
    routine = load(DISTINCT)
    return lambda: _cold(routine, case)


def warm(hold: str) -> Callable[[Case], Run]:
    """Render with another `hold`, and the cache of the first render."""
    return lambda case: lambda: _with_copy(case, case.warm, hold)


def bed(case: Case) -> Run:
    """Render with another hold under a bed, and the cache of a render with that bed."""
    _, filled = case.over(BED)
    return lambda: _with_copy(case, filled, OTHER_HOLD, BED)


def _cold(routine: Routine, case: Case, bed: str | None = None) -> Lap:
    with tempfile.TemporaryDirectory(dir=case.folder) as scratch:
        cache, out = Path(scratch, "cache"), Path(scratch, "out")
        return _render(routine, case.reps, HOLD, cache=cache, out=out, bed=bed)


def _with_copy(case: Case, cache: Path, hold: str, bed: str | None = None) -> Lap:
    # A copy for each run: the second run would find what the first has put there.
    with tempfile.TemporaryDirectory(dir=case.folder) as scratch:
        copy = Path(shutil.copytree(cache, Path(scratch, "cache")))
        return _render(case.routine, case.reps, hold, cache=copy, out=Path(scratch, "out"), bed=bed)


def _render(routine: Routine, reps: int, hold: str, *, cache: Path, out: Path, bed: str | None = None) -> Lap:
    asked = settings(reps, hold)
    with watched() as watch:
        script = replace(compile(routine, Options(settings=asked)), bed=bed)
        receipt = render(script, out, cache=Cache(cache))
    return Lap(watch.seconds, receipt.islands_encoded)


CONTENDERS = (
    Contender(name="cold", what="audioguide with an empty cache", prepare=cold),
    Contender(
        name="warm", what="audioguide with another hold, from its cache", prepare=warm(OTHER_HOLD)
    ),
    Contender(
        name="warm-odd", what=f"audioguide with another hold, no whole seconds ({ODD_HOLD}), from its cache",
        prepare=warm(ODD_HOLD),
    ),
    Contender(
        name="bed", what=f"audioguide with another hold under the bed `{BED}`", prepare=bed
    ),
    *(
        Contender(
            # The goals are for 23 minutes, and a longer file only shows the same ratio again.
            name=f"{bed}-cold", longest=30, prepare=cold_over(bed),
            what=f"audioguide with an empty cache under {bed_text(bed)}",
        )
        for bed in (*STATIONARY, *MOVING, MUSIC)
    ),
    Contender(
        name="distinct", what="audioguide with an empty cache, no phrase twice", prepare=distinct, longest=70
    ),
)  # fmt: skip
