from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Samples
from audioguide.speech import recording
from audioguide.speech.estimate import estimate
from audioguide.units import seconds
from tests.tables import every

RATE = 22_050


def _tone(seconds: float, peak: float = 0.5) -> Samples:
    moments = np.arange(round(seconds * RATE)) / RATE
    return np.rint(peak * 32_767 * np.sin(2 * np.pi * 440 * moments)).astype(np.int16)


def _write(path: Path, samples: Samples, channels: int = 1, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    samples = _tone(0.2)
    assert np.array_equal(recording.read_recording(_write(tmp_path / "a.wav", samples)), samples)


@pytest.mark.parametrize(("channels", "rate"), [(2, RATE), (1, 16_000)])
def test_another_format_is_refused(tmp_path: Path, channels: int, rate: int) -> None:
    path = _write(tmp_path / "a.wav", _tone(0.2), channels, rate)
    with pytest.raises(ValueError, match=f"\\({channels}, 2, {rate}\\)"):
        recording.read_recording(path)


def test_a_missing_or_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "half.wav").write_bytes(b"RIFF\x00\x00")
    for name in ("missing.wav", "half.wav"):
        with pytest.raises(ValueError, match="wrote no sound"):
            recording.read_recording(tmp_path / name)


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.full(9_000, 6, np.int16)])
def test_silence_is_refused(samples: Samples) -> None:
    with pytest.raises(ValueError, match="silence"):
        recording.trimmed(samples)


@every("around", [0.0, 0.005, 0.5])
def test_the_words_stand_between_25_milliseconds_of_silence(around: float) -> None:
    quiet = np.full(round(RATE * around), 6, np.int16)
    kept = recording.trimmed(np.concatenate([quiet, _tone(1), quiet]))
    assert len(kept) == pytest.approx(RATE * 1.05, abs=4)
    assert np.abs(kept[:545]).max() <= 6


@every("seconds", [0.04, 0.7, 6.0])
def test_an_implausible_length_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match=f"spoke for {seconds:.2f} s, but about"):
        recording.check_length(_tone(seconds), "Pull your left knee to your chest.", 120)
    recording.check_length(_tone(2.3), "Pull your left knee to your chest.", 120)


def test_a_voice_of_another_language_may_take_longer() -> None:
    text = "धीरे-धीरे सांस लें।"
    expected = seconds(estimate(text, 120))
    recording.check_length(_tone(2.2 * expected), text, 120, "hi")
    with pytest.raises(ValueError, match="can it read this language"):
        recording.check_length(_tone(2.6 * expected), text, 120, "hi")


def test_one_word_may_take_its_time() -> None:
    recording.check_length(_tone(6), "Aaaah.", 120)


def test_a_clip_has_soft_ends_and_keeps_its_length() -> None:
    clip = recording.to_clip(_tone(1))
    assert clip.ticks == 250
    assert clip.samples[0] == 0
    assert clip.samples[-1] == 0
    peak = np.abs(clip.samples.astype(np.int32)).max()
    # Half way through the 5 ms fade (240 samples) the loudest wave is half as high.
    assert np.abs(clip.samples[80:160].astype(np.int32)).max() == pytest.approx(peak / 2, rel=0.35)


@every("length", [0, 1, 2, 5, 479, 481])
def test_even_the_shortest_sound_can_be_faded(length: int) -> None:
    faded = recording.faded(np.full(length, 1_000, np.int16))
    assert len(faded) == length
    assert not length or faded[-1] <= 1_000
