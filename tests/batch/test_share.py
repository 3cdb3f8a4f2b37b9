"""Tasks shared out: done again where a worker dies, given up where it dies of them, stopped when asked."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from audioguide.batch.crew import local_crew
from audioguide.batch.made import Failed
from audioguide.batch.share import shared


class Fragile:
    """A crew whose workers die of each task in `deadly`, and the first time of one in `once`."""

    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)
    local = True
    workers = 2

    def __init__(self, deadly: set[int], once: set[int]) -> None:
        self.deadly, self.once = deadly, once
        self.renewed = 0
        self.tried: list[int] = []

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        number = arguments[0]
        self.tried.append(number)
        if number in self.deadly | self.once:
            self.once.discard(number)
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(work(number))
        return future

    def renew(self) -> None:
        self.renewed += 1

    def close(self, *, now: bool = False) -> None:
        del now


def double(number: int) -> int:
    return 2 * number


def tasks(count: int) -> list[tuple[int, tuple[int]]]:
    return [(number, (number,)) for number in range(count)]


def test_every_task_is_done_once_though_workers_die() -> None:
    crew = Fragile(deadly=set(), once={3, 9, 14})
    found = list(shared(crew, double, tasks(25)))
    assert sorted(found) == [(number, 2 * number) for number in range(25)]
    assert crew.renewed >= 1


def test_a_task_that_ends_every_worker_fails_alone() -> None:
    crew = Fragile(deadly={5}, once=set())
    found = dict(shared(crew, double, tasks(25)))
    assert len(found) == 25
    assert isinstance(found.pop(5), Failed)
    assert crew.tried[-3:] == [5, 5, 5]  # by itself, after all others
    assert found == {number: 2 * number for number in range(25) if number != 5}


def wait_a_moment(number: int, folder: str) -> int:
    Path(folder, f"{number}-{os.getpid()}").touch()
    time.sleep(0.05)
    return number


@pytest.mark.slow
def test_workers_that_are_killed_lose_nothing(tmp_path: Path) -> None:
    crew = local_crew(2)
    done: list[int] = []
    killed: set[int] = set()
    for number, _ in shared(crew, wait_a_moment, ((number, (number, str(tmp_path))) for number in range(60))):
        done.append(number)
        workers = {int(path.name.split("-")[1]) for path in tmp_path.iterdir()} - killed
        if len(done) % 20 == 0 and workers:
            victim = workers.pop()
            killed.add(victim)
            with suppress(ProcessLookupError):  # it has gone with one that was killed before
                os.kill(victim, getattr(signal, "SIGKILL", signal.SIGTERM))
    crew.close()
    assert sorted(done) == list(range(60))
    assert killed


def test_what_has_begun_is_finished_after_a_stop() -> None:
    stop = Event()
    crew = Fragile(deadly=set(), once=set())
    found = []
    for number, _ in shared(crew, double, tasks(100), stop):
        found.append(number)
        stop.set()
    assert 0 < len(found) < 20
