from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase, Voice
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache

PHRASE = Phrase("Breathe in.", "en-us", 120, 50)


class Mute(ToneEngine):
    """Has the tone's fingerprint, but cannot be had."""

    def speak(self, phrase: Phrase) -> Clip:
        raise EngineError(f"no voice for {phrase}")

    def voices(self) -> tuple[Voice, ...]:
        raise EngineError("no voice here")


class Other(ToneEngine):
    def fingerprint(self, voice: str = "") -> str:
        del voice
        return "tone/2"


def test_a_warm_cache_needs_no_voice(tmp_path: Path) -> None:
    spoken = CachedEngine(ToneEngine(), Cache(tmp_path)).speak(PHRASE)
    warm = CachedEngine(Mute(), Cache(tmp_path))
    assert np.array_equal(warm.speak(PHRASE).samples, spoken.samples)
    assert (warm.hits, warm.misses) == (1, 0)
    with pytest.raises(EngineError):
        warm.speak(replace(PHRASE, rate=121))
    assert (warm.hits, warm.misses) == (1, 1)


def test_a_warm_cache_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = CachedEngine(PyttsxEngine(), Cache(tmp_path))
    spoken = first.speak(PHRASE)
    first.close()
    monkeypatch.setattr("subprocess.Popen", None)
    again = CachedEngine(PyttsxEngine(), Cache(tmp_path)).speak(PHRASE)
    assert np.array_equal(again.samples, spoken.samples)


@pytest.mark.parametrize(
    ("change", "hits"),
    [
        ({"text": "  Breathe \n in. "}, 1),
        ({"voice": "EN-us"}, 1),
        ({"text": "Breathe out."}, 0),
        ({"voice": "en-gb"}, 0),
        ({"rate": 121}, 0),
        ({"pitch": 51}, 0),
        ({"warm": True}, 0),
    ],
)
def test_only_the_same_phrase_is_taken_from_the_store(
    tmp_path: Path, change: dict[str, str | int | bool], hits: int
) -> None:
    engine = CachedEngine(ToneEngine(), Cache(tmp_path))
    engine.speak(PHRASE)
    engine.speak(replace(PHRASE, **change))  # type: ignore[arg-type]
    assert engine.hits == hits


def test_another_engine_or_version_speaks_again(tmp_path: Path) -> None:
    CachedEngine(ToneEngine(), Cache(tmp_path)).speak(PHRASE)
    other = CachedEngine(Other(), Cache(tmp_path))
    other.speak(PHRASE)
    assert (other.hits, other.misses) == (0, 1)


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign"])
def test_a_damaged_entry_is_spoken_again(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    engine = CachedEngine(ToneEngine(), cache)
    spoken = engine.speak(PHRASE)
    (entry,) = tmp_path.glob("??/*")
    whole = entry.read_bytes()
    if damage == "foreign":
        cache.put(engine.key(PHRASE), b"whole, but no clip")
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        entry.write_bytes({"empty": b"", "cut": whole[:-384], "flipped": flipped}[damage])
    assert np.array_equal(engine.speak(PHRASE).samples, spoken.samples)
    assert (engine.hits, engine.misses) == (0, 2)
    assert entry.read_bytes() == whole
