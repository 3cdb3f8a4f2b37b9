"""Put the figures of a run of the tests into the table of `docs/reliability.md`.

    AUDIOGUIDE_TALLY=tally.jsonl python -m pytest -m "long or not long" tests/faults tests/storage
    python docs/reliability.py tally.jsonl

A test that ends well adds a line with what it tried; one that fails adds none. So what the table counts
was tried, and none of it was lost.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "reliability.md"
BEGIN, END = "<!-- table -->\n", "<!-- end -->\n"
ROWS = {
    "kills": (
        "Killed at any moment: each file is the old one or the new one, and the next run just works",
        "test_crash.py, test_soak.py",
    ),
    "failing calls": (
        "Each call of the system fails in its turn, once and permanently: an error, or the right file",
        "test_every_call.py",
    ),
    "power cuts": (
        "The power goes at any moment: each file is the old one or the new one, never half of one",
        "test_power.py",
    ),
    "damaged entries": (
        "A damaged entry of the cache (eight kinds of damage) is found and made again",
        "storage/test_cache_sharing.py",
    ),
    "odd texts": (
        "Any text is spoken, or refused with its step; what one did to the voice does not last",
        "test_engine.py",
    ),
    "refusals": ("A file that asks for too much is refused before any speech", "test_refusals.py"),
    "mutated sounds": ("A damaged sound file is a clip, or an error that names it", "test_sounds.py"),
    "requests to end": (
        "Ctrl-C and SIGTERM: 130 and 143, no child and no temporary file left",
        "test_signals.py",
    ),
    "requests of the soak": (
        "A server in mixed use stays as quick and as small as it was",
        "test_soak.py",
    ),
}  # fmt: skip


def table(lines: Iterable[str]) -> str:
    """Return the table of what `lines` tell: JSON with `what`, `tried` and what was measured."""
    runs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        run = json.loads(line)
        runs[run["what"]].append(run)
    rows = ["| Promise | Test in `tests/` | Tried | Lost | Measured |", "|---|---|--:|--:|---|"]
    for what, (promise, test) in ROWS.items():
        found = runs.get(what, [])
        tried = f"{sum(run['tried'] for run in found):,} | 0" if found else "not run | "
        rows.append(f"| {promise} | {test} | {tried} | {measured(what, found)} |")
    return "\n".join(rows) + "\n"


def measured(what: str, runs: list[dict[str, Any]]) -> str:
    """Say what was measured on the way, the worst of all runs."""
    if not runs:
        return ""
    worst = {key: max(run.get(key, 0) for run in runs) for run in runs for key in run if key != "what"}
    if what == "refusals":
        return f"{worst['seconds']:.2f} s of a core and {worst['megabytes']:.0f} MB at most"
    if what == "requests to end":
        return (
            f"{worst['slowest']:.2f} s at most, on a machine with a load of {worst.get('load', 1):.1f} a core"
        )
    if what == "odd texts":
        return f"{sum(run.get('spoken', 0) for run in runs):,} of them spoken"
    if what == "requests of the soak":
        return (
            f"{worst['seconds'] / 60:.0f} min; slowest page {worst['slowest']:.2f} s, with a load of"
            f" {worst['load']:.1f} a core; {worst['from_megabytes']:.0f} MB half way,"
            f" {worst['to_megabytes']:.0f} at the end; {worst['descriptors']:+.0f} descriptors"
        )
    return ""


def main() -> None:
    """Write the table into the page."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}{table(lines)}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
