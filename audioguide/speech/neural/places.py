"""Room for models on the whole machine: all programs of a user that speak share a few places.

A place is a lock on a file in the cache, so that it is free again whenever its process ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.errors import UsageError
from audioguide.storage.cache import cache_folder
from audioguide.storage.places import NOWHERE

if TYPE_CHECKING:
    from filelock import BaseFileLock

MOST = 2  # each model takes up to 400 MB
TURN_SECONDS = 10.0  # a program with one model keeps it this long while others wait: to load one takes 1.4 s
# A stopped program may hold a place forever: when no place has changed hands for this long, one more model
# is better than no voice.
LONGEST_SECONDS = 180.0
_LOOK_SECONDS = 0.05
WANTED, TAKEN = "model-wanted.lock", "model-taken.lock"  # of the last one, its time of change says when


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """Room for one model, held since the moment `since`; without a `lock` where nothing can be locked."""

    lock: BaseFileLock | None = None
    since: float = field(default_factory=time.monotonic)

    def leave(self) -> None:
        """Let another program have it."""
        if self.lock:
            self.lock.release()


@dataclass(frozen=True, slots=True)
class Places:
    """`most` places, as locks in `folder`: that of the user's cache unless given."""

    most: int = MOST
    folder: Path | None = None

    def take(self, wanted: Callable[[], bool] = lambda: True) -> ModelPlace:
        """Return a place, waiting for one as long as it is `wanted`, and places change hands."""
        home, began = self._home(), time.time()
        if place := self.free():
            return place
        queue = _lock(home / WANTED)  # held by the one that is next; that others want a place can be seen
        try:
            while wanted() and time.time() - max(began, _last_taken(home)) < LONGEST_SECONDS:
                if (queue.is_locked or _got(queue)) and (place := self.free()):
                    return place
                time.sleep(_LOOK_SECONDS)
            return ModelPlace()
        except OSError:
            return ModelPlace()
        finally:
            queue.release()

    def free(self) -> ModelPlace | None:
        """Return a place that is free; None where there is none."""
        home = self._home()
        try:
            home.mkdir(parents=True, exist_ok=True)
            for number in range(self.most):
                if _got(lock := _lock(home / f"model-{number}.lock")):
                    (home / TAKEN).touch()
                    return ModelPlace(lock)
        except OSError:  # a folder that cannot hold locks limits nobody
            return ModelPlace()
        return None

    def wanted(self) -> bool:
        """Return whether a program waits for a place."""
        path = self._home() / WANTED
        if not path.exists():
            return False
        queue = _lock(path)
        try:
            return not _got(queue)
        except OSError:
            return False
        finally:
            queue.release()

    def _home(self) -> Path:
        try:
            return self.folder or cache_folder()
        except UsageError:
            return NOWHERE


def _last_taken(home: Path) -> float:
    try:
        return (home / TAKEN).stat().st_mtime
    except OSError:
        return 0.0


def _lock(path: Path) -> BaseFileLock:
    from filelock import FileLock  # here: only what is spoken by a model pays for it

    return FileLock(path, thread_local=False)  # an idle model is released by another thread


def _got(lock: BaseFileLock) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True
