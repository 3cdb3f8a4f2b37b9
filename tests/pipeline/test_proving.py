"""Proof of words before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.ears import ears
from audioguide.ears.recogniser import Hearing
from audioguide.errors import EngineError
from audioguide.pipeline import proving
from audioguide.pipeline.gather import measured
from audioguide.pipeline.proving import prover
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.script.script import Cue, Script, VoiceChoice
from audioguide.storage.cache import Cache
from tests.ears.conftest import needs_ears

Hears = Callable[[NDArray[np.float32]], str]


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> Callable[[Hears], list[int]]:
    """Let the recogniser hear what a function makes of the samples; return the lengths it listened to."""

    def set_ears(hear: Hears) -> list[int]:
        lengths: list[int] = []

        def listen(_self: object, samples: NDArray[np.float32], _rate: int, _times: bool) -> Hearing:
            lengths.append(len(samples))
            return Hearing(hear(samples))

        monkeypatch.setattr(ears._Model, "hear", listen)
        monkeypatch.setattr(ears, "missing", str)
        monkeypatch.setattr(proving, "missing", str)
        return lengths

    return set_ears


def said(*texts: str, engine: str = "pyttsx3", name: str = "en-us") -> Script:
    cues = tuple(Cue(kind="say", step=f"steps[{number}]", text=text) for number, text in enumerate(texts))
    return Script(name="take", title="A take", cues=cues, voice=VoiceChoice(engine=engine, name=name))


def proven(script: Script, folder: Path) -> Receipt:
    cache = Cache(folder / "cache")
    return render(script, folder / "out", cache=cache, prover=prover(cache), workers=1)


def test_a_misheard_phrase_is_spoken_another_way_and_the_clearer_one_is_kept(
    tmp_path: Path, hears: Callable[[Hears], list[int]]
) -> None:
    script = said("Slowly breathe on.")
    slow = render(script, tmp_path / "plain", cache=Cache(tmp_path / "plain-cache"))
    usual = slow.timeline.cues[0].length * 192

    hears(lambda samples: "Slowly breathe on." if len(samples) < usual else "Slowly three more.")
    receipt = proven(script, tmp_path)
    assert receipt.proved is not None
    assert (receipt.proved.again, receipt.proved.misheard) == (1, ())
    assert receipt.timeline.cues[0].length < slow.timeline.cues[0].length  # it was said faster
    assert "words: 1 of 1 phrases are understandable; 1 spoken again for it" in receipt.as_text()


def test_what_no_way_makes_clear_is_named_with_step_and_text(
    tmp_path: Path, hears: Callable[[Hears], list[int]]
) -> None:
    plain = render(said("Breathe on.", "Rest."), tmp_path / "plain", cache=Cache(tmp_path / "plain-cache"))
    hears(lambda _: "Rest.")
    receipt = proven(said("Breathe on.", "Rest."), tmp_path)
    [misheard] = receipt.proved.misheard if receipt.proved else ()
    assert (misheard.step, misheard.text) == ("take: steps[0]", "Breathe on.")
    assert "NOT UNDERSTOOD: take: steps[0]: 'Breathe on.' is not understood" in receipt.as_text()
    assert receipt.as_json()["words"]["misheard"] == [
        {"step": "take: steps[0]", "text": "Breathe on.", "heard": "Rest."}
    ]
    assert receipt.mp3.read_bytes() == plain.mp3.read_bytes()  # nothing was better


def test_a_second_render_listens_to_nothing_and_writes_the_same_bytes(
    tmp_path: Path, hears: Callable[[Hears], list[int]]
) -> None:
    hears(lambda samples: "Rest now." if len(samples) % 3 else "Less cow.")
    first = proven(said("Rest now.", "Rest on."), tmp_path)
    data = first.mp3.read_bytes()
    lengths = hears(lambda _: "")
    again = proven(said("Rest now.", "Rest on."), tmp_path)
    assert lengths == []
    assert again.mp3.read_bytes() == data
    assert again.proved is not None
    assert again.proved.misheard == (first.proved and first.proved.misheard)


def test_measured_lengths_are_those_of_the_clearer_phrases(
    tmp_path: Path, hears: Callable[[Hears], list[int]]
) -> None:
    script, cache = said("Slowly breathe on."), Cache(tmp_path)
    [usual] = measured(script, cache).lengths.values()
    hears(lambda samples: "Slowly breathe on." if len(samples) < usual * 192 else "Slowly three more.")
    [proved] = measured(script, cache, prover=prover(cache)).lengths.values()
    assert proved < usual


def test_it_needs_words_and_english(tmp_path: Path, hears: Callable[[Hears], list[int]]) -> None:
    hears(lambda _: "")
    for script, why in (
        (said("Rest.", engine="tone"), "does not speak"),
        (said("Pause.", name="de"), "only knows English"),
    ):
        with pytest.raises(EngineError, match=why):
            proven(script, tmp_path)
        assert not (tmp_path / "out" / "take.mp3").exists()


def test_without_the_extra_it_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proving, "missing", lambda: "listening needs x")
    with pytest.raises(EngineError, match=r"^listening needs x$"):
        prover(Cache(tmp_path))


@needs_ears
@pytest.mark.slow
def test_with_the_recogniser_a_phrase_that_espeak_mumbles_becomes_clearer_or_is_named(tmp_path: Path) -> None:
    receipt = proven(said("Breathe on.", "Close your eyes."), tmp_path)
    assert receipt.proved is not None
    assert receipt.proved.phrases == 2
    unclear = {each.text for each in receipt.proved.misheard}
    assert receipt.proved.again == 1 or unclear == {"Breathe on."}
