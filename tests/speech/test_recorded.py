from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from audioguide.audio.loudness import integrated
from audioguide.errors import EngineError
from audioguide.reading.lexicon import read_say_as
from audioguide.reading.marks import marked
from audioguide.reading.read import reading_for
from audioguide.speech.engine import Phrase
from audioguide.speech.recorded import RecordedEngine, take_name
from tests.speech.conftest import TAKES

PHRASE = Phrase(TAKES[0], "anna", 120, 50)


@pytest.fixture
def own(takes: Path, tmp_path: Path) -> Path:
    """Return a folder of takes that may be changed."""
    return Path(shutil.copytree(takes, tmp_path / "takes"))


def test_a_take_is_trimmed_and_as_loud_as_any_voice(takes: Path) -> None:
    clip = RecordedEngine(takes).speak(PHRASE)
    raw = soundfile.info(takes / "anna" / f"{take_name(TAKES[0])}.flac").duration
    assert 0.004 * clip.ticks < raw - 0.7  # 0.4 s of silence was on each side
    assert integrated(clip.samples.astype(np.float32) / np.float32(32_768)) == pytest.approx(-19, abs=0.3)


def test_all_missing_takes_are_listed_together(takes: Path) -> None:
    phrases = [replace(PHRASE, text=text) for text in ("Breathe in.", *TAKES, "Don't hurry.", "breathe in")]
    reported = RecordedEngine(takes).obstacle(phrases)
    assert reported.startswith(f"2 of 5 phrases have no recording in {takes / 'anna'} ")
    assert reported.splitlines()[1:] == ["  breathe-in.wav  Breathe in.", "  dont-hurry.wav  Don't hurry."]


def test_a_take_is_found_by_the_words_as_they_are_written(takes: Path) -> None:
    reads = reading_for("en-us", RecordedEngine.name, read_say_as({"rest": "REST-ah"}))
    texts = ["Close your eyes.", "Hold {savasana|shah-VAH-sah-nah} for 15s.", "Rest."]
    asked = [reads(marked(text)) for text in texts]
    assert asked == ["Close your eyes.", "Hold savasana for 15s.", "Rest."]
    assert take_name(marked(texts[1])) == "hold-savasana-for-15s"
    engine = RecordedEngine(takes)
    assert engine.take("en-us", asked[2]) == takes / "anna" / "rest.flac"
    assert engine.take("en-us", asked[0]) is None


def test_a_take_in_another_format_is_named(own: Path) -> None:
    (own / "anna" / "breathe-in.wma").write_bytes(b"x")
    reported = RecordedEngine(own).obstacle([replace(PHRASE, text="Breathe in.")])
    assert "breathe-in.wma is there, but cannot be read: save it as breathe-in.wav" in reported


def test_the_only_voice_speaks_whatever_it_is_called_and_of_two_the_named_one(own: Path) -> None:
    assert RecordedEngine(own).voice_for("en-us") == "anna"
    (own / "ben").mkdir()
    assert RecordedEngine(own).voice_for("Ben") == "ben"
    assert "have no recording" in RecordedEngine(own).obstacle([replace(PHRASE, voice="en-us")])


@pytest.mark.parametrize("damage", ["empty", "silent", "noise", "text"])
def test_a_take_that_cannot_be_used_is_named(own: Path, damage: str) -> None:
    path = own / "anna" / f"{take_name(TAKES[0])}.flac"
    path.unlink()
    path = path.with_suffix(".wav")
    noise = np.random.default_rng(1).standard_normal(96_000) * 0.2
    content = {"empty": np.zeros(0), "silent": np.zeros(48_000), "noise": noise}.get(damage)
    if content is None:
        path.write_text("not a sound")
    else:
        soundfile.write(path, content, 48_000)
    with pytest.raises(
        EngineError, match=f'the recording of "{TAKES[0]}" in {path} cannot be used: '
    ) as reported:
        RecordedEngine(own).speak(PHRASE)
    assert "\n" not in str(reported.value)


def test_without_any_recording_it_says_where_they_belong(tmp_path: Path) -> None:
    engine = RecordedEngine(tmp_path / "none")
    with pytest.raises(EngineError, match=r"there are no recordings in .*none: make a folder for the voice"):
        engine.voices()


def test_a_new_take_changes_the_fingerprint_of_its_voice(own: Path) -> None:
    before = RecordedEngine(own).fingerprint("anna")
    shutil.copy(own / "anna" / "rest.flac", own / "anna" / "stay.flac")
    assert RecordedEngine(own).fingerprint("anna") != before


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 96_000])
def test_takes_of_any_rate_and_two_channels_are_read(own: Path, rate: int) -> None:
    path = own / "anna" / "rest.flac"
    samples, _ = soundfile.read(path)
    count = round(len(samples) * rate / 48_000)
    resampled = np.interp(np.arange(count) / rate, np.arange(len(samples)) / 48_000, samples)
    soundfile.write(path, np.stack([resampled, resampled], axis=1), rate)
    clip = RecordedEngine(own).speak(replace(PHRASE, text="Rest."))
    assert 60 < clip.ticks < 300


@given(st.text(max_size=300))
def test_every_text_with_a_word_has_a_name_that_any_disk_can_keep(text: str) -> None:
    name = take_name(text)
    assert len(name) < 80
    assert not set(name) & set('/\\:*?"<>|. ')
    assert take_name(name) == name or len(name) > 60
