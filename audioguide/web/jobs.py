"""Work that costs: two at once, eight that wait; any other request has to come again later.

A voice that speaks for minutes does so beside these: four at once, who share its models.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")

AT_ONCE = 2
WAITING = 8
SPEAKING = 4
RETRY_SECONDS = 10
_LOOK_SECONDS = 0.2


class Busy(Exception):  # noqa: N818
    """Too much is waiting already."""


class Jobs:
    """Runs functions in threads, as many at once and as many waiting as may be."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, speaking: int = SPEAKING) -> None:
        self._pool = ThreadPoolExecutor(at_once + waiting + speaking, thread_name_prefix="render")
        self._places = threading.Semaphore(at_once)
        self._speaking = threading.Semaphore(speaking)
        self._most = at_once + waiting
        self._count = 0
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._here = threading.local()

    def begin(self, work: Callable[[], Result]) -> Future[Result]:
        """Have `work` done. Raises Busy."""
        self._add(1)
        return self._pool.submit(self._done, work)

    def go_on(self, stage: str, done: int, total: int) -> None:
        """Take the progress of work, in its thread: while it speaks, its place is free for another.

        Raises Busy once this is closed: so work ends that nobody waits for.
        """
        if self._closed.is_set():
            raise Busy
        place: _Place | None = getattr(self._here, "place", None)
        if place:  # who reads makes what is missing, and has none
            self._move(place, aside=stage == "speaking" and done < total)

    def close(self) -> None:
        """Drop what waits, and end what is being done at its next step."""
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _done(self, work: Callable[[], Result]) -> Result:
        place = self._here.place = _Place()
        try:
            self._move(place, aside=False)
            return work()
        finally:
            if place.held:
                place.held.release()
            if place.held is not self._speaking:
                self._add(-1)

    def _move(self, place: _Place, *, aside: bool) -> None:
        """Let go of what `place` has, for a place among those that speak, or among the others."""
        wanted = self._speaking if aside else self._places
        if place.held is wanted:
            return
        before, place.held = place.held, None
        if before:
            before.release()
        if before is self._speaking:
            self._add(1, always=True)
        while not wanted.acquire(timeout=_LOOK_SECONDS):
            if self._closed.is_set():
                raise Busy
        place.held = wanted
        if aside:
            self._add(-1)

    def _add(self, change: int, *, always: bool = False) -> None:
        with self._lock:
            if change > 0 and not always and (self._count >= self._most or self._closed.is_set()):
                raise Busy
            self._count += change


@dataclass(slots=True)
class _Place:
    """What a job holds: one of two places to work, or one of four to speak."""

    held: threading.Semaphore | None = None
