from __future__ import annotations

from collections.abc import Sequence

import pytest

from audioguide.speech import engines, kokoro
from audioguide.speech.auto import chosen_engine, decide
from audioguide.speech.engine import Phrase
from audioguide.speech.pack import engine as pack_engine
from audioguide.speech.tone import ToneEngine


@pytest.fixture(autouse=True)
def _all_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose among all of them, whatever is installed."""
    monkeypatch.setattr("audioguide.speech.auto.ORDER", ("pack", "kokoro", "pyttsx3"))


PHRASES = [Phrase(text, "en-us", 120, 50) for text in ("Rest.", "Breathe in.")]


class Best(ToneEngine):
    """Knows one phrase."""

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Refuse all but one."""
        lacking = [phrase.text for phrase in phrases if phrase.text != "Rest."]
        return f"it lacks {lacking[0]}\n  {lacking}" if lacking else ""

    def voice_for(self, name: str) -> str:
        """Have one voice."""
        return f"best {name}"


class Never(ToneEngine):
    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Refuse everything."""
        del phrases
        return "not installed"


def test_the_best_engine_speaks_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "pack", Best)
    monkeypatch.setitem(engines.ENGINES, "kokoro", Never)
    some = decide(PHRASES[:1])
    assert (some.engine, some.voice, some.reason) == ("pack", "best en-us", "")
    every = decide(PHRASES)
    assert (every.engine, every.voice) == ("pyttsx3", "en-us")
    assert every.reason == "it lacks Breathe in.; not installed"


def test_the_next_best_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "pack", Never)
    monkeypatch.setitem(engines.ENGINES, "kokoro", Best)
    assert decide(PHRASES[:1]).engine == "kokoro"
    assert chosen_engine("auto").voice_for("en-us") == "best en-us"


def test_a_voice_that_only_the_last_engine_knows_goes_to_it() -> None:
    assert decide([Phrase("Rest.", "en-us+f3", 120, 50)]).engine == "pyttsx3"


def test_what_to_install_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither the phrases are in the pack nor the packages of the natural voices are there."""
    monkeypatch.setattr(pack_engine, "find_spec", lambda _: None)
    monkeypatch.setattr(kokoro, "find_spec", lambda _: None)
    unknown = [Phrase("Nobody has recorded this sentence.", "en-us", 120, 50)]
    decision = decide(unknown)
    assert [name for name, _ in decision.passed_over] == ["pack", "kokoro"]
    assert dict(decision.passed_over)["kokoro"] == (
        "the engine kokoro is not installed: pip install 'audioguide[natural]'"
    )
    assert decision.reason.count("pip install") == 1
    assert decision.reason.endswith("adds the same kind of voice for any text")
