"""Progress on standard error: a bar on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from audioguide.cli.failures import print_notes
from audioguide.cli.streams import terminal
from audioguide.pipeline.gather import Progress
from audioguide.untrusted.characters import escaped

SECONDS_BETWEEN_LINES = 15.0


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Progress | None]:
    """Yield a callback that shows how far each stage of `title` is; notes on the way are printed, too."""
    print_notes()
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bars(title) as show:
            yield show
    else:
        yield _lines(title)


def _lines(title: str) -> Progress:
    began: dict[str, tuple[float, int]] = {}
    printed: dict[str, float] = {}

    def show(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage not in began and total:
            began[stage], printed[stage] = (now, done), now
            print(f"{title}: {stage} ({total})", file=sys.stderr, flush=True)  # noqa: T201
        elif total and now - printed[stage] >= SECONDS_BETWEEN_LINES:
            printed[stage] = now
            left = _left(now - began[stage][0], done - began[stage][1], total - done)
            print(f"{title}: {stage}, {done} of {total}{left}", file=sys.stderr, flush=True)  # noqa: T201

    return show


def _left(took: float, done: int, missing: int) -> str:
    """Say how long what is `missing` will take at the pace so far, in seconds or minutes."""
    if done <= 0:
        return ""
    seconds = took / done * missing
    return f", about {seconds:.0f} s left" if seconds < 100 else f", about {seconds / 60:.0f} minutes left"


@contextmanager
def _bars(title: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    tasks: dict[str, TaskID] = {}
    with Bars(console=Console(file=terminal(sys.stderr)), transient=True) as bars:

        def show(stage: str, done: int, total: int) -> None:
            task = tasks.get(stage)
            if task is None:  # a name may hold what rich takes for markup, or a terminal for a command
                task = tasks[stage] = bars.add_task(escape(escaped(f"{title}: {stage}")), total=total)
            bars.update(task, completed=done, total=total)

        yield show
