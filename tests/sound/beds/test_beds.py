"""Beds by name and by path: what is found, how loud it is, and what cannot be used."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audioguide.errors import AudioguideError, OutputError, RoutineError
from audioguide.script.beds import find_bed
from audioguide.sound.beds.noise import brown
from audioguide.sound.beds.opening import open_bed
from audioguide.sound.beds.own_bed import OwnBed
from audioguide.units import FRAME_SAMPLES
from tests.mp3.meter import decibels, lufs

Floats = NDArray[np.float64]

RATE = 48_000


def noise(seconds: float, rate: int = 44_100, level: float = 0.1, channels: int = 2) -> Floats:
    """Make noise of one level that falls off above 2 kHz, as music does."""
    rng = np.random.default_rng(1)
    wide = rng.standard_normal((int(seconds * rate) + 20, channels))
    smooth = sum(wide[lag : lag + int(seconds * rate)] for lag in range(20)) / 20**0.5
    return np.asarray(level * smooth)


def write(path: Path, sound: Floats, rate: int = 44_100, **how: Any) -> str:
    soundfile.write(path, sound, rate, **how)
    return str(path)


def played(bed: OwnBed, seconds: float) -> Floats:
    """Return the first seconds of a bed, in steps of 16 bit."""
    parts: list[Floats] = []
    for block in bed.blocks():
        parts.append(block.astype(np.float64))
        if sum(map(len, parts)) >= seconds * RATE:
            break
    return np.concatenate(parts)[: int(seconds * RATE)]


def own(path: str) -> OwnBed:
    bed = open_bed(path)
    assert isinstance(bed, OwnBed)
    return bed


def test_brown_noise_is_stationary_at_its_level() -> None:
    bed = brown()
    wave = bed.samples.astype(np.float64)
    assert len(wave) == bed.frames * FRAME_SAMPLES == 400 * FRAME_SAMPLES
    assert lufs(np.tile(wave, 2)) == pytest.approx(-40, abs=0.1)
    assert abs(wave.mean()) < 1e-3
    around = np.tile(wave, 2)
    moments = [lufs(around[start : start + 3 * RATE]) for start in range(0, len(wave), RATE // 2)]
    assert max(abs(moment + 40) for moment in moments) < 0.5
    assert np.abs(wave).max() < 32_768 * 10 ** (-22 / 20)


def test_brown_noise_falls_by_6_decibels_an_octave_and_has_an_edge() -> None:
    power = np.abs(np.fft.rfft(brown().samples.astype(np.float64))) ** 2
    step = RATE / len(brown().samples)

    def density(hertz: float) -> float:
        low, high = int(hertz / 1.1 / step), int(hertz * 1.1 / step)
        return decibels(float(power[low:high].mean()))

    for hertz in (80, 160, 1_000, 4_000, 9_000):
        assert density(hertz) - density(2 * hertz) == pytest.approx(6.02, abs=0.2)
    assert density(40) > density(12) + 10


def test_the_loop_of_brown_noise_has_no_seam() -> None:
    wave = brown().samples.astype(np.float64)
    steps = np.abs(np.diff(np.concatenate([wave, wave[:1]])))
    assert steps[-1] < np.quantile(steps, 0.999)
    bends = np.abs(np.diff(np.concatenate([wave, wave[:2]]), 2))
    assert bends[-2:].max() < np.quantile(bends, 0.999)


def test_a_bed_is_made_once_and_always_the_same() -> None:
    assert open_bed("brown") is brown()
    again = brown.__wrapped__()
    assert again.key == brown().key
    assert np.array_equal(again.samples, brown().samples)


def test_names_and_paths_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "my music.flac", noise(2))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_bed("brown", tmp_path) == "brown"
    assert find_bed("my music.flac", tmp_path) == path
    assert find_bed("~/my music.flac", Path("elsewhere")) == path
    assert find_bed(path, Path("elsewhere")) == path
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_bed("../my music.flac", tmp_path / "a") == path
    (tmp_path / "a" / "far.flac").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "a" / "b")
    assert Path(find_bed("link/../far.flac", tmp_path)).samefile(tmp_path / "a" / "far.flac")


@pytest.mark.parametrize(
    ("bed", "message"),
    [
        ("brwn", "no bed is called 'brwn'; did you mean 'brown'?; beds: brown, rain"),
        ("wind", "no bed is called 'wind'; beds: brown, rain, ocean, drone, air"),
        ("", "no bed is called ''"),
        ("missing.wav", "there is no file 'missing.wav' for a bed in"),
        ("brown.wav", "did you mean 'brown'?"),
        ("folder", "'folder' is a folder, but a bed has to be a file (.wav"),
        ("letter.txt", "is not a supported kind of file"),
        ("a\0b", "no bed"),
        ("x" * 5_000, "no bed"),
    ],
)
def test_what_is_not_there_is_reported(bed: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").touch()
    with pytest.raises(RoutineError) as caught:
        find_bed(bed, tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "rate", "how"),
    [
        ("a.wav", 44_100, {"subtype": "PCM_24"}),
        ("a.wav", 96_000, {"subtype": "PCM_24"}),
        ("a.mp3", 44_100, {}),
        ("a.ogg", 48_000, {}),
        ("a.flac", 22_050, {}),
        ("a.aiff", 48_000, {}),
    ],
)
@pytest.mark.parametrize("level", [0.2, 0.003])
def test_own_music_is_brought_to_the_level_of_a_bed(
    name: str, rate: int, how: dict[str, str], level: float, tmp_path: Path
) -> None:
    bed = own(write(tmp_path / name, noise(7, rate, level), rate, **how))
    assert lufs(played(bed, 7)) == pytest.approx(-40, abs=0.5)


def test_own_music_is_the_average_of_its_channels_at_48_khz(tmp_path: Path) -> None:
    time = np.arange(12 * 44_100) / 44_100
    left, right = (0.3 * np.sin(2 * np.pi * hertz * time) for hertz in (440, 1_000))
    heard = played(own(write(tmp_path / "a.wav", np.stack([left, right], axis=1), subtype="PCM_24")), 5)
    power = np.abs(np.fft.rfft(heard[RATE : 5 * RATE])) ** 2
    tones = np.sort(np.argsort(power)[-2:]) / 4
    assert list(tones) == [440, 1_000]
    rest = power.sum() - power[[4 * 440, 4 * 1_000]].sum()
    assert decibels(float(rest / power.sum())) < -90


def test_a_short_bed_goes_on_without_a_hole_or_a_click(tmp_path: Path) -> None:
    bed = own(write(tmp_path / "three.wav", noise(3), subtype="PCM_24"))
    assert bed.crossfade == 36_000
    heard = played(bed, 20)
    levels = [float(np.mean(np.square(part))) for part in np.split(heard, 200)]
    assert max(abs(decibels(level * len(levels) / sum(levels))) for level in levels) < 1.5
    steps = np.abs(np.diff(heard))
    assert steps.max() < 1.3 * steps[: 2 * RATE].max()


def test_the_end_of_a_bed_becomes_its_beginning(tmp_path: Path) -> None:
    ramp = np.linspace(-0.5, 0.5, 20 * RATE)
    swing = ramp * np.sin(2 * np.pi * 375 * np.arange(20 * RATE) / RATE)  # 375 Hz: 128 samples
    bed = own(write(tmp_path / "ramp.wav", swing, RATE, subtype="FLOAT"))
    heard = played(bed, 40)
    loops = 17 * RATE  # 20 s, less 3 s of crossfade
    assert np.allclose(heard[:loops], swing[:loops] * (heard[100] / swing[100]), atol=0.01)
    assert np.allclose(heard[20 * RATE : 34 * RATE], heard[3 * RATE : 17 * RATE], atol=0.01)


def test_a_bang_is_cut_off_below_the_voice(tmp_path: Path) -> None:
    sound = noise(5, RATE, 0.001)
    sound[2 * RATE] = 1.0
    assert np.abs(played(own(write(tmp_path / "bang.wav", sound, RATE)), 5)).max() <= 8_192


def broken(folder: Path) -> Iterator[tuple[str, type[AudioguideError], str]]:
    whole = Path(write(folder / "whole.wav", noise(3))).read_bytes()
    flac = Path(write(folder / "whole.flac", noise(3))).read_bytes()
    (folder / "text.mp3").write_bytes(b"A letter.\n" * 40)
    yield "text.mp3", OutputError, "is not a sound file, or is damaged"
    (folder / "empty.wav").touch()
    yield "empty.wav", OutputError, "is not a sound file, or is damaged"
    (folder / "cut.wav").write_bytes(whole[: len(whole) // 2])
    yield "cut.wav", OutputError, "its end is missing"
    (folder / "cut.flac").write_bytes(flac[: len(flac) // 2])
    yield "cut.flac", OutputError, "damaged"
    write(folder / "nan.wav", np.full((RATE * 2, 1), np.nan), subtype="FLOAT")
    yield "nan.wav", OutputError, "not numbers"
    write(folder / "silent.wav", np.zeros(3 * RATE))
    yield "silent.wav", RoutineError, "this bed is silent"
    write(folder / "offset.wav", np.full(3 * RATE, 0.4))
    yield "offset.wav", RoutineError, "this bed is silent"
    write(folder / "short.wav", noise(0.9))
    yield "short.wav", RoutineError, "a bed of 0.90 s is too short: 1 s at least"
    write(folder / "none.wav", np.zeros(0))
    yield "none.wav", RoutineError, "too short"
    write(folder / "many.wav", np.zeros((RATE, 20)))
    yield "many.wav", RoutineError, "20 channels; the limit is"
    yield "missing.wav", OutputError, "cannot read"


def test_a_bed_that_cannot_be_used_is_refused_in_one_line_with_its_name(tmp_path: Path) -> None:
    for name, kind, message in broken(tmp_path):
        with pytest.raises(AudioguideError) as caught:
            for _ in islice(own(str(tmp_path / name)).blocks(), 20):
                pass
        assert type(caught.value) is kind, name
        assert str(tmp_path / name) in str(caught.value)
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_bed_that_is_too_long_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audioguide.sound.beds.own_bed.LONGEST_S", 1.8)
    path = write(tmp_path / "long.wav", noise(2))
    with pytest.raises(
        RoutineError, match=r"long\.wav: a bed of 0\.00 hours is too long: 0\.0005 hours at most"
    ):
        open_bed(path)


def test_a_file_that_is_emptied_while_it_is_played_ends_in_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    blocks = own(write(path, noise(3))).blocks()
    next(blocks)
    write(path, np.zeros(0))
    with pytest.raises(OutputError, match=r"damaged|changed"):
        for _ in islice(blocks, 20):
            pass


def test_two_hours_of_music_are_opened_and_played_in_little_memory(tmp_path: Path) -> None:
    path = str(tmp_path / "hours.wav")  # in 8 bit, for the limit of bytes
    soundfile.write(path, np.tile(noise(60, 4_000, channels=1), (120, 1)), 4_000, subtype="PCM_U8")
    own(path)  # what it imports and makes once is not a part of the measure
    tracemalloc.start()
    try:
        count = sum(len(block) for block in islice(own(path).blocks(), 45))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count > 10 * 60 * RATE
    assert peak < 20_000_000
