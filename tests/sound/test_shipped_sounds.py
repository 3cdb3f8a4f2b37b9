"""The sounds that ship: what they promise is measured in the files themselves."""

from __future__ import annotations

import io
import subprocess
import sys
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audioguide.sound.segments import CHIME_PEAK_DB
from audioguide.sound.shipped import shipped
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE

Wave = NDArray[np.float64]

NAMES = ["bell", "bowl", "chime", "tick", "wood"]
LONGEST_S = {"bell": 1.8, "bowl": 2.4, "chime": 1.6, "tick": 0.15, "wood": 1.0}
SOUNDS = Path(__file__).resolve().parents[2] / "sounds"


def samples_of(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, SAMPLE_RATE)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int16)


def sound(name: str) -> Wave:
    return samples_of(shipped()[name]) / 32768


def envelope(wave_form: Wave) -> Wave:
    """Return the magnitude of the analytic signal, averaged over 10 ms."""
    count = len(wave_form)
    spectrum = np.fft.fft(wave_form)
    spectrum[1 : count // 2] *= 2
    spectrum[count // 2 + 1 :] = 0
    return np.convolve(np.abs(np.fft.ifft(spectrum)), np.ones(480) / 480, "same")


def spectrum(wave_form: Wave) -> tuple[Wave, Wave]:
    """Return frequencies (0.1 Hz apart) and the power at each."""
    points = 10 * SAMPLE_RATE
    power: Wave = np.abs(np.fft.rfft(wave_form, points)) ** 2
    return np.arange(len(power)) / 10, power


def decibels(ratio: float) -> float:
    return 20 * float(np.log10(ratio))


def test_the_script_makes_the_shipped_files_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SOUNDS / "make_sounds.py"), str(tmp_path)], check=True)
    made = {path.stem: path for path in tmp_path.glob("*.wav")}
    assert sorted(made) == NAMES == sorted(shipped())
    for name in NAMES:
        ours, theirs = samples_of(made[name]).astype(int), samples_of(shipped()[name]).astype(int)
        assert np.max(np.abs(ours - theirs)) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_lengths_are_whole_frames_and_short_enough(name: str) -> None:
    count = len(sound(name))
    assert count % FRAME_SAMPLES == 0
    assert count / SAMPLE_RATE <= LONGEST_S[name]


@pytest.mark.parametrize("name", NAMES)
def test_edges_are_silent_and_there_is_no_offset(name: str) -> None:
    found = sound(name)
    assert not found[:2].any()
    assert not found[-2:].any()
    assert np.max(np.abs(found[:20])) < 0.001
    assert np.max(np.abs(found[-20:])) < 0.001
    assert abs(found.mean()) < 1e-5


@pytest.mark.parametrize("name", NAMES)
def test_peaks_are_at_the_stated_level(name: str) -> None:
    stated = -18.0 if name == "tick" else CHIME_PEAK_DB
    assert decibels(np.max(np.abs(sound(name)))) == pytest.approx(stated, abs=0.01)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "tick"])
def test_attacks_are_soft_and_the_sounds_ring(name: str) -> None:
    curve = envelope(sound(name))
    top = int(np.argmax(curve))
    ten, ninety = (int(np.argmax(curve > share * curve[top])) for share in (0.1, 0.9))
    assert 20 <= top / 48 <= 50  # to the peak, in ms
    assert 20 <= (ninety - ten) / 48 <= 50  # from 10 to 90 %, in ms
    last = int(np.flatnonzero(curve > curve[top] / 1000)[-1])
    assert (last - top) / SAMPLE_RATE >= 0.8  # to 60 dB below the peak


def test_the_tick_is_short_and_no_click() -> None:
    assert len(sound("tick")) / SAMPLE_RATE <= 0.15
    assert 5 <= int(np.argmax(np.abs(sound("tick")))) / 48 <= 50  # to the peak, in ms


def test_pitches_lie_three_semitones_apart() -> None:
    pitches = []
    for name in NAMES:
        frequencies, power = spectrum(sound(name))
        pitches.append(float(frequencies[np.argmax(power)]))
    steps = [12 * np.log2(above / below) for below, above in pairwise(sorted(pitches))]
    assert min(steps) >= 3
    assert 200 <= min(pitches) < max(pitches) <= 1800


@pytest.mark.parametrize("name", NAMES)
def test_the_energy_is_not_shrill_and_reaches_above_1_khz(name: str) -> None:
    frequencies, power = spectrum(sound(name))
    total = power.sum()
    assert power[(frequencies >= 200) & (frequencies <= 1800)].sum() / total >= 0.99
    above = 10 * np.log10(power[frequencies > 1050].sum() / total)
    assert -40 < above < -6


@pytest.mark.parametrize("name", NAMES)
def test_a_matched_filter_finds_the_sound_to_the_sample_in_an_mp3(name: str) -> None:
    pattern = sound(name)
    starts = [4001, 9_999 + 2 * len(pattern)]
    played = np.zeros(starts[-1] + 2 * len(pattern))
    for start in starts:
        played[start : start + len(pattern)] += pattern
    file = io.BytesIO()
    soundfile.write(
        file, played, SAMPLE_RATE, format="MP3", subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT", compression_level=0.77,
    )  # fmt: skip
    seconds = len(played) / SAMPLE_RATE
    assert 8 * len(file.getvalue()) / seconds < 110_000  # 96 kbit/s and a few bytes of header
    file.seek(0)
    heard, _ = soundfile.read(file)
    size = 2 ** int(np.ceil(np.log2(2 * len(played))))
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(pattern, size)), size)
    half = starts[0] + len(pattern)
    assert int(np.argmax(match[:half])) == starts[0]
    assert half + int(np.argmax(match[half : len(played)])) == starts[1]
    for start in starts:
        assert max(match[start - 1], match[start + 1]) < 0.999 * match[start]
