"""The beds that are made here: how loud, how even, how they move."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.script.choices import BEDS
from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.made import MADE
from audioguide.sound.beds.opening import open_bed
from audioguide.units import FRAME_SAMPLES
from tests.mp3.meter import decibels, lufs
from tests.tables import every

Floats = NDArray[np.float64]

RATE = 48_000
FULL_SCALE = 32_768


@pytest.fixture(scope="module", params=BEDS)
def bed(request: pytest.FixtureRequest) -> LoopedBed:
    made = open_bed(request.param)
    assert isinstance(made, LoopedBed)
    return made


def wave_of(name: str) -> Floats:
    return MADE[name]().samples.astype(np.float64)


def shares(wave: Floats, borders: list[float]) -> list[float]:
    """Return the power between each border and the next, in dB of the whole."""
    power = np.abs(np.fft.rfft(wave)) ** 2
    places = [round(hertz * len(wave) / RATE) for hertz in borders]
    return [decibels(float(power[a:b].sum() / power.sum())) for a, b in pairwise(places)]


def loudness_each(wave: Floats, seconds: float) -> list[float]:
    size = int(seconds * RATE)
    return [lufs(wave[start : start + size]) for start in range(0, len(wave) - size, size)]


def test_every_name_has_a_bed() -> None:
    assert set(BEDS) == set(MADE)


def test_a_bed_is_a_whole_number_of_frames_at_its_level(bed: LoopedBed) -> None:
    assert len(bed.samples) == bed.frames * FRAME_SAMPLES
    assert bed.samples.dtype == np.float32
    wave = bed.samples.astype(np.float64)
    level = lufs(np.tile(wave, 2))
    if bed.ducks:
        assert level == pytest.approx(-40, abs=0.2)
    else:
        assert level < -45  # `air`, the softest
    assert abs(wave.mean()) < 0.1
    assert np.abs(wave).max() < FULL_SCALE * 10 ** (-18 / 20)


def test_a_loop_has_no_seam(bed: LoopedBed) -> None:
    wave = bed.samples.astype(np.float64)
    for order in (1, 2, 3):
        steps = np.abs(np.diff(np.concatenate([wave, wave[:order]]), order))
        assert steps[-order:].max() <= np.quantile(steps, 0.999)


def test_the_same_bed_each_time(bed: LoopedBed) -> None:
    again = next(make for make in MADE.values() if make().key == bed.key).__wrapped__()
    assert again.key == bed.key


def test_nothing_is_harsh(bed: LoopedBed) -> None:
    """What lies above 8 kHz is 15 dB below the whole at least."""
    assert shares(bed.samples.astype(np.float64), [8_000, 24_000])[0] < -15


@every("name", ["brown", "rain", "air"])
def test_a_stationary_bed_is_as_loud_at_any_moment(name: str) -> None:
    assert MADE[name]().stationary
    levels = loudness_each(wave_of(name), 0.8)
    assert max(levels) - min(levels) < 2


def test_rain_has_drops_in_a_soft_rush() -> None:
    low, middle, high = shares(wave_of("rain"), [20, 250, 4_000, 8_000])
    assert middle > -2 > low
    assert -18 < high < -6
    # Drops: what lies above 2 kHz has a few peaks that noise would not have.
    bright = np.diff(wave_of("rain"), 2)
    kurtosis = float(np.mean(bright**4) / np.mean(bright**2) ** 2)
    assert kurtosis > 4


def test_the_sea_swells_every_8_to_12_seconds_and_grows_brighter_as_it_does() -> None:
    bed = MADE["ocean"]()
    assert not bed.stationary
    wave = bed.samples.astype(np.float64)
    parts = wave.reshape(-1, RATE // 10)
    smooth = np.hanning(31) / np.hanning(31).sum()
    level = np.convolve(np.tile(np.mean(parts**2, axis=1), 3), smooth, mode="same")[
        len(parts) : 2 * len(parts) + 100
    ]
    tops = [
        place for place in range(40, len(level) - 40) if level[place] == level[place - 40 : place + 41].max()
    ]
    spaces = np.diff(tops) / 10
    assert len(tops) >= 7
    assert (spaces > 8).all()
    assert (spaces < 12.5).all()
    assert 4 < decibels(float(level.max() / level.min())) < 16
    power = np.abs(np.fft.rfft(parts * np.hanning(RATE // 10), axis=1)) ** 2  # 10 Hz each
    bright = power[:, 200:].sum(axis=1) / power.sum(axis=1)
    loud = np.argsort(np.mean(parts**2, axis=1))
    assert bright[loud[-100:]].mean() > 2 * bright[loud[:100]].mean()


def test_the_drone_is_low_and_beats_slowly() -> None:
    bed = MADE["drone"]()
    assert not bed.stationary
    wave = bed.samples.astype(np.float64)
    assert shares(wave, [1_000, 24_000])[0] < -40
    assert shares(wave, [80, 500])[0] > -3
    parts = np.mean(np.square(wave.reshape(-1, RATE // 2)), axis=1)
    steps = 10 * np.log10(parts / np.roll(parts, 1))
    assert np.abs(steps).max() < 2.5  # in half a second
    assert 1.5 < decibels(float(parts.max() / parts.min())) < 10


def test_louder_is_louder_and_another_bed(bed: LoopedBed) -> None:
    for change in (-20.0, 12.0):
        other = bed.louder(change)
        assert np.allclose(other.samples, bed.samples * 10 ** (change / 20), rtol=1e-5)
        assert other.key != bed.key
        assert (other.stationary, other.louder_db) == (bed.stationary, change)
        assert bool(other.ducks) == bool(bed.ducks)
