"""Work that costs: two at once, eight that wait, and whoever comes then comes again later."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

AT_ONCE = 2
WAITING = 8
RETRY_SECONDS = 10


class Busy(Exception):  # noqa: N818
    """Too much is waiting already."""


class Jobs:
    """Runs functions in threads, as many at once and as many waiting as may be."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="render")
        self._most = at_once + waiting
        self._count = 0
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def begin(self, work: Callable[[], Result]) -> Future[Result]:
        """Have `work` done. Raises Busy."""
        with self._lock:
            if self._count >= self._most or self._closed.is_set():
                raise Busy
            self._count += 1
        job = self._pool.submit(work)
        job.add_done_callback(self._done)
        return job

    def go_on(self, _stage: str, _done: int, _total: int) -> None:
        """Take the progress of work. Raises Busy once this is closed: so work ends that nobody waits for."""
        if self._closed.is_set():
            raise Busy

    def close(self) -> None:
        """Drop what waits, and end what is being done at its next step."""
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _done(self, _: object) -> None:
        with self._lock:
            self._count -= 1
