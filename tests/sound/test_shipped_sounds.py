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

from audioguide.routine.walk import ROLES
from audioguide.script.shipped import shipped
from audioguide.units import FRAME_SAMPLES, SAMPLE_RATE
from tests.sound.moments import edge_peak_db, envelope, momentary, onsets
from tests.tables import every

Wave = NDArray[np.float64]

NAMES = ["bell", "bowl", "chime", "tick", "wood"]
LONGEST_S = {"bell": 2.0, "bowl": 3.5, "chime": 2.0, "tick": 0.25, "wood": 1.0}
SPEECH_LUFS = -19.0
SOUNDS = Path(__file__).resolve().parents[2] / "sounds"


def samples_of(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, SAMPLE_RATE)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int16)


def sound(name: str) -> Wave:
    return samples_of(shipped()[name]) / 32768


def spectrum(wave_form: Wave) -> tuple[Wave, Wave]:
    """Return frequencies (0.1 Hz apart) and the power at each."""
    points = 10 * SAMPLE_RATE
    power: Wave = np.abs(np.fft.rfft(wave_form, points)) ** 2
    return np.arange(len(power)) / 10, power


def decibels(ratio: float) -> float:
    return 20 * float(np.log10(ratio))


def test_the_script_makes_the_shipped_files_again(tmp_path: Path) -> None:
    command = [sys.executable, str(SOUNDS / "make_sounds.py"), str(tmp_path)]
    reported = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert reported.strip() in (SOUNDS / "README.md").read_text(encoding="utf-8")
    made = {path.stem: path for path in tmp_path.glob("*.wav")}
    assert sorted(made) == NAMES == sorted(shipped())
    for name in NAMES:
        ours, theirs = samples_of(made[name]).astype(int), samples_of(shipped()[name]).astype(int)
        assert np.max(np.abs(ours - theirs)) <= 1


@every("name", NAMES)
def test_lengths_are_whole_frames_and_short_enough(name: str) -> None:
    count = len(sound(name))
    assert count % FRAME_SAMPLES == 0
    assert count / SAMPLE_RATE <= LONGEST_S[name]


@every("name", NAMES)
def test_edges_are_silent_and_there_is_no_offset(name: str) -> None:
    found = sound(name)
    assert not found[:2].any()
    assert not found[-2:].any()
    assert np.max(np.abs(found[:20])) < 0.001
    assert np.max(np.abs(found[-20:])) < 0.001
    assert abs(found.mean()) < 1e-5


@every("name", NAMES)
def test_the_loudest_moment_is_a_little_below_speech(name: str) -> None:
    below = SPEECH_LUFS - momentary(sound(name))
    assert 0 <= below <= 6
    assert below == pytest.approx(5 if name in ("tick", "wood") else 3, abs=0.2)


@every("name", NAMES)
def test_a_sound_over_a_voice_at_its_peak_stays_in_range(name: str) -> None:
    assert decibels(np.max(np.abs(sound(name))) + 10 ** (-3 / 20)) < 0


@every("name", NAMES)
def test_edges_do_not_click(name: str) -> None:
    found = sound(name)
    assert edge_peak_db(found, 0) < -70
    assert edge_peak_db(found, len(found)) < -70


@every("name", NAMES)
def test_attacks_are_soft(name: str) -> None:
    curve = envelope(sound(name))
    top = int(np.argmax(curve))
    ten, ninety = (int(np.argmax(curve > share * curve[top])) for share in (0.1, 0.9))
    assert 20 <= top / 48 <= 50  # to the peak, in ms
    assert 20 <= (ninety - ten) / 48 <= 50  # from 10 to 90 %, in ms


@every("name", [name for name in NAMES if name != "tick"])
def test_what_is_no_tick_rings(name: str) -> None:
    curve = envelope(sound(name))
    last = round(onsets(sound(name))[-1] * SAMPLE_RATE)
    peak = last + int(np.argmax(curve[last:]))
    quiet = int(np.flatnonzero(curve > curve[peak] / 1000)[-1])
    assert (quiet - peak) / SAMPLE_RATE >= 0.8  # from the last stroke to 60 dB below it


def test_start_half_and_end_differ_in_rhythm() -> None:
    strokes = {role: onsets(sound(ROLES[role])) for role in ("start", "halfway", "end")}
    assert [len(found) for found in strokes.values()] == [1, 2, 2]
    # The moment that counts, such as the end of a hold, is the first stroke.
    assert all(found[0] < 0.02 for found in strokes.values())
    quick, slow = (strokes[role][1] - strokes[role][0] for role in ("halfway", "end"))
    assert 0.2 <= quick <= 0.4
    assert 0.8 <= slow <= 1.2


def test_a_second_stroke_is_softer_than_the_first() -> None:
    for name in ("bowl", "chime"):
        second = int(onsets(sound(name))[1] * SAMPLE_RATE)
        curve = envelope(sound(name))
        assert 0.5 < np.max(curve[second:]) / np.max(curve[:second]) < 0.99


def test_pitches_lie_three_semitones_apart() -> None:
    pitches = []
    for name in NAMES:
        frequencies, power = spectrum(sound(name))
        pitches.append(float(frequencies[np.argmax(power)]))
    steps = [12 * np.log2(above / below) for below, above in pairwise(sorted(pitches))]
    assert min(steps) >= 3
    assert 200 <= min(pitches) < max(pitches) <= 1800


@every("name", NAMES)
def test_the_energy_is_not_shrill_and_reaches_above_1_khz(name: str) -> None:
    frequencies, power = spectrum(sound(name))
    total = power.sum()
    assert power[(frequencies >= 200) & (frequencies <= 1800)].sum() / total >= 0.99
    above = 10 * np.log10(power[frequencies > 1050].sum() / total)
    assert -40 < above < -6


@every("name", NAMES)
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
