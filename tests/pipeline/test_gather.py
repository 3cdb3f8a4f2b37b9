"""Every clip that a script needs, once, whoever makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.pipeline.gather import gather, lengths
from audioguide.speech.engine import Phrase
from audioguide.speech.pool import Speakers
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache
from audioguide.timeline.script import BreathTone, ClipRef, Script, Sounded, Spoken, VoiceChoice

STEPS = """
  - say: One.
  - hold: 10s
    marks: {halfway: Two words.}
  - say: One.
  - breathe: {in: 4s, out: 6s, cycles: 2, voice: none}
"""


class Refusing(ToneEngine):
    def speak(self, phrase: Phrase) -> Clip:
        if phrase.text.startswith("No"):
            raise EngineError(f"could not speak {phrase.text}")
        return super().speak(phrase)


@pytest.fixture
def speakers(tmp_path: Path) -> Speakers:
    """Return speakers with tones for words, and an empty store."""
    return Speakers(Refusing, Cache(tmp_path / "cache"))


def test_each_clip_is_made_once(script: Callable[..., Script], speakers: Speakers) -> None:
    clips = gather(script(STEPS), speakers)
    assert set(clips) == {
        Spoken("One."), Spoken("Two words."), Sounded("bell"), Sounded("bowl", duck=200),
        BreathTone("in", 1000), BreathTone("out", 1500),
    }  # fmt: skip
    assert (speakers.hits, speakers.misses) == (0, 2)
    assert lengths(clips)[BreathTone("in", 1000)] == 1000


def test_while_phrases_are_missing_every_clip_is_told_once_it_is_there(
    script: Callable[..., Script], speakers: Speakers
) -> None:
    told: list[ClipRef] = []
    clips = gather(script(STEPS), speakers, ready=lambda ref, _clip: told.append(ref))
    assert len(told) == len(set(told)) == len(clips)
    assert {type(ref) for ref in told[-2:]} == {Spoken}


def test_with_all_phrases_at_hand_there_is_no_time_to_work_ahead(
    script: Callable[..., Script], speakers: Speakers
) -> None:
    gather(script(STEPS), speakers)
    gather(script(STEPS), speakers, ready=lambda _ref, _clip: pytest.fail("nobody speaks"))
    assert (speakers.hits, speakers.misses) == (2, 2)


def test_the_first_step_whose_phrase_fails_is_named(
    script: Callable[..., Script], speakers: Speakers, tmp_path: Path
) -> None:
    steps = "".join(f"  - say: {text}\n" for text in ("Yes.", "No 1.", "Well.", "No 2."))
    with pytest.raises(EngineError, match=r"routine\.yaml:6:5: steps\[1\]: could not speak No 1\."):
        gather(script(steps), speakers)
    assert speakers.find(Phrase("Yes.", "en-us", 120, 50)) is not None


def test_a_voice_that_cannot_be_names_the_first_step(
    script: Callable[..., Script], speakers: Speakers
) -> None:
    with pytest.raises(EngineError, match=r"steps\[0\]: a voice has no rate 9"):
        gather(replace(script(STEPS), voice=VoiceChoice(rate=9)), speakers)


def test_progress_ends_with_all(script: Callable[..., Script], speakers: Speakers) -> None:
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        gather(script(STEPS), speakers, lambda *now: told.append(now))
        assert told[-1] == ("speaking", 6, 6)
        assert told == sorted(told)
        told.clear()
