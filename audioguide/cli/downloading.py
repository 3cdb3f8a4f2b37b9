"""Progress of a download on standard error: a bar on a terminal, a line a file elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from audioguide.cli.streams import terminal

Fetched = Callable[[int, int], None]


@contextmanager
def downloading(title: str, *, quiet: bool) -> Iterator[Fetched | None]:
    """Yield a callback that shows how many bytes of how many are there."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar(title) as show:
            yield show
    else:
        yield _lines(title)


def _lines(title: str) -> Fetched:
    begun: set[int] = set()

    def show(_have: int, whole: int) -> None:
        if whole not in begun:
            begun.add(whole)
            size = f" {whole / 1e6:.1f} MB" if whole else ""
            print(f"{title}: downloading{size}", file=sys.stderr, flush=True)  # noqa: T201

    return show


@contextmanager
def _bar(title: str) -> Iterator[Fetched]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=terminal(sys.stderr)), transient=True) as bars:
        task = bars.add_task(title, total=None)

        def show(have: int, whole: int) -> None:
            bars.update(task, completed=have, total=whole or None)

        yield show
