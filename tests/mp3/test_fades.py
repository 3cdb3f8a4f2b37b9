from __future__ import annotations

import numpy as np
import pytest

from audioguide.mp3.fades import FADE_IN, FADE_OUT, Fade, bed_gain, fades_for


def test_a_file_fades_in_and_out() -> None:
    assert fades_for(10_000) == (
        Fade(start=0, end=FADE_IN, rising=True),
        Fade(start=10_000 - FADE_OUT, end=10_000, rising=False),
    )


@pytest.mark.parametrize(("length", "ends"), [(1, []), (2, [1, 2]), (600, [300, 600])])
def test_a_short_file_is_half_of_each(length: int, ends: list[int]) -> None:
    fades = fades_for(length)
    assert [fade.end for fade in fades] == ends
    assert all(fade.end > fade.start for fade in fades)


def test_the_gain_is_that_of_the_file_wherever_it_is_asked_for() -> None:
    fades = fades_for(2_000)
    whole = bed_gain(fades, 0, 2_000 * 192)
    parts = [bed_gain(fades, first, 5_000) for first in range(0, 380_000, 5_000)]
    assert np.array_equal(np.concatenate(parts), whole[:380_000])
    assert not bed_gain(fades, -5_000, 5_000).any()
    assert not bed_gain(fades, 2_000 * 192, 5_000).any()


def test_fades_are_smooth_and_reach_both_ends() -> None:
    gain = bed_gain(fades_for(2_000), 0, 2_000 * 192)
    rise, middle, fall = gain[: 375 * 192], gain[375 * 192 : 1_250 * 192], gain[1_250 * 192 :]
    assert (np.diff(rise) >= 0).all()
    assert (middle == 1).all()
    assert (np.diff(fall) <= 0).all()
    assert max(rise[0], fall[-1]) < 1e-6
    assert np.abs(np.diff(gain)).max() < 1e-4
