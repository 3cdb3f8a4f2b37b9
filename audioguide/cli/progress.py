"""Progress on standard error: a bar on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from audioguide.cli.failures import tell_notes
from audioguide.cli.streams import terminal
from audioguide.controls import escaped
from audioguide.pipeline.gather import Progress


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Progress | None]:
    """Yield a callback that shows how far each stage of `title` is; notes on the way are printed, too."""
    tell_notes()
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bars(title) as show:
            yield show
    else:
        yield _lines(title)


def _lines(title: str) -> Progress:
    told: set[str] = set()

    def show(stage: str, _done: int, total: int) -> None:
        if stage not in told and total:
            told.add(stage)
            print(f"{title}: {stage} ({total})", file=sys.stderr, flush=True)  # noqa: T201

    return show


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
