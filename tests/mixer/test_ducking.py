"""A bed gets softer before words and returns after them; measured on decoded files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.mixer.ducking import ramps_for
from audioguide.mixer.fades import Course
from audioguide.mixer.sound import Sound
from audioguide.mp3.islands import cut
from audioguide.sound.beds.bed import DUCK_STEPS, Bed, LoopedBed
from audioguide.sound.beds.noise import brown
from tests.mp3.conftest import decode_ffmpeg
from tests.mp3.meter import Floats, decibels
from tests.tables import every

Make = Callable[..., Clip]
RenderOver = Callable[..., bytes]

RATE = 48_000
PITCH = 1_000.0
# Two phrases 2.4 s apart, a chime alone, and a phrase alone; in ticks.
WORDS = ((3_000, "a"), (4_000, "b"), (7_502, "c"))
LENGTH = 10_000


def tone(count: int, first: int = 0) -> NDArray[np.float32]:
    return (300 * np.sin(2 * np.pi * PITCH * (first + np.arange(count)) / RATE)).astype(np.float32)


class Streamed:
    """A tone without end."""

    key = "tone"
    ducks = DUCK_STEPS

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        while True:
            yield tone(48_000)


BEDS: dict[str, Callable[[], Bed]] = {
    "in order": lambda: LoopedBed(samples=tone(250 * 1_152), stationary=False),
    "streamed": Streamed,
}


@pytest.fixture(params=BEDS)
def bed(request: pytest.FixtureRequest) -> Bed:
    return BEDS[request.param]()


def silent(ticks: int) -> Clip:
    """Return words that nobody hears, so that the bed under them can be measured."""
    return Clip(np.zeros(ticks * 192, dtype=np.int16))


def words(ticks: int = 400) -> list[Sound]:
    return [Sound(start=start, key=key, clip=silent(ticks), words=True) for start, key in WORDS]


def levels(heard: Floats, loudest: float = 300 / 2**0.5) -> Floats:
    """Return the level of each 20 ms in dB, against a bed that is not turned down."""
    parts = heard[: len(heard) // 960 * 960].reshape(-1, 960)
    return np.asarray(20 * np.log10(np.sqrt(np.mean(np.square(parts), axis=1)) / loudest + 1e-9))


def test_the_bed_is_down_when_a_word_begins_and_comes_back_slowly(bed: Bed, render_over: RenderOver) -> None:
    level = levels(decode_ffmpeg(render_over(words(), LENGTH, bed)))
    for start, end in ((3_000, 4_400), (7_502, 7_902)):
        first, behind = round(start / 5), -(-end // 5)  # 20 ms are 5 ticks
        assert level[first - 40 : first - 29] == pytest.approx(0, abs=0.1)
        assert level[first - 22] < -0.02
        assert level[first - 1 : behind + 2] == pytest.approx(-7.53, abs=0.1)
        assert level[behind + 20] < -1.5
        assert level[behind + 58 : behind + 90] == pytest.approx(0, abs=0.1)


def test_no_level_changes_faster_than_24_decibels_a_second(bed: Bed, render_over: RenderOver) -> None:
    level = levels(decode_ffmpeg(render_over(words(), LENGTH, bed)))[80:-160]
    assert np.abs(np.diff(level)).max() < 24 * 0.02 + 0.02


def test_a_chime_does_not_turn_the_bed_down(bell: Make, render_over: RenderOver, bed: Bed) -> None:
    chime = Sound(start=5_000, key="bell", clip=bell(0))
    plain = Sound(start=5_000, key="bell", clip=silent(bell(0).ticks))
    assert not ramps_for([chime], LENGTH, 4)[1]
    assert levels(decode_ffmpeg(render_over([plain], LENGTH, bed)))[100:-200] == pytest.approx(0, abs=0.1)


def test_noise_is_turned_down_by_as_much(render_over: RenderOver) -> None:
    heard = decode_ffmpeg(render_over(words(), LENGTH, brown()))
    bright = np.diff(heard, 2)  # the deep end of brown noise wanders by itself
    parts = [bright[start * 192 : end * 192] for start, end in ((3_000, 4_400), (1_200, 2_800))]
    change = decibels(float(np.mean(np.square(parts[0])) / np.mean(np.square(parts[1]))))
    assert change == pytest.approx(-7.53, abs=0.2)


def test_a_bed_that_does_not_duck_stays(render_over: RenderOver) -> None:
    still = LoopedBed(samples=tone(250 * 1_152), stationary=False, ducks=0)
    level = levels(decode_ffmpeg(render_over(words(), LENGTH, still)))
    assert level[80:-160] == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("louder", [-12.0, 0.0, 3.0, 9.0, 12.0])
def test_a_louder_bed_goes_down_as_far_as_the_usual_one(louder: float, render_over: RenderOver) -> None:
    bed = LoopedBed(samples=tone(250 * 1_152), stationary=False).louder(louder)
    level = levels(decode_ffmpeg(render_over(words(), LENGTH, bed)))
    assert level[600:880].max() < min(louder - 7.53, 0) + 0.1
    assert level[540:550] == pytest.approx(louder, abs=0.1)
    assert np.abs(np.diff(level[80:-160])).max() < 24 * 0.02 + 0.02


def test_ducking_costs_two_islands_however_many_phrases(voice: Make) -> None:
    sounds = [Sound(start=1_200 * n, key=f"{n}", clip=voice(n), words=True) for n in range(1, 8)]
    level, ramps = ramps_for(sounds, LENGTH, 4)
    assert level == 0
    recipes = {island.recipe for island in cut(sounds, LENGTH, course=Course(ramps=ramps), margin=1)}
    assert len(ramps) == 14
    assert len(recipes) == 7 + 2


def test_words_at_both_ends_of_a_file() -> None:
    ends = [Sound(start=start, key="a", clip=silent(300), words=True) for start in (60, 3_600)]
    level, ramps = ramps_for(ends, 4_000, 4)
    assert level == -4
    assert [ramp.steps for ramp in ramps] == [4, -4]
    assert ramps_for([], 4_000, 4) == (0, ())
    together = [Sound(start=start, key="a", clip=silent(300), words=True) for start in (2_000, 2_000, 2_100)]
    assert len(ramps_for(together, 4_000, 4)[1]) == 2


@every("steps", [4, 5, 8, 14])
def test_any_words_are_under_a_bed_that_is_down_and_ramps_never_meet(steps: int) -> None:
    rng = np.random.default_rng(steps)
    for _ in range(100):
        starts = np.cumsum(rng.integers(1, 1_800, size=rng.integers(1, 12)))
        sounds = [
            Sound(start=int(start), key="a", clip=silent(int(rng.integers(1, 900))), words=True)
            for start in starts
        ]
        length = max(sound.end for sound in sounds) + int(rng.integers(0, 900))
        level, ramps = ramps_for(sounds, length, steps)
        assert all(one.end <= other.start for one, other in pairwise(ramps))
        assert not ramps or (ramps[0].start >= 0 and ramps[-1].end <= length)
        course = Course(level=level, ramps=ramps)
        down = 2.0 ** (-steps / 4)
        for sound in sounds:
            early = max(0, sound.start - 8)
            heard = course.gain(early * 192, (sound.end - early + 8) * 192)
            assert heard == pytest.approx(down, rel=1e-4)
