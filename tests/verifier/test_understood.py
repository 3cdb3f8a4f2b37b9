"""A word cut out, a phrase swapped, a phrase missing are found in a finished MP3; a clean one has none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.ears import ears
from audioguide.ears.recogniser import Hearing
from audioguide.errors import EngineError, UsageError
from audioguide.pipeline.render import render
from audioguide.script.script import Cue, Script, VoiceChoice
from audioguide.storage.cache import Cache
from audioguide.units import TICK_SAMPLES
from audioguide.verifier.proof import prove, script_beside
from audioguide.verifier.report.summary import as_json, as_lines
from audioguide.verifier.understood import Understood, understood
from tests.ears.conftest import needs_ears
from tests.speech.conftest import needs_weights
from tests.verifier.takes import Take, decoded, written

PHRASES = ("Slowly raise your left arm.", "Let your shoulders sink down.", "Breathe in, and breathe out.")


def rendered(folder: Path, engine: str, name: str, texts: tuple[str, ...] = PHRASES) -> Path:
    gap = Cue(kind="gap", step="gap", length=250)
    cues = [cue for text in texts for cue in (Cue(kind="say", step="say", text=text), gap)]
    voice = VoiceChoice(engine=engine, name=name)
    script = Script(name="take", title="A take", cues=tuple(cues), voice=voice)
    return render(script, folder, cache=Cache(folder / "cache")).mp3


def spans(mp3: Path) -> list[slice]:
    script = script_beside(mp3)
    assert script is not None
    cues = [cue for cue in json.loads(script.read_text(encoding="utf-8"))["cues"] if cue.get("text")]
    return [slice(cue["start"] * TICK_SAMPLES, (cue["start"] + cue["length"]) * TICK_SAMPLES) for cue in cues]


def heard_of(mp3: Path, folder: Path, spoil: Callable[[NDArray[np.float32]], None]) -> list[Understood]:
    wave = decoded(mp3)
    spoil(wave)
    script = script_beside(mp3)
    assert script is not None
    return understood(written(folder / "spoilt.mp3", wave), script)


@pytest.fixture(scope="module")
def natural(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered(tmp_path_factory.mktemp("natural"), "kokoro", "hazel")


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the recogniser hear these texts, one after another."""
    texts: list[str] = []
    monkeypatch.setattr(ears, "missing", str)
    monkeypatch.setattr(ears._Model, "hear", lambda *_: Hearing(texts.pop(0)))
    return texts


@needs_ears
@needs_weights
@pytest.mark.slow
def test_a_clean_file_with_a_natural_voice_has_no_finding(natural: Path) -> None:
    script = script_beside(natural)
    assert script is not None
    assert [each.faults for each in understood(natural, script) if each.findings] == []


@needs_ears
@needs_weights
@pytest.mark.slow
def test_a_word_cut_out_a_phrase_swapped_and_one_missing_are_found(natural: Path, tmp_path: Path) -> None:
    raise_arm, sink, breathe = spans(natural)

    def spoil(wave: NDArray[np.float32]) -> None:
        other = wave[breathe].copy()
        length = raise_arm.stop - raise_arm.start
        # The last fifth of the phrase is its last word; the middle phrase says what the last one says.
        wave[raise_arm.stop - length // 3 : raise_arm.stop] = 0
        wave[sink] = 0
        wave[sink.start : sink.start + len(other)] = other[: sink.stop - sink.start]
        wave[breathe] = 0

    cut, swapped, missing = heard_of(natural, tmp_path, spoil)
    assert {each.kind for each in cut.findings} <= {"missing", "cut", "misheard"}
    assert "arm" in cut.findings[-1].written
    assert cut.findings[-1].start > 0.5
    assert swapped.judgement.longest >= 3
    assert "is not what is said" in next(swapped.faults)
    assert [each.kind for each in missing.findings] == ["missing"]
    assert "nothing was heard" in next(missing.faults)


@needs_ears
@pytest.mark.slow
def test_two_words_that_change_places_with_silence_are_found_at_their_time(tmp_path: Path) -> None:
    # espeak-ng, slowly: what it says clearly is understood, too, and the middle is gone.
    mp3 = rendered(tmp_path, "pyttsx3", "en-us", ("Close your eyes. Now rest your hands. Open your eyes.",))

    def spoil(wave: NDArray[np.float32]) -> None:
        [span] = spans(mp3)
        third = (span.stop - span.start) // 3
        wave[span.start + third : span.start + 2 * third] = 0

    [found] = heard_of(mp3, tmp_path, spoil)
    assert found.findings
    assert "hands" in " ".join(each.written for each in found.findings)
    assert 0.5 < found.findings[0].start < 4


def test_faults_are_lines_with_times_and_the_summary_counts_them(good: Take, scripted: list[str]) -> None:
    script = script_beside(good.mp3)
    assert script is not None
    proof = prove(good.mp3, script)
    scripted += ["Sit upright.", *2 * ["Slowly raise your arm."], *8 * ["Let it sink down again."]]
    proof = proof.with_words(understood(good.mp3, script))
    first, *_ = proof.faults
    assert "words: in 'Slowly raise your left arm.', 'left' is missing" in first
    assert not proof.stands()
    assert "of 7 phrases not understood" in next(line for line in as_lines(proof) if "  words " in line)
    words = as_json(proof)["words"]
    assert [each["text"] for each in words][:2] == ["Sit upright.", "Slowly raise your left arm."]
    assert words[0]["findings"] == []
    assert words[1]["findings"][0]["kind"] == "missing"
    assert "words" not in as_json(prove(good.mp3, script))


def test_the_same_sound_is_listened_to_once(good: Take, scripted: list[str]) -> None:
    script = script_beside(good.mp3)
    assert script is not None
    scripted += ["Sit upright."] * 20
    found = understood(good.mp3, script)
    sink = [each for each in found if each.phrase.text == "Let it sink down again."]
    assert len(sink) == 2
    assert sink[0].judgement is sink[1].judgement


def test_a_file_without_words_and_one_in_another_language_are_one_line(toned: Take, tmp_path: Path) -> None:
    script = script_beside(toned.mp3)
    assert script is not None
    with pytest.raises(UsageError, match="does not speak"):
        understood(toned.mp3, script)
    document = json.loads(script.read_text(encoding="utf-8"))
    document["voice"] |= {"engine": "pyttsx3", "name": "de"}
    other = tmp_path / "other.script.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    pytest.importorskip("faster_whisper")
    with pytest.raises(EngineError, match="only knows English"):
        understood(toned.mp3, other)
