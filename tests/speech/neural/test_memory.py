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


def _use(memory: Memory[Model], key: str) -> Model:
    with memory.use(key, Model) as model:
        model.holding = True
    return model


def _soon(happened: Callable[[], bool]) -> bool:
    ends = time.monotonic() + 10
    while not happened() and time.monotonic() < ends:
        time.sleep(0.01)
    return happened()


def test_a_third_model_takes_the_place_of_the_one_that_was_idle_longest() -> None:
    memory: Memory[Model] = Memory(most=2, idle_seconds=60)
    models = [_use(memory, key) for key in "abc"]
    assert [model.ended for model in models] == [1, 0, 0]
    assert memory.held == 2


def test_who_needs_the_same_model_gets_the_one_that_is_idle() -> None:
    memory: Memory[Model] = Memory(most=2, idle_seconds=60)
    assert len({id(_use(memory, "a")) for _ in range(5)}) == 1
    assert memory.held == 1


def test_two_at_once_have_one_each() -> None:
    memory: Memory[Model] = Memory(most=2, idle_seconds=60)
    with memory.use("a", Model) as one, memory.use("a", Model) as two:
        assert one is not two
        assert memory.held == 2


def test_an_idle_model_is_released_by_itself() -> None:
    memory: Memory[Model] = Memory(idle_seconds=0.05)
    model = _use(memory, "a")
    assert _soon(lambda: model.ended == 1)
    assert memory.held == 0


def test_nobody_takes_a_model_that_speaks() -> None:
    memory: Memory[Model] = Memory(most=1, idle_seconds=60)
    order: list[str] = []

    def wait() -> None:
        _use(memory, "late")
        order.append("late")

    with memory.use("busy", Model) as busy:
        busy.holding = True
        thread = threading.Thread(target=wait)
        thread.start()
        time.sleep(0.2)
        order.append("busy")
    thread.join()
    assert order == ["busy", "late"]
    assert busy.ended == 1


def test_who_asks_first_is_first_and_two_take_turns() -> None:
    memory: Memory[Model] = Memory(most=1, idle_seconds=60)
    order: list[str] = []
    asked = threading.Semaphore(0)

    def speak(name: str, phrases: int) -> None:
        for _ in range(phrases):
            asked.release()
            with memory.use("a", Model) as model:
                model.holding = True
                order.append(name)
                # The other one waits by now: it asked while this one spoke.
                assert _soon(lambda: len(memory._waiting) >= 1 or len(order) >= 5)

    with memory.use("a", Model) as model:
        model.holding = True
        speakers = []
        for name in "xy":
            speakers.append(threading.Thread(target=speak, args=(name, 3)))
            speakers[-1].start()
            asked.acquire(timeout=10)
            assert _soon(lambda: len(memory._waiting) == len(speakers))
    for each in speakers:
        each.join()
    assert "".join(order) in ("xyxyxy", "yxyxyx")


def test_one_that_is_closed_while_it_waits_goes_on_at_once() -> None:
    memory: Memory[Model] = Memory(most=1, idle_seconds=60)
    wanted = [True]
    with memory.use("a", Model):
        timer = threading.Timer(0.2, wanted.clear)
        timer.start()
        began = time.monotonic()
        with memory.use("a", Model, lambda: bool(wanted)):
            assert time.monotonic() - began < 5
        timer.join()


def test_a_model_that_ended_while_it_was_used_takes_no_room() -> None:
    memory: Memory[Model] = Memory(idle_seconds=60)
    with memory.use("a", Model):
        pass
    assert memory.held == 0
