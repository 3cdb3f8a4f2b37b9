from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.audio.clip import Clip
from audioguide.compiler.pauses import GAP, HEAD, TAIL
from audioguide.containers.formats import format_of
from audioguide.errors import EngineError
from audioguide.pipeline.comparison import BETWEEN, gather_turns, write_comparison
from audioguide.script.script import VoiceChoice
from audioguide.speech import engines
from audioguide.speech.engine import Phrase
from audioguide.speech.roster import Speaker
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache
from audioguide.units import FRAME_TICKS, TICK_SAMPLES

ANN, BEN, FAR = Speaker("near", "xf_ann"), Speaker("near", "xm_ben"), Speaker("far", "xf_far")
VOICE = VoiceChoice()


class Near(ToneEngine):
    """Fails where somebody asks for more than it can."""

    name = "near"

    def speak(self, phrase: Phrase) -> Clip:
        """Speak everything but one phrase of one voice."""
        if phrase.voice == "xm_ben" and "broken" in phrase.text:
            raise EngineError('could not speak "broken"')
        return super().speak(phrase)


class Far(ToneEngine):
    name = "far"

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Lack a phrase."""
        return "it lacks a phrase\n  Rest." if any("Rest" in phrase.text for phrase in phrases) else ""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setitem(engines.ENGINES, "near", Near)
    monkeypatch.setitem(engines.ENGINES, "far", Far)
    return Cache(tmp_path / "cache")


def test_voices_follow_each_other_on_frame_borders(cache: Cache) -> None:
    seen: list[tuple[str, int, int]] = []
    comparison = gather_turns(
        {ANN: "One two three.", BEN: "One two."}, VOICE, cache,
        progress=lambda stage, done, total: seen.append((stage, done, total)),
    )  # fmt: skip
    first, second = comparison.turns
    assert [turn.part.texts for turn in comparison.turns] == [
        ("Ann.", "One two three."),
        ("Ben.", "One two."),
    ]
    starts = [start for turn in comparison.turns for start, _ in turn.clips]
    assert all(start % FRAME_TICKS == 0 for start in starts)
    assert HEAD <= first.start < HEAD + FRAME_TICKS
    (name, one), (text, three) = first.clips
    assert 0 <= text - (name + one.ticks + GAP) < FRAME_TICKS
    assert 0 <= second.start - (text + three.ticks + BETWEEN) < 2 * FRAME_TICKS
    last_start, last = second.clips[-1]
    assert comparison.length == last_start + last.ticks + TAIL
    assert seen[-1] == ("speaking", 4, 4)


def test_the_file_holds_each_clip_where_it_was_laid(cache: Cache) -> None:
    comparison = gather_turns({ANN: "One two three.", BEN: "One two."}, VOICE, cache)
    file = BytesIO()
    write_comparison(comparison, file, format_of("wav"), cache)
    samples, _ = soundfile.read(BytesIO(file.getvalue()), dtype="int16")
    assert len(samples) == comparison.length * TICK_SAMPLES
    for turn in comparison.turns:
        for start, clip in turn.clips:
            heard = samples[start * TICK_SAMPLES :][: len(clip.samples)]
            assert np.abs(heard.astype(int) - clip.samples).max() <= 1


def test_who_cannot_say_it_stops_the_rest_or_is_left_out(cache: Cache) -> None:
    texts = {FAR: "Rest.", BEN: "It is broken.", ANN: "It is broken."}
    with pytest.raises(EngineError, match=r"^far/xf_far: it lacks a phrase$"):
        gather_turns(texts, VOICE, cache)
    comparison = gather_turns(texts, VOICE, cache, strict=False)
    assert [turn.part.speaker for turn in comparison.turns] == [ANN]
    assert [(speaker, why.partition("\n")[0]) for speaker, why in comparison.left_out] == [
        (FAR, "it lacks a phrase"), (BEN, 'could not speak "broken"'),
    ]  # fmt: skip
    with pytest.raises(EngineError, match=r"^near/xm_ben: could not speak"):
        gather_turns({BEN: "It is broken."}, VOICE, cache, strict=False)


def test_who_lacks_the_name_alone_says_the_text(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Far, "obstacle", lambda _, phrases: "no" if phrases[0].text == "Far." else "")
    [turn] = gather_turns({FAR: "One two."}, VOICE, cache).turns
    assert turn.part.texts == ("One two.",)


@pytest.mark.parametrize("text", ["", "🧘", "..."])
def test_a_text_without_words_is_refused(cache: Cache, text: str) -> None:
    with pytest.raises(EngineError, match="cannot be spoken"):
        gather_turns({ANN: text}, VOICE, cache)
