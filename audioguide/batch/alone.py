"""One run at a time for each target: two would note and write the same rows beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audioguide.errors import OutputError

NAME = ".batch.lock"


@contextmanager
def alone_in(state: Path) -> Iterator[None]:
    """Hold the folder `state` of a batch; however a process ends, it lets go of it.

    Raises OutputError where another run holds it. Where a folder cannot hold locks, all go on.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(state / NAME)
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:  # an OSError itself
        raise OutputError(
            f"another batch is writing to {state}: wait until it has finished, or choose another folder "
            f"with -o"
        ) from error
    except (OSError, NotImplementedError):
        pass
    try:
        yield
    finally:
        lock.release()
