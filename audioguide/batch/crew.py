"""Who does the work: any `concurrent.futures.Executor`; by default, processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

LEAVE_SECONDS = 10.0  # a worker that has nothing left to do ends in less


class WorkerCrew(Protocol):
    """An executor of `workers`, and what its failures mean.

    `lost` are the errors of a task whose worker died: another one may do it. `local` workers share the disk
    and the cache of this process.
    """

    workers: int
    lost: tuple[type[BaseException], ...]
    local: bool

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Begin `work`. Raises one of `lost` where there is nobody to do it."""

    def renew(self) -> None:
        """Get ready for more tasks after a worker was lost. Raises OutputError where that cannot be done."""

    def close(self, *, now: bool = False) -> None:
        """Let go of all workers; `now`, without what has not begun."""


class ExecutorCrew:
    """Any executor, made by `start`, and made again where its workers have died."""

    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, start: Callable[[], Executor], workers: int, *, local: bool = True) -> None:
        self._start = start
        self.workers = workers
        self.local = local
        self._executor: Executor | None = None

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Begin `work`."""
        if self._executor is None:
            self._executor = self._start()
        return self._executor.submit(work, *arguments)

    def renew(self) -> None:
        """Start again with new workers."""
        self._let_go(patience=0.0, cancel=True)

    def close(self, *, now: bool = False) -> None:
        """Let go of all workers, which have nothing left to do."""
        self._let_go(patience=LEAVE_SECONDS, cancel=now)

    def _let_go(self, *, patience: float, cancel: bool) -> None:
        executor, self._executor = self._executor, None
        if executor is None:
            return
        workers = _workers_of(executor)
        executor.shutdown(wait=False, cancel_futures=cancel)
        # A pool that loses a worker while it starts another one waits for the new one forever, which waits
        # for a lock that the lost one holds (seen in Python 3.11).
        waiting = {worker.sentinel: worker for worker in workers}
        ends = time.monotonic() + patience
        while waiting and (left := ends - time.monotonic()) > 0:
            ended = connection.wait(list(waiting), timeout=left)
            waiting = {sentinel: worker for sentinel, worker in waiting.items() if sentinel not in ended}
        for worker in waiting.values():
            worker.kill()


def local_crew(workers: int | None = None) -> ExecutorCrew:
    """Return `workers` processes of this machine, one for each core unless given."""
    workers = workers or _cores()
    # Not forked: a fork of a process with threads may never end. No Windows, and no macOS, forks either.
    context = multiprocessing.get_context("spawn")
    return ExecutorCrew(
        lambda: ProcessPoolExecutor(workers, mp_context=context, initializer=_in_a_worker), workers
    )


def _workers_of(executor: Executor) -> list[BaseProcess]:
    """Return the processes of `executor`; none where its workers are threads."""
    return list((getattr(executor, "_processes", None) or {}).values())  # public only in Python 3.14


def _cores() -> int:
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _in_a_worker() -> None:
    # Ctrl-C reaches all processes of a terminal. Only the first decides: rows that have begun are finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker whose parent was killed would wait for tasks forever, and write beside the next run until then.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
