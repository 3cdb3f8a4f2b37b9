"""`python -m benchmarks`: measure everything, print the page, and write it to docs/performance.md."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from benchmarks.case import HERE
from benchmarks.growth import growth
from benchmarks.page import page
from benchmarks.results import Results
from benchmarks.session import ENGINES, sessions
from benchmarks.side_by_side import CONTENDERS, Report, race
from benchmarks.startup import parts, startup

PAGE = HERE.parent / "docs" / "performance.md"
MINUTES = (5, 23, 70, 600)
QUICK_MINUTES = (5, 23)
RUNS, ROUNDS, QUICK_ROUNDS = 5, 9, 3
BUSY = 0.5  # load of the last minute
SESSION, GROWTH, STARTUP = "session", "growth", "startup"
NAMES = (SESSION, *(each.name for each in CONTENDERS), GROWTH, STARTUP)


def main(arguments: list[str] | None = None) -> None:
    """Measure what the arguments ask for."""
    asked = _parser().parse_args(arguments)
    runs = asked.runs or (1 if asked.quick else RUNS)
    minutes = asked.minutes or (QUICK_MINUTES if asked.quick else MINUTES)
    _warn_of_load()
    results = measure(
        asked.only or NAMES,
        minutes=minutes,
        runs=runs,
        rounds=QUICK_ROUNDS if asked.quick else ROUNDS,
        engines=tuple(asked.engine or ENGINES),
        report=_report,
    )
    made = page(results)
    print(made)
    # A page of a part, or of single runs, must not replace the whole one unless that is asked for.
    target = asked.page or (None if asked.quick or asked.only else PAGE)
    if target:
        target.write_text(made, encoding="utf-8")


def measure(
    names: tuple[str, ...],
    *,
    minutes: tuple[int, ...],
    runs: int,
    rounds: int,
    engines: tuple[str, ...] = ENGINES,
    report: Report,
) -> Results:
    """Measure the contenders and parts called `names`, and note the ones that cannot run here."""
    wanted = {each: each.missing() for each in CONTENDERS if each.name in names}
    able = [each for each, reason in wanted.items() if reason is None]
    laps, failed = race(able, minutes, runs, report=report) if able else ({}, {})
    costs, mute = sessions(engines, runs, report=report) if SESSION in names else ({}, {})
    return Results(
        runs=runs,
        laps=laps,
        sessions=costs,
        growth=growth(minutes, runs, report=report) if GROWTH in names else {},
        startup=startup(rounds, report=report) if STARTUP in names else {},
        parts=parts(rounds, report=report) if STARTUP in names else {},
        left_out={each.name: reason for each, reason in wanted.items() if reason} | failed | mute,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, metavar="N", help=f"runs of everything ({RUNS})")
    parser.add_argument(
        "--minutes", type=_lengths, metavar="M,…",
        help=f"lengths of the routine ({','.join(map(str, MINUTES))}; 23 minutes are 25 reps)",
    )  # fmt: skip
    parser.add_argument(
        "--quick", action="store_true",
        help="one run, 5 and 23 minutes; writes no page unless --page says where",
    )  # fmt: skip
    parser.add_argument(
        "--only", action="append", choices=NAMES, metavar="NAME",
        help=f"this alone; may be given several times: {', '.join(NAMES)}",
    )  # fmt: skip
    parser.add_argument(
        "--engine", action="append", metavar="NAME",
        help=f"who speaks the whole session; may be given several times ({', '.join(ENGINES)})",
    )  # fmt: skip
    parser.add_argument("--page", type=Path, metavar="FILE", help="where to write (docs/performance.md)")
    return parser


def _lengths(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _warn_of_load() -> None:
    # Contenders that use both cores lose more by it than the others do.
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > BUSY:
        _report(f"the machine is busy (load {os.getloadavg()[0]:.1f}): the ratios may be off")


def _report(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
