"""Programs that share the places for models on one machine."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.speech.neural import memory as memory_module
from audioguide.speech.neural import places as places_module
from audioguide.speech.neural.memory import Memory
from audioguide.speech.neural.places import TAKEN, WANTED, ModelPlace, Places
from audioguide.storage.eviction import clear
from tests.speech.neural.test_memory import Model

# Another program that takes a place, says so, and keeps it until its input ends.
HOLDS = """
import sys
from pathlib import Path

import pytest
from audioguide.speech.neural.places import Places
place = Places(folder=Path(sys.argv[1])).take()
print("has a place", flush=True)
sys.stdin.read()
"""


def _other(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _line(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline()


def _later(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_third_program_waits_for_a_place_until_another_one_has_ended(tmp_path: Path) -> None:
    others = [_other(tmp_path) for _ in range(2)]
    assert [_line(each) for each in others] == ["has a place\n"] * 2
    places = Places(folder=tmp_path)
    waiting = _later(lambda: places.take().leave())
    waiting.join(0.3)
    assert waiting.is_alive()
    assert Places(folder=tmp_path).wanted()
    others[0].kill()  # killed: its lock is free all the same
    waiting.join(10)
    assert not waiting.is_alive()
    assert not places.wanted()
    for each in others:
        each.kill()
        each.communicate()


def test_an_idle_model_makes_room_for_another_program(tmp_path: Path) -> None:
    memory: Memory[Model] = Memory(most=2, idle_seconds=60, places=Places(most=1, folder=tmp_path))
    with memory.use("a", Model) as model:
        model.holding = True
    assert memory.held == 1
    Places(most=1, folder=tmp_path).take().leave()
    assert (model.ended, memory.held) == (1, 0)


def test_a_program_that_speaks_with_two_models_gives_one_up(tmp_path: Path) -> None:
    memory: Memory[Model] = Memory(most=2, idle_seconds=60, places=Places(folder=tmp_path))
    with memory.use("a", Model) as one:
        one.holding = True
        with memory.use("a", Model) as two:
            two.holding = True
            waiting = _later(lambda: Places(folder=tmp_path).take().leave())
            while not Places(folder=tmp_path).wanted():
                time.sleep(0.01)
        waiting.join(10)
        assert not waiting.is_alive()
        assert (one.ended, two.ended) == (0, 1)


def test_a_program_with_one_model_gives_it_up_after_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_module, "TURN_SECONDS", 0.2)
    memory: Memory[Model] = Memory(most=2, idle_seconds=60, places=Places(most=1, folder=tmp_path))
    waiting = None
    for _ in range(200):  # it goes on speaking, phrase by phrase
        with memory.use("a", Model) as model:
            model.holding = True
            waiting = waiting or _later(lambda: Places(most=1, folder=tmp_path).take().leave())
            time.sleep(0.01)
        if model.ended:
            break
    assert model.ended == 1
    assert waiting is not None
    waiting.join(10)
    assert not waiting.is_alive()


def test_who_is_not_wanted_any_more_does_not_wait(tmp_path: Path) -> None:
    places = Places(most=1, folder=tmp_path)
    held = places.take()
    places.take(lambda: False).leave()
    held.leave()
    assert not places.wanted()


def test_a_folder_that_cannot_be_written_limits_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    places = Places(most=1, folder=tmp_path / "file")
    assert all(places.take().lock is None for _ in range(3))
    assert not places.wanted()


def test_the_places_go_with_the_cache(tmp_path: Path) -> None:
    places = Places(most=1, folder=tmp_path)
    place = places.take()
    with_wanted = _later(lambda: places.take().leave())
    while not (tmp_path / WANTED).exists():
        time.sleep(0.01)
    place.leave()
    with_wanted.join(10)
    clear(tmp_path)
    assert not list(tmp_path.iterdir())


def test_who_has_a_model_waits_for_that_and_not_for_a_second_place(tmp_path: Path) -> None:
    memory: Memory[Model] = Memory(most=2, idle_seconds=60, places=Places(most=1, folder=tmp_path))
    used: list[Model] = []

    def speak() -> None:
        for _ in range(5):
            with memory.use("a", Model) as model:
                model.holding = True
                used.append(model)
                time.sleep(0.01)

    both = [_later(speak) for _ in range(2)]
    for each in both:
        each.join(20)
    assert (len(used), len(set(map(id, used)))) == (10, 1)
    assert used[0].ended == 0


def test_a_program_waits_while_places_change_hands_and_not_for_one_that_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places_module, "LONGEST_SECONDS", 0.5)
    places = Places(most=1, folder=tmp_path)
    held = places.take()
    found: list[ModelPlace] = []
    waiting = _later(lambda: found.append(places.take()))
    for _ in range(10):
        (tmp_path / TAKEN).touch()
        time.sleep(0.1)
    assert waiting.is_alive()
    waiting.join(10)
    assert found[0].lock is None
    held.leave()


def test_who_comes_second_does_not_take_the_place_that_the_first_waits_for(tmp_path: Path) -> None:
    class Slow(Places):
        def take(self, wanted: Callable[[], bool] = lambda: True) -> ModelPlace:
            time.sleep(0.2)  # as on a busy machine
            return super().take(wanted)

    memory: Memory[Model] = Memory(most=2, idle_seconds=60, places=Slow(most=1, folder=tmp_path))
    used: list[Model] = []

    def speak() -> None:
        for _ in range(5):
            with memory.use("a", Model) as model:
                model.holding = True
                used.append(model)
                time.sleep(0.01)

    both = [_later(speak) for _ in range(2)]
    for each in both:
        each.join(20)
    assert (len(used), len(set(map(id, used)))) == (10, 1)
