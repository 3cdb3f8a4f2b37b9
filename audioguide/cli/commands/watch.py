"""`audioguide check --watch`: check again whenever a file changes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from audioguide.cli.commands.check import check_one, tell

PERIOD = 0.5  # seconds

Stamp = tuple[int, int] | None  # time and size; None where there is no such file


def watch(files: Sequence[str], *, as_json: bool = False) -> None:
    """Check every file, and again whenever it or a routine that it includes changes, until interrupted."""
    seen: dict[str, dict[Path, Stamp]] = {}
    while True:
        changed = [name for name in files if seen.get(name) != _stamps(seen.get(name, {}))]
        for name in changed:
            # Taken before the files are read: what is written meanwhile is seen the next time.
            before = _stamps(seen.get(name, {Path(name): None}))
            checked = check_one(name)
            tell([checked], as_json=as_json)
            # What could not be read any more may come back.
            paths = {*checked.paths, *(before if checked.error else ())}
            seen[name] = {path: before[path] if path in before else _stamp(path) for path in paths}
        if changed and not as_json:
            count = len({path for stamps in seen.values() for path in stamps})
            typer.echo(f"watching {count} file{'s' * (count != 1)}; Ctrl-C ends", err=True)
        time.sleep(PERIOD)


def _stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
