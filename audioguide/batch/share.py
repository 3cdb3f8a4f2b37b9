"""Tasks shared out to a crew, a few for each worker at a time, so that memory stays flat."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from threading import Event
from typing import Any, Generic, TypeVar

from audioguide.batch.crew import WorkerCrew
from audioguide.batch.made import Failed

Item = TypeVar("Item")

AHEAD = 3  # tasks for each worker that are begun, or wait for it
TRIES_TOGETHER = 3  # after so many lost workers, a task goes on by itself, so that it takes no other with it
TRIES_ALONE = 3
LOOK_SECONDS = 0.25  # how often it is asked whether to stop
LOST = "the worker that made it ended {} times (out of memory?); nothing else was lost"


@dataclass(slots=True)
class _Task(Generic[Item]):
    item: Item
    arguments: tuple[Any, ...]
    lost: int = 0


def shared(
    crew: WorkerCrew,
    work: Callable[..., Any],
    tasks: Iterable[tuple[Item, tuple[Any, ...]]],
    stop: Event | None = None,
) -> Iterator[tuple[Item, Any]]:
    """Yield each item of `tasks` with what `work` made of its arguments, in the order in which they end.

    A task whose worker died is done again. One that ends its worker again and again comes back as Failed.
    Once `stop` is set nothing more begins; what has begun is still waited for and yielded.
    """
    sharing = _Sharing[Item](crew, work, stop or Event())
    yield from sharing.run(_Task(item, arguments) for item, arguments in tasks)


class _Sharing(Generic[Item]):
    def __init__(self, crew: WorkerCrew, work: Callable[..., Any], stop: Event) -> None:
        self._crew, self._work, self._stop = crew, work, stop
        self._running: dict[Future[Any], _Task[Item]] = {}
        self._again: deque[_Task[Item]] = deque()
        self._alone: deque[_Task[Item]] = deque()

    def run(self, tasks: Iterator[_Task[Item]]) -> Iterator[tuple[Item, Any]]:
        """Yield the results of all `tasks`."""
        most = self._crew.workers * AHEAD
        while True:
            while len(self._running) < most and (task := self._next(tasks)):
                self._begin(task)
            if self._stop.is_set():
                self._cancel()
            if not self._running:
                return
            yield from self._ended()

    def _next(self, tasks: Iterator[_Task[Item]]) -> _Task[Item] | None:
        if self._stop.is_set() or any(task.lost >= TRIES_TOGETHER for task in self._running.values()):
            return None
        if self._again:
            return self._again.popleft()
        if task := next(tasks, None):
            return task
        return self._alone.popleft() if self._alone and not self._running else None

    def _begin(self, task: _Task[Item]) -> None:
        try:
            future = self._crew.submit(self._work, *task.arguments)
        except self._crew.lost:  # its workers died while nothing was waited for
            self._crew.renew()
            future = self._crew.submit(self._work, *task.arguments)
        self._running[future] = task

    def _cancel(self) -> None:
        for future in list(self._running):
            if future.cancel():
                del self._running[future]

    def _ended(self) -> Iterator[tuple[Item, Any]]:
        ended, _ = wait(self._running, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if any(isinstance(_error(future), BrokenExecutor) for future in ended):
            ended, _ = wait(self._running)  # all that it had begun ends with it
        lost: list[_Task[Item]] = []
        for future in ended:
            task = self._running.pop(future)
            if future.cancelled() or isinstance(_error(future), self._crew.lost):
                lost.append(task)
            else:
                yield task.item, future.result()
        if lost:
            self._crew.renew()
        for task in lost:
            task.lost += 1
            if task.lost >= TRIES_TOGETHER + TRIES_ALONE:
                yield task.item, Failed(LOST.format(task.lost), 5)
            elif task.lost >= TRIES_TOGETHER:
                self._alone.append(task)
            else:
                self._again.append(task)


def _error(future: Future[Any]) -> BaseException | None:
    return None if future.cancelled() else future.exception()
