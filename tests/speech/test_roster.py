from __future__ import annotations

from collections.abc import Sequence

import pytest

from audioguide.errors import EngineError
from audioguide.speech import engines
from audioguide.speech.engine import Phrase, Traits, Voice, VoiceError
from audioguide.speech.roster import Speaker, crews, find_speaker, obstacle_of
from audioguide.speech.tone import ToneEngine

PHRASES = [Phrase("Rest.", "en-us", 120, 50)]


class _Named(ToneEngine):
    traits = Traits(stable=True)

    def voices(self) -> tuple[Voice, ...]:
        """Have two voices."""
        return Voice("xf_ann", "Ann, female", ("en-us",)), Voice("xm_bob", "Bob, male", ("de",))

    def voice_for(self, name: str) -> str:
        """Know these, and a language."""
        found = {"xf_ann": "xf_ann", "xm_bob": "xm_bob", "de": "xm_bob"}.get(name)
        if not found:
            raise EngineError(f"there is no voice {name}")
        return found


class Packed(_Named):
    name = "pack"

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Know one phrase."""
        return "" if all(phrase.text == "Rest." for phrase in phrases) else "it lacks a phrase"


class Able(_Named):
    name = "kokoro"


class Absent(_Named):
    name = "piper"

    def voices(self) -> tuple[Voice, ...]:
        """Have none."""
        raise EngineError("the engine piper needs onnxruntime: pip install 'audioguide[natural]'")


@pytest.fixture(autouse=True)
def _engines(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, make in (("pack", Packed), ("kokoro", Able), ("piper", Absent)):
        monkeypatch.setitem(engines.ENGINES, name, make)


def test_every_engine_is_listed_with_its_voices_or_what_it_lacks() -> None:
    found = {crew.engine: crew for crew in crews()}
    assert list(found)[:2] == ["pack", "kokoro"]
    assert set(found) >= set(engines.ENGINES)
    assert [voice.id for voice in found["kokoro"].voices] == ["xf_ann", "xm_bob"]
    assert "pip install" in found["piper"].obstacle
    assert len(found["pyttsx3"].voices) > 100
    assert not found["tone"].words
    assert [crew.engine for crew in crews("tone")] == ["tone"]
    with pytest.raises(VoiceError, match="unknown engine 'tune'"):
        crews("tune")


def test_a_voice_of_several_engines_is_the_one_that_can_say_it() -> None:
    assert find_speaker("XF-Ann", PHRASES) == Speaker("pack", "xf_ann")
    other = [Phrase("Stand up.", "en-us", 120, 50)]
    assert find_speaker("xf_ann", other) == Speaker("kokoro", "xf_ann")
    assert find_speaker("pack/xf_ann", other) == Speaker("pack", "xf_ann")
    assert obstacle_of(Speaker("pack", "xf_ann"), other) == "it lacks a phrase"
    assert find_speaker("xf_ann", engine="kokoro") == Speaker("kokoro", "xf_ann")


def test_a_language_finds_a_voice_and_a_variant_of_espeak_goes_to_it() -> None:
    assert find_speaker("de") == Speaker("pack", "xm_bob")
    assert find_speaker("en-us+f3") == Speaker("pyttsx3", "en-us+f3")
    assert find_speaker("pyttsx3/de").engine == "pyttsx3"


def test_a_name_that_nobody_has_is_one_line_with_the_near_ones() -> None:
    with pytest.raises(VoiceError, match=r"^there is no voice 'xf_anne': did you mean xf_ann"):
        find_speaker("xf_anne")
    with pytest.raises(VoiceError, match="there is no voice 'bob': did you mean xm_bob"):
        find_speaker("bob")
    with pytest.raises(VoiceError, match="there is no voice 'qqqqq': `audioguide voices` lists them"):
        find_speaker("qqqqq")
