from __future__ import annotations

import threading
import time
from collections.abc import Callable

from audioguide.speech.neural.memory import Memory


class Model:
    """Has a model from its first use on; notes how often it was released."""

    def __init__(self) -> None:
        self.holding = False
        self.ended = 0

    def end(self) -> None:
        self.holding = False
        self.ended += 1


def _use(memory: Memory, model: Model) -> None:
    with memory.use(model):
        model.holding = True


def _soon(happened: Callable[[], bool]) -> bool:
    ends = time.monotonic() + 10
    while not happened() and time.monotonic() < ends:
        time.sleep(0.01)
    return happened()


def test_a_third_model_takes_the_place_of_the_one_that_was_idle_longest() -> None:
    memory, models = Memory(most=2, idle_seconds=60), [Model() for _ in range(3)]
    for model in models:
        _use(memory, model)
    assert [model.ended for model in models] == [1, 0, 0]
    assert memory.held == 2


def test_what_is_spoken_with_again_and_again_stays() -> None:
    memory, model = Memory(most=1, idle_seconds=60), Model()
    for _ in range(5):
        _use(memory, model)
    assert model.ended == 0


def test_an_idle_model_is_released_by_itself() -> None:
    memory, model = Memory(idle_seconds=0.05), Model()
    _use(memory, model)
    assert _soon(lambda: model.ended == 1)
    assert memory.held == 0


def test_nobody_takes_a_model_that_speaks() -> None:
    memory, busy, late = Memory(most=1, idle_seconds=60), Model(), Model()
    order: list[str] = []

    def wait() -> None:
        _use(memory, late)
        order.append("late")

    with memory.use(busy):
        busy.holding = True
        thread = threading.Thread(target=wait)
        thread.start()
        time.sleep(0.2)
        order.append("busy")
    thread.join()
    assert order == ["busy", "late"]
    assert busy.ended == 1


def test_one_that_is_closed_while_it_waits_goes_on_at_once() -> None:
    memory, wanted = Memory(most=1, idle_seconds=60), [True]
    with memory.use(Model()):
        timer = threading.Timer(0.2, wanted.clear)
        timer.start()
        began = time.monotonic()
        with memory.use(Model(), lambda: bool(wanted)):
            assert time.monotonic() - began < 5
        timer.join()


def test_a_model_that_was_closed_takes_no_room() -> None:
    memory, model = Memory(idle_seconds=60), Model()
    _use(memory, model)
    memory.forget(model)
    assert memory.held == 0
