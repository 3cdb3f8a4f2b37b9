from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.speech.cache import CachedEngine
from audioguide.speech.child import Child
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.pool import Speakers, Unspoken
from audioguide.speech.process.jobs import FOLDER_PREFIX
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache

TEXTS = tuple(f"This is phrase number {number}." for number in range(14))
HANGS = "import json, time\nprint(json.dumps({'ready': True}), flush=True)\ntime.sleep(600)\n"


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert not list(folder.glob(f"{FOLDER_PREFIX}*"))


def _phrases(texts: tuple[str, ...] = TEXTS) -> list[Phrase]:
    return [Phrase(text, "en-us", 150, 50) for text in texts]


def _spoken(speakers: Speakers, phrases: list[Phrase]) -> dict[int, Clip]:
    heard: dict[int, Clip] = {}
    speakers.speak(phrases, heard.__setitem__)
    return heard


class Picky(ToneEngine):
    """Fails at some numbers, late at the even ones; notes who said what."""

    def __init__(self, *refused: int) -> None:
        self.refused = refused
        self.said: list[int] = []
        self.threads: set[int] = set()

    def speak(self, phrase: Phrase) -> Clip:
        number = int(phrase.text.split()[-1].strip("."))
        self.said.append(number)
        self.threads.add(threading.get_ident())
        time.sleep(0.03 * (number % 2 == 0))
        if number in self.refused:
            raise EngineError(f"no number {number}")
        return super().speak(phrase)


def _makes(engines: list[Picky], *refused: int) -> Callable[[], Picky]:
    def make() -> Picky:
        engines.append(Picky(*refused))
        return engines[-1]

    return make


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_first_failure_in_order_is_reported_and_what_was_spoken_is_kept(
    workers: int, tmp_path: Path
) -> None:
    speakers = Speakers(_makes([], 4, 5, 9), Cache(tmp_path), workers=workers)
    with pytest.raises(Unspoken, match="no number 4") as failed:
        _spoken(speakers, _phrases())
    assert failed.value.place == 4
    assert all(speakers.find(phrase) for phrase in _phrases()[:4])


def test_a_text_that_no_voice_speaks_is_reported_after_the_failures_before_it(tmp_path: Path) -> None:
    texts = (*TEXTS[:6], "...")
    for refused, place in (((), 6), ((3,), 3)):
        speakers = Speakers(_makes([], *refused), Cache(tmp_path / str(place)))
        with pytest.raises(Unspoken) as failed:
            _spoken(speakers, _phrases(texts))
        assert failed.value.place == place


def test_several_engines_share_the_phrases_with_one_thread_at_a_time_each(tmp_path: Path) -> None:
    engines: list[Picky] = []
    speakers = Speakers(_makes(engines), Cache(tmp_path), workers=3)
    heard = _spoken(speakers, _phrases())
    assert sorted(heard) == list(range(14))
    assert len(engines) == 3
    assert sorted(number for engine in engines for number in engine.said) == list(range(14))
    assert (speakers.hits, speakers.misses) == (0, 14)


def test_few_phrases_need_one_engine(tmp_path: Path) -> None:
    engines: list[Picky] = []
    _spoken(Speakers(_makes(engines), Cache(tmp_path), workers=8), _phrases(TEXTS[:5]))
    assert len(engines) == 1


def test_phrases_with_the_same_key_are_spoken_once(tmp_path: Path) -> None:
    engines: list[Picky] = []
    speakers = Speakers(_makes(engines), Cache(tmp_path), workers=2)
    heard = _spoken(speakers, _phrases((TEXTS[1], TEXTS[3], f"  {TEXTS[1]} ", TEXTS[5])))
    assert heard[2] is heard[0]
    assert sorted(number for engine in engines for number in engine.said) == [1, 3, 5]
    assert (speakers.hits, speakers.misses) == (1, 3)


def test_two_real_voices_speak_at_once_what_one_would(tmp_path: Path) -> None:
    # Each is clearly longer than the one before: its length shows which it is. The same
    # words take one voice alone up to 24 ms more or less from one time to the next.
    words = [
        "Slowly",
        "draw",
        "your",
        "left",
        "knee",
        "to",
        "your",
        "chest",
        "and",
        "hold",
        "it",
        "there",
        "with",
        "both",
        "hands",
        "around",
        "it",
    ]
    phrases = _phrases(tuple(" ".join(words[: 2 * count]) for count in range(1, 8)))
    with closing(Speakers(PyttsxEngine, Cache(tmp_path), workers=2)) as speakers:
        heard = _spoken(speakers, phrases)
    with closing(PyttsxEngine()) as engine:
        alone = [engine.speak(phrase).ticks for phrase in phrases]
    assert [heard[place].ticks for place in range(7)] == pytest.approx(alone, abs=12)
    assert np.diff(alone).min() > 24
    again = Speakers(PyttsxEngine, Cache(tmp_path))
    for place, phrase in enumerate(phrases):
        kept = again.find(phrase)
        assert kept is not None
        assert np.array_equal(kept.samples, heard[place].samples)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupt_ends_the_voices_although_one_hangs(tmp_path: Path) -> None:
    speakers = Speakers(
        lambda: PyttsxEngine(command=[sys.executable, "-c", HANGS], patience=600), Cache(tmp_path), workers=2
    )
    threads = set(threading.enumerate())
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        _spoken(speakers, _phrases())
    speakers.close()
    assert time.monotonic() - began < 20
    timer.join()
    assert set(threading.enumerate()) <= threads


def _closed_after(seconds: float, speakers: Speakers) -> float:
    """Have one phrase spoken and close `speakers` meanwhile; return how long that took to end it."""
    timer = threading.Timer(seconds, speakers.close)
    timer.start()
    began = time.monotonic()
    with pytest.raises(EngineError):
        _spoken(speakers, _phrases()[:1])
    timer.join()
    return time.monotonic() - began - seconds


def test_who_waits_for_another_process_to_speak_can_be_ended(tmp_path: Path) -> None:
    engines: list[Picky] = []
    speakers = Speakers(_makes(engines), Cache(tmp_path))
    key = CachedEngine(ToneEngine(), Cache(tmp_path)).key(_phrases()[0])
    with Cache(tmp_path).alone(key):
        assert _closed_after(0.3, speakers) < 3
    assert [engine.said for engine in engines] == [[]]


def test_a_voice_that_is_closed_while_it_starts_or_speaks_is_not_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Child] = []
    greet = Child.greet

    def greeted(child: Child, limit: float) -> dict[str, Any]:
        started.append(child)
        return greet(child, limit)

    monkeypatch.setattr(Child, "greet", greeted)
    for number, program in enumerate(["import time\ntime.sleep(600)\n", HANGS], 1):
        command = [sys.executable, "-S", "-c", program]
        speakers = Speakers(partial(PyttsxEngine, command=command, patience=600), Cache(tmp_path))
        assert _closed_after(0.3, speakers) < 3
        assert len(started) == number


def test_a_failure_of_the_listener_stops_the_voices(tmp_path: Path) -> None:
    engines: list[Picky] = []
    speakers = Speakers(_makes(engines), Cache(tmp_path), workers=2)

    def heard(_place: int, _clip: Clip) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        speakers.speak(_phrases(), heard)
    assert len([number for engine in engines for number in engine.said]) < 14


def test_nothing_to_speak_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.Popen", None)
    assert _spoken(Speakers(PyttsxEngine, Cache(tmp_path)), []) == {}
