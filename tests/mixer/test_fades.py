from __future__ import annotations

import numpy as np
import pytest

from audioguide.mixer.fades import FADE_IN, FADE_OUT, Course, Fade, Ramp, fades_for
from tests.tables import every

COURSE = Course(
    fades=fades_for(2_000),
    ramps=(Ramp(start=500, end=614, steps=-4), Ramp(start=800, end=1_052, steps=4)),
)


def test_a_file_fades_in_and_out() -> None:
    assert fades_for(10_000) == (
        Fade(start=0, end=FADE_IN, rising=True),
        Fade(start=10_000 - FADE_OUT, end=10_000, rising=False),
    )


@every(("length", "ends"), [(1, []), (2, [1, 2]), (600, [300, 600])])
def test_a_short_file_is_half_of_each(length: int, ends: list[int]) -> None:
    fades = fades_for(length)
    assert [fade.end for fade in fades] == ends
    assert all(fade.end > fade.start for fade in fades)


def test_the_gain_is_that_of_the_file_where_it_is_asked_for() -> None:
    whole = np.asarray(COURSE.gain(0, 2_000 * 192))
    parts = [COURSE.gain(first, 5_000) * np.ones(5_000) for first in range(0, 380_000, 5_000)]
    assert np.allclose(np.concatenate(parts), whole[:380_000], rtol=1e-6)
    assert not COURSE.gain(-5_000, 5_000).any()
    assert not COURSE.gain(2_000 * 192, 5_000).any()


def test_fades_are_smooth_and_reach_both_ends() -> None:
    gain = Course(fades=fades_for(2_000)).gain(0, 2_000 * 192)
    assert isinstance(gain, np.ndarray)
    rise, middle, fall = gain[: 375 * 192], gain[375 * 192 : 1_250 * 192], gain[1_250 * 192 :]
    assert (np.diff(rise) >= 0).all()
    assert (middle == 1).all()
    assert (np.diff(fall) <= 0).all()
    assert max(rise[0], fall[-1]) < 1e-6
    assert np.abs(np.diff(gain)).max() < 1e-4


def test_between_ramps_the_gain_is_one_number() -> None:
    assert COURSE.gain(400 * 192, 100 * 192) == 1
    assert COURSE.gain(614 * 192, 186 * 192) == pytest.approx(0.5)
    assert COURSE.gain(1_052 * 192, 10_000) == 1
    assert COURSE.level_behind == 0


def test_a_ramp_is_gentle_in_decibels() -> None:
    gain = COURSE.gain(490 * 192, 600 * 192)
    level = 20 * np.log10(gain)
    assert level.min() == pytest.approx(-6.02, abs=0.01)
    slope = np.diff(level[::48]) * 1_000  # dB a second
    assert np.abs(slope).max() < 24
    assert np.abs(np.diff(slope)).max() < 1  # no corner


def test_a_course_may_begin_below_its_level() -> None:
    late = Course(level=-4, ramps=(Ramp(start=100, end=352, steps=4),))
    assert late.gain(-1_000, 1_000) == pytest.approx(0.5)
    assert late.gain(400 * 192, 1_000) == 1
