"""One render in a fresh process: how long, and how much memory at most.

Usage: python -m benchmarks.fresh REPS HOLD CACHE OUT [BED]. Prints one line of JSON.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from dataclasses import replace
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.storage.cache import Cache
from benchmarks.case import HOLDS, settings
from benchmarks.contender import watched

MEGA = 1_000_000


def main() -> None:
    """Render and tell."""
    reps, hold, cache, out, *bed = sys.argv[1:]
    with watched() as watch:
        script = compile(load(HOLDS), Options(settings=settings(int(reps), hold)))
        script = replace(script, bed=bed[0] if bed else None)
        render(script, Path(out), cache=Cache(Path(cache)))
    measured = {"seconds": watch.seconds, "peak_mb": peak() / MEGA, "children_mb": _children() / MEGA}
    print(json.dumps(measured))


def peak() -> float:
    """Return the most memory in bytes that this process has held.

    Linux gives a new process the maximum of the one that started it, so getrusage would show the
    parent's: VmHWM begins again with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _unit()


def _children() -> float:
    # The largest child, the voice; for the reason above this process's own size counts as well.
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _unit()


def _unit() -> int:
    return 1 if sys.platform == "darwin" else 1024


if __name__ == "__main__":
    main()
