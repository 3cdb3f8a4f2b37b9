from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import EngineError
from audioguide.speech import driver, espeak
from audioguide.speech.child import Child
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.process.jobs import FOLDER_PREFIX
from audioguide.speech.process.library import LIBRARY_VARIABLE
from tests.tables import every

TEXT = "Lie flat on your back, with your knees bent."
READY = "import json, sys, time\nprint(json.dumps({'ready': True}), flush=True)\n"


def _phrase(text: str = TEXT, voice: str = "en-us", rate: int = 120) -> Phrase:
    return Phrase(text, voice, rate, 50)


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert not list(tmp_path.glob(f"{FOLDER_PREFIX}*"))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """Collect every child that is started."""
    children: list[Child] = []

    class Counted(Child):
        def __init__(self, *arguments: object) -> None:
            children.append(self)
            super().__init__(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(driver, "Child", Counted)
    return children


def _gone(child: Child) -> bool:
    try:
        os.kill(child.pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.slow
def test_two_hundred_phrases_in_a_row_are_all_right(started: list[Child]) -> None:
    rates = [80 + 37 * number % 200 for number in range(200)]  # each from 80 to 279 once
    with closing(PyttsxEngine()) as engine:
        ticks = {rate: engine.speak(_phrase(rate=rate)).ticks for rate in rates}
    assert len(started) == 1
    assert sorted(ticks) == list(range(80, 280))
    for rate in range(80, 274):
        assert ticks[rate] > ticks[rate + 6]
    for rate in (80, 119, 120, 200, 279):
        with closing(PyttsxEngine()) as fresh:
            assert fresh.speak(_phrase(rate=rate)).ticks == pytest.approx(ticks[rate], rel=0.01)


def test_all_of_a_long_phrase_is_spoken() -> None:
    once = "Lie flat on your back. "
    with closing(PyttsxEngine()) as engine:
        ticks = [engine.speak(_phrase(once * count)).ticks for count in (1, 2, 3, 21)]
    each = ticks[2] - ticks[1]
    assert each == pytest.approx(ticks[1] - ticks[0], rel=0.02)
    assert ticks[3] == pytest.approx(ticks[0] + 20 * each, rel=0.02)


def test_a_phrase_that_ends_the_process_is_one_error_and_the_next_one_works(
    started: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    doomed = "s'" * 100
    with closing(PyttsxEngine()) as engine:
        with pytest.raises(EngineError, match="a word of 200 characters"):
            engine.speak(_phrase(doomed))
        assert not started
        with monkeypatch.context() as patched:
            patched.setattr(espeak, "clean", lambda text: text)
            with pytest.raises(EngineError, match=f'could not speak "{doomed}": the voice process ended'):
                engine.speak(_phrase(doomed))
        assert len(started) == 2
        assert engine.speak(_phrase()).ticks > 500
    assert len(started) == 3
    assert all(map(_gone, started))


def test_a_child_that_was_killed_is_replaced(started: list[Child]) -> None:
    with closing(PyttsxEngine()) as engine:
        before = engine.speak(_phrase()).ticks
        os.kill(started[0].pid, signal.SIGKILL)
        assert engine.speak(_phrase()).ticks == pytest.approx(before, rel=0.01)
    assert len(started) == 2


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="cannot stop a process here")
def test_a_child_that_hangs_is_killed_and_replaced(started: list[Child]) -> None:
    with closing(PyttsxEngine(patience=1.0)) as engine:
        engine.speak(_phrase("Rest."))
        os.kill(started[0].pid, signal.SIGSTOP)
        assert engine.speak(_phrase("Rest.")).ticks > 50
        assert _gone(started[0])
    assert len(started) == 2


def test_a_child_that_sleeps_forever_is_reported(started: list[Child]) -> None:
    command = (sys.executable, "-c", f"{READY}time.sleep(600)")
    with closing(PyttsxEngine(command=command, patience=0.1)) as engine:
        with pytest.raises(EngineError, match=r'could not speak "Rest\.": .* no answer within 0\.35 s'):
            engine.speak(_phrase("Rest."))
        assert len(started) == 2
        assert all(map(_gone, started))


@pytest.mark.parametrize("written", ["nothing", "silence", "half"])
def test_what_cannot_be_the_phrase_is_refused(written: str, started: list[Child]) -> None:
    program = f"""{READY}
import wave, random
for line in sys.stdin:
    count = {{"silence": 60000, "half": 20000}}.get({written!r}, 0)
    if count:
        with wave.open(json.loads(line)["path"], "wb") as file:
            file.setparams((1, 2, 22050, 0, "NONE", ""))
            file.writeframes(bytes(2 * count) if {written!r} == "silence" else random.randbytes(2 * count))
    print(json.dumps({{"done": True}}), flush=True)
"""
    with closing(PyttsxEngine(command=(sys.executable, "-c", program))) as engine:
        reason = {"nothing": "no sound", "silence": "silence", "half": "spoke for 0.9. s, but about 4"}[
            written
        ]
        with pytest.raises(EngineError, match=f'could not speak "{TEXT}": .*{reason}'):
            engine.speak(_phrase())
    assert len(started) == 2


def test_an_unknown_voice_is_reported_at_once_with_near_ones(started: list[Child]) -> None:
    with closing(PyttsxEngine()) as engine:
        reported = r"there is no voice 'en-uk': write .*en-gb; `audioguide voices` lists all"
        with pytest.raises(EngineError, match=reported):
            engine.speak(_phrase(voice="en-uk"))
        assert engine.speak(_phrase(voice="en-gb")).ticks > 500
    assert len(started) == 1


@every(
    ("asked", "reported"),
    [
        ("female", "for a woman, write en-us+f2 or en-us+f3"),
        ("Woman", "for a woman, write en-us+f2"),
        ("en-gb+female", "for a woman, write en-gb+f2"),
        ("male", "for a man, write en-us+m2"),
        ("de-male", "for a man, write de+m2"),
        ("femal", "for a woman, write en-us+f2"),
    ],
)
def test_a_kind_of_voice_is_reported_as_a_variant_not_as_a_language(asked: str, reported: str) -> None:
    with closing(PyttsxEngine()) as engine, pytest.raises(EngineError) as raised:
        engine.speak(_phrase(voice=asked))
    assert reported in str(raised.value)
    assert "malt" not in str(raised.value).lower()


def test_what_is_proposed_for_a_kind_of_voice_speaks() -> None:
    with closing(PyttsxEngine()) as engine:
        assert engine.speak(_phrase(voice="en-us+f3")).ticks > 250
        assert engine.speak(_phrase(voice="german")).ticks > 250


def test_a_missing_library_is_reported_at_once(started: list[Child], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIBRARY_VARIABLE, "/no/such/library.so")
    with closing(PyttsxEngine()) as engine:
        for ask in (engine.voices, lambda: engine.speak(_phrase())):
            with pytest.raises(EngineError, match="pip install espeakng-loader"):
                ask()
    assert len(started) == 2
    assert all(map(_gone, started))


def test_stdout_stays_clean(capfd: pytest.CaptureFixture[str]) -> None:
    with closing(PyttsxEngine()) as engine:
        engine.voices()
        engine.speak(_phrase())
    assert capfd.readouterr() == ("", "")


def test_several_engines_live_side_by_side(started: list[Child]) -> None:
    with closing(PyttsxEngine()) as one, closing(PyttsxEngine()) as two:
        slow, fast = one.speak(_phrase(rate=90)), two.speak(_phrase(rate=180))
        again = one.speak(_phrase(rate=90))
    assert slow.ticks > 1.8 * fast.ticks
    assert again.ticks == pytest.approx(slow.ticks, rel=0.01)
    assert len({child.pid for child in started}) == 2


def test_every_voice_stays_below_minus_three_decibels() -> None:
    loudest = ("en-us+klatt4", "en-us+klatt5", "en-us+ed", "en-us+iven", "art/piqd", "poz/mi", "en-us")
    with closing(PyttsxEngine()) as engine:
        for voice in loudest:
            samples = engine.speak(_phrase(voice=voice)).samples.astype(np.int32)
            assert -12 < 20 * np.log10(np.abs(samples).max() / 32_768) < -3


def test_the_fingerprint_follows_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = PyttsxEngine().fingerprint()
    assert "pyttsx3 2." in usual
    own = tmp_path / "libespeak-ng.so.1"
    monkeypatch.setenv(LIBRARY_VARIABLE, str(own))
    prints = {usual, PyttsxEngine().fingerprint()}
    for content in (b"one", b"other"):
        own.write_bytes(content)
        prints.add(PyttsxEngine().fingerprint())
    assert len(prints) == 4
