"""Every clip that a script needs, once, no matter which voice makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.pipeline.gather import gather, measured
from audioguide.pipeline.speaking import Speaking
from audioguide.script.script import BreathTone, ClipRef, Script, Sounded, Spoken, VoiceChoice
from audioguide.speech.engine import Phrase, VoiceError
from audioguide.speech.pool import Heard, Speakers
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache

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
    gathered = gather(script(STEPS), speakers)
    assert set(gathered.clips) == {
        Spoken("One."), Spoken("Two words."), Sounded("bell"), Sounded("bowl", duck=200),
        BreathTone("in", 1000), BreathTone("out", 1500),
    }  # fmt: skip
    assert (speakers.hits, speakers.misses) == (0, 2)
    assert gathered.lengths[BreathTone("in", 1000)] == 1000
    assert gathered.spoken == {Spoken("One."), Spoken("Two words.")}
    assert gather(script(STEPS), speakers).spoken == frozenset()


def test_while_phrases_are_missing_every_clip_is_reported_once_it_is_there(
    script: Callable[..., Script], speakers: Speakers
) -> None:
    reported: list[ClipRef] = []
    gathered = gather(script(STEPS), speakers, ready=lambda ref, _clip: reported.append(ref))
    assert len(reported) == len(set(reported)) == len(gathered.clips)
    assert {type(ref) for ref in reported[-2:]} == {Spoken}


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


@pytest.mark.parametrize(
    ("origins", "place"),
    [
        ({}, "the default rate"),
        ({"rate": "command line"}, "command line: --rate"),
        ({"rate": "page"}, "page: rate"),
        ({"rate": "me/anna.yaml", "voice": "command line"}, "me/anna.yaml: rate"),
    ],
)
def test_a_rate_that_no_voice_has_names_where_it_was_chosen(
    script: Callable[..., Script], speakers: Speakers, origins: dict[str, str], place: str
) -> None:
    made = replace(script(STEPS), voice=VoiceChoice(rate=9), origins=origins)
    with pytest.raises(VoiceError, match=rf"^{place}: a voice cannot have a rate of 9: use 80 to 450$"):
        gather(made, speakers)


def test_an_engine_that_does_not_exist_names_where_it_was_chosen(
    script: Callable[..., Script], tmp_path: Path
) -> None:
    made = replace(
        script(STEPS), voice=VoiceChoice(engine="gramophone"), origins={"engine": "environment"}
    )  # fmt: skip
    with pytest.raises(VoiceError, match=r"^environment: AUDIOGUIDE_ENGINE: unknown engine 'gramophone'"):
        Speaking(made, Cache(tmp_path))


def test_what_was_spoken_to_measure_it_is_kept_in_the_cache_that_was_given(
    script: Callable[..., Script], tmp_path: Path
) -> None:
    made = replace(script(STEPS), voice=VoiceChoice(engine="tone"))
    first, second = (measured(made, Cache(tmp_path / "own")) for _ in range(2))
    assert first.spoken == {Spoken("One."), Spoken("Two words.")}
    assert second.spoken == frozenset()
    assert first.lengths == second.lengths
    assert measured(made, Cache(tmp_path / "other")).spoken == first.spoken


def test_what_was_spoken_before_it_was_stopped_is_kept(script: Callable[..., Script], tmp_path: Path) -> None:
    made = script("".join(f"  - say: Number {count}.\n" for count in range(20)))

    def stopped(_stage: str, done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    speakers = Speakers(ToneEngine, Cache(tmp_path / "cache"), workers=1)
    with pytest.raises(KeyboardInterrupt):
        gather(made, speakers, stopped)
    later = Speakers(ToneEngine, Cache(tmp_path / "cache"), workers=1)
    gather(made, later)
    assert later.hits >= 3
    assert later.hits + later.misses == 20


def test_progress_ends_with_all(script: Callable[..., Script], speakers: Speakers) -> None:
    reported: list[tuple[str, int, int]] = []
    for _ in range(2):
        gather(script(STEPS), speakers, lambda *now: reported.append(now))
        assert reported[-1] == ("speaking", 6, 6)
        assert reported == sorted(reported)
        reported.clear()


def test_what_a_voice_is_asked_to_say_was_read(script: Callable[..., Script], tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(ToneEngine):
        def speak(self, phrase: Phrase) -> Clip:
            asked.append(phrase.text)
            return super().speak(phrase)

    steps = "  - say: '**Close** your eyes for 5s 😀.'\n  - say: Lie down.\n  - say: An {asana|AH-sa-na}.\n"
    gather(script(steps), Speakers(Listening, Cache(tmp_path / "cache"), workers=1))
    assert asked == ["Cloze your eyes for 5 seconds.", "Lie down.", "An ⟦asana|ˈɑːsənə⟧."]


def test_a_new_reading_is_a_clip_of_its_own(script: Callable[..., Script], tmp_path: Path) -> None:
    for head, misses in (("", 1), ("say_as: {floor: flaw}", 1), ("say_as: {ceiling: sealing}", 0)):
        speakers = Speakers(ToneEngine, Cache(tmp_path / "cache"))
        gather(script("  - say: Lie on the floor.\n", head), speakers)
        assert speakers.misses == misses, head


def test_the_first_phrase_can_be_spoken_before_any_other_is_begun(
    script: Callable[..., Script], speakers: Speakers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    speak = speakers.speak

    def noted(phrases: Sequence[Phrase], heard: Heard) -> None:
        asked.append([phrase.text for phrase in phrases])
        speak(phrases, heard)

    monkeypatch.setattr(speakers, "speak", noted)
    gathered = gather(script(STEPS), speakers, first_alone=True)
    assert asked == [["One."], ["Two words."]]
    assert {Spoken("One."), Spoken("Two words.")} <= set(gathered.clips)


def test_the_step_that_fails_is_named_after_a_first_phrase_alone(
    script: Callable[..., Script], speakers: Speakers
) -> None:
    with pytest.raises(EngineError, match=r"steps\[2\]: could not speak No"):
        gather(script("\n  - say: One.\n  - say: Two.\n  - say: No.\n"), speakers, first_alone=True)
