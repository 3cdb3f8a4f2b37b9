"""Every engine that can speak here makes whole files: proven, and the same each time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import soundfile

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.pipeline.voice import phrases_of
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.script import Script
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import ENGINES, make_engine
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.recorded import take_name
from audioguide.storage.cache import Cache
from audioguide.units import SAMPLE_RATE
from audioguide.verifier.proof import prove
from tests.conftest import Write

ROUTINES = ("overhead-reach", "shoulder-shrug", "eye-rest")  # short, with holds
SHORT = """title: Cat stretch
safety: {notice: none, closing: none}
chimes: {explain: false}
steps:
  - say: Bend your knees. Set both feet down flat.
    settle: 2s
  - hold: 5s
  - say: Breathe easily.
"""


def _read(script: Script, folder: Path) -> None:
    """Let a teacher read all that `script` says, who sounds like another voice of espeak-ng."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(PyttsxEngine()) as engine:
        for phrase in phrases_of(script).values():
            clip = engine.speak(Phrase(phrase.text, "en-gb", phrase.rate, phrase.pitch))
            soundfile.write(folder / f"{take_name(phrase.text)}.wav", clip.samples, SAMPLE_RATE)


@pytest.fixture
def scripted(
    equipped: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path, str], Script]:
    """Return how to compile a routine for an engine that can then speak it; skips where it cannot here."""

    def scripted(routine: Path, engine: str) -> Script:
        script = compile(load(routine), Options(engine=engine))
        if engine == "recorded":
            monkeypatch.setenv("AUDIOGUIDE_RECORDINGS", str(tmp_path / "recordings"))
            _read(script, tmp_path / "recordings" / "teacher")
        obstacle = make_engine(engine).obstacle(list(phrases_of(script).values()))
        if obstacle and not os.environ.get("CI"):
            pytest.skip(obstacle)
        return script

    return scripted


def _cases() -> Iterator[Any]:
    for engine in ENGINES:
        for name in ROUTINES:
            marks = [] if engine in ("pack", "tone") and name == ROUTINES[0] else [pytest.mark.slow]
            yield pytest.param(engine, name, marks=[*marks, pytest.mark.timeout(900)], id=f"{engine}-{name}")


@pytest.mark.parametrize(("engine", "name"), list(_cases()))
def test_a_routine_is_proven_and_its_holds_are_exact_to_the_sample(
    scripted: Callable[[Path, str], Script], tmp_path: Path, engine: str, name: str
) -> None:
    script = scripted(SHIPPED_LIBRARY.routines()[name], engine)
    # The cache of all tests: the natural voices take seconds for each phrase, and the routines share many.
    receipt = render(script, tmp_path / "out", cache=Cache(Path(os.environ["AUDIOGUIDE_CACHE_DIR"])))
    assert receipt.timeline.script.voice.engine == engine
    proof = prove(receipt.mp3, receipt.script)
    assert not proof.faults
    assert not proof.outside
    assert proof.stands(strict=True)
    measured = [held for held in proof.holds if held.off is not None]
    assert measured
    assert {round(held.off or 0) for held in measured} == {0}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("engine", [name for name in ENGINES if make_engine(name).traits.stable])
def test_five_renders_with_empty_caches_give_the_same_bytes(
    scripted: Callable[[Path, str], Script], write: Write, tmp_path: Path, engine: str
) -> None:
    script = scripted(write(SHORT, "short.yaml"), engine)
    made = set()
    for number in range(5):
        out = tmp_path / f"out {number}"
        render(script, out, cache=Cache(tmp_path / f"cache {number}"))
        made.add(tuple((path.name, path.read_bytes()) for path in sorted(out.iterdir())))
    assert len(made) == 1
    assert len(next(iter(made))) == 3
