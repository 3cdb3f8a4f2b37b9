"""One contract for every engine in the table, with and without the cache before it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.errors import EngineError
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Engine, Phrase
from audioguide.speech.engines import ENGINES, make_engine
from audioguide.storage.cache import Cache
from audioguide.units import TICK_SAMPLES
from tests.tables import every

PHRASE = Phrase("Bend your right knee.", voice="en-us", rate=120, pitch=50)


def _choices() -> Iterator[Any]:
    for name in ENGINES:
        # One with a model in memory takes seconds for a phrase.
        marks = [pytest.mark.slow] if make_engine(name).traits.together else []
        for cached in (False, True):
            yield pytest.param((name, cached), marks=marks, id=f"{name}{', cached' * cached}")


CHOICES = list(_choices())


@pytest.fixture(autouse=True)
def _all_can_speak(equipped: None) -> None:
    """Have voices, weights and settings at hand."""


@pytest.fixture(scope="module", params=CHOICES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    name, cached = request.param
    with closing(_make(name, cached, tmp_path_factory.mktemp("store"))) as made:
        yield made


def _make(name: str, cached: bool, folder: Path) -> Engine:
    return CachedEngine(make_engine(name), Cache(folder)) if cached else make_engine(name)


@pytest.fixture(autouse=True)
def _skipped_where_something_is_missing(request: pytest.FixtureRequest, _all_can_speak: None) -> None:
    if "engine" in request.fixturenames or "choice" in request.fixturenames:
        name = request.node.callspec.params.get("engine", request.node.callspec.params.get("choice"))[0]
        obstacle = make_engine(name).obstacle([PHRASE])
        if obstacle and not os.environ.get("CI"):
            pytest.skip(obstacle)


@pytest.mark.parametrize("asking", ["first", "again"])
def test_a_clip_is_whole_ticks_of_sound_with_soft_ends(engine: Engine, asking: str) -> None:
    samples = engine.speak(PHRASE).samples
    assert samples.dtype == np.int16
    assert len(samples) % TICK_SAMPLES == 0
    peak = np.abs(samples.astype(np.int32)).max()
    assert 500 < peak < 32_768 * 10 ** (-3 / 20)
    assert max(abs(int(samples[0])), abs(int(samples[-1]))) <= 1
    early = np.abs(samples[:48].astype(np.int32)).max()
    assert early < 0.1 * peak


def test_slower_is_longer_where_the_engine_follows_a_rate(engine: Engine) -> None:
    slow, fast = (engine.speak(replace(PHRASE, rate=rate)).ticks for rate in (90, 180))
    if engine.traits.rate:
        assert slow == pytest.approx(2 * fast, rel=0.1)
    else:
        assert fast <= slow


def test_pitch_changes_the_sound_where_the_engine_follows_it(engine: Engine) -> None:
    high, low = (engine.speak(replace(PHRASE, pitch=pitch)).samples for pitch in (90, 10))
    if engine.traits.pitch:
        assert _hertz(high) > 1.5 * _hertz(low)
    else:
        assert high.shape == pytest.approx(low.shape, rel=0.02)


def test_an_engine_that_is_stable_says_the_same_again(engine: Engine) -> None:
    before = engine.speak(PHRASE).samples
    if engine.traits.stable:
        with closing(make_engine(engine.name)) as fresh:
            assert np.array_equal(fresh.speak(PHRASE).samples, before)


def test_an_engine_knows_in_advance_that_nothing_is_in_its_way(engine: Engine) -> None:
    assert engine.obstacle([PHRASE]) == ""
    assert engine.obstacle([replace(PHRASE, text="...")]) == ""  # `speak` refuses that


def _hertz(samples: NDArray[np.int16]) -> float:
    # The pitch: where the sound is most like itself, moved by 1/500 to 1/50 s.
    power = np.abs(np.fft.rfft(samples, 2 * len(samples))) ** 2
    likeness = np.fft.irfft(power)[96:960]
    return 48_000 / (96 + int(np.argmax(likeness)))


@pytest.mark.parametrize("text", ["", "  \n", "...", "\x00\x01", "s'" * 100, "long " * 120])
def test_text_that_cannot_be_spoken_is_one_line(engine: Engine, text: str) -> None:
    with pytest.raises(EngineError) as caught:
        engine.speak(replace(PHRASE, text=text))
    assert "\n" not in str(caught.value)


def test_what_the_voice_ignores_does_not_change_the_clip(engine: Engine) -> None:
    plain = engine.speak(PHRASE)
    noisy = engine.speak(replace(PHRASE, text="  Bend\x01 your\n [[right]] knee.\u202e"))
    assert noisy.ticks == pytest.approx(plain.ticks, abs=1)


def test_voices_and_fingerprint_are_there(engine: Engine) -> None:
    voices = engine.voices()
    assert voices
    assert len({voice.id for voice in voices}) == len(voices)
    assert all(voice.name for voice in voices)
    assert engine.fingerprint(PHRASE.voice)
    assert engine.fingerprint(PHRASE.voice) == engine.fingerprint(PHRASE.voice)
    assert all(engine.about().values())
    assert engine.name in ENGINES


@pytest.mark.parametrize("choice", CHOICES)
def test_closing_twice_is_fine_and_speaking_starts_again(choice: tuple[str, bool], tmp_path: Path) -> None:
    engine = _make(*choice, tmp_path)
    engine.close()
    before = engine.speak(PHRASE)
    engine.close()
    engine.close()
    again = engine.speak(replace(PHRASE, rate=200))
    assert again.ticks < before.ticks or not engine.traits.rate
    engine.close()


def test_fingerprints_differ_between_engines() -> None:
    prints = {name: make_engine(name).fingerprint(PHRASE.voice) for name in ENGINES}
    assert len(set(prints.values())) == len(ENGINES)


def test_an_unknown_engine_names_the_known_ones_and_the_nearest() -> None:
    with pytest.raises(EngineError, match=r"'pytts'; choose from pyttsx3, .*auto; did you mean pyttsx3\?"):
        make_engine("pytts")


@every(("rate", "pitch"), [(79, 50), (451, 50), (120, -1), (120, 100)])
def test_a_phrase_has_bounds(rate: int, pitch: int) -> None:
    with pytest.raises(EngineError, match="cannot have a"):
        Phrase("Rest.", "en-us", rate, pitch)
