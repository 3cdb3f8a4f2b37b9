"""A name that one engine does not know is reported by what it means: a voice of another one, or an engine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from audioguide.errors import EngineError
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.voices.choose import choose
from audioguide.speech.voices.elsewhere import elsewhere
from audioguide.speech.voices.folder import VARIABLE

ADD = "`audioguide voices add {}` adds it ("
MEANT = {
    **dict.fromkeys(("af_bella", "AF_BELLA", "af-bella", " af_bella "), ADD.format("af_bella")),
    **dict.fromkeys(("Bella", "bella", "af_bela"), ADD.format("af_bella")),
    **dict.fromkeys(("Heart", "AF_HEART", "af_heart"), ADD.format("af_heart")),
    **dict.fromkeys(("af_bella+f3", "af_bella:0.5+af_sky:0.5", "af_bella,af_sky"), ADD.format("af_bella")),
    "de_DE-thorsten-medium": ADD.format("de_DE-thorsten-medium"),
    **dict.fromkeys(("de_DE-thorsten", "Thorsten"), "mean de_DE-thorsten-high or de_DE-thorsten-medium?"),
    "Siwis": "did you mean ff_siwis or fr_FR-siwis-medium?",
    **dict.fromkeys(("kokoro", "Piper", "tone"), "is an engine, not a voice"),
    "espeak": "`audioguide voices --engine pyttsx3` lists its voices",
    **dict.fromkeys(("English", "ENGLISH (UK)", "uk english"), "write en-us or en-gb;"),
    **dict.fromkeys(("en-uk", "en_AU", "en_US.UTF-8"), "write en-us or en-gb;"),
    **dict.fromkeys(("deutsch", "Deutsch (Österreich)", "de-at"), "write de;"),
    **dict.fromkeys(("Spanish", "es_MX"), "write es or es-419;"),
    **dict.fromkeys(("zh", "zh-CN"), "write cmn;"),
    **dict.fromkeys(("no", "norwegian"), "write nb;"),
    "iw": "write he;",
    "": "a voice needs a name: write en-us",
    "female": "for a woman, write en-us+f2",
    **dict.fromkeys(("nosuch", "Samantha", "am,af"), "try "),
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))


def test_a_name_that_espeak_does_not_know_is_reported_by_what_it_means() -> None:
    wrong = {}
    with closing(PyttsxEngine()) as engine:
        for asked, answer in MEANT.items():
            with pytest.raises(EngineError) as raised:
                engine.speak(Phrase("Rest.", asked, 120, 50))
            if answer not in str(raised.value):
                wrong[asked] = str(raised.value)
    assert wrong == {}


def test_what_to_type_is_a_hint_that_pages_leave_out() -> None:
    with closing(PyttsxEngine()) as engine, pytest.raises(EngineError) as raised:
        engine.speak(Phrase("Rest.", "af_bella", 120, 50))
    assert raised.value.message == "the voice af_bella is not installed"


def test_a_voice_that_was_added_is_not_added_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Added:
        id = "en_US-joe-medium"

    monkeypatch.setattr("audioguide.speech.voices.elsewhere.installed", lambda _engine: (Added(),))
    said = ("the voice en_US-joe-medium belongs to the engine piper", "`--engine piper` chooses it")
    assert elsewhere("en_us-joe-medium") == said


def test_a_first_name_is_enough_for_the_engine_that_was_asked() -> None:
    with pytest.raises(
        EngineError, match=r"the voice af_bella is not installed: `audioguide voices add af_b"
    ):
        choose("Bella", [], "kokoro")
