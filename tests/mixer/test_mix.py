from __future__ import annotations

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.mp3.islands import cut
from audioguide.mp3.pieces import mix


def level(start: int, value: int, ticks: int = 10) -> Sound:
    return Sound(start=start, clip=Clip(np.full(ticks * 192, value, np.int16)), key=f"{value}")


def test_overlapping_sounds_are_summed_at_their_ticks() -> None:
    (island,) = cut([level(602, 100), level(607, 23)], 1_000)
    ticks = mix(island).reshape(-1, 192)
    assert (ticks == ticks[:, :1]).all()
    # frame 100 starts at tick 600
    assert ticks[:, 0].tolist() == [0, 0] + [100] * 5 + [123] * 5 + [23] * 5


@pytest.mark.parametrize(("first", "second"), [(32_000, 767), (-32_000, -768)])
def test_a_sum_that_just_fits_is_kept(first: int, second: int) -> None:
    (island,) = cut([level(0, first), level(0, second)], 1_000)
    assert set(mix(island).tolist()) == {first + second}


@pytest.mark.parametrize(("first", "second"), [(32_000, 768), (-32_000, -769)])
def test_a_sum_that_does_not_fit_is_refused_with_moment_number_and_excess(first: int, second: int) -> None:
    (island,) = cut([level(500, first), level(505, second)], 1_000)
    with pytest.raises(OutputError, match=r"2 overlapping sounds at 00:02\.020 .* 0\.00 dB \(960 samples"):
        mix(island)


def test_the_excess_is_reported_in_decibels() -> None:
    (island,) = cut([level(0, 30_000), level(0, 30_000)], 1_000)
    with pytest.raises(OutputError, match=r"by 5\.25 dB"):
        mix(island)
