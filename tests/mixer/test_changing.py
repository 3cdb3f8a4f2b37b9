"""A bed that changes from part to part: when each is heard, how loud, and how the two cross."""

from __future__ import annotations

from itertools import islice

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.mixer.changing import BedPart, Border, ChangingBed
from audioguide.script.profiles import Level
from audioguide.sound.beds.bed import LoopedBed
from audioguide.units import FRAME_SAMPLES, TICK_SAMPLES

BLOCK = 64 * FRAME_SAMPLES
AWAY, BACK = BLOCK // TICK_SAMPLES, 2 * BLOCK // TICK_SAMPLES  # ticks of the first and the second border
CROSSING = 60
STANDARD, QUIET = Level(profile="standard"), Level(profile="quiet")


def steady(value: float, ducks: int = 4) -> LoopedBed:
    """Return a bed of one value, so that its gain is seen in the samples."""
    samples = np.full(FRAME_SAMPLES, value, dtype=np.float32)
    return LoopedBed(samples=samples, stationary=False, ducks=ducks)


def border(tick: int) -> Border:
    return tick - CROSSING // 2, tick + CROSSING // 2


def heard(*parts: BedPart, level: Level | None = None, blocks: int = 4) -> Wave:
    bed = ChangingBed(parts=parts, level=level or STANDARD)
    return np.concatenate([*islice(bed.blocks(), blocks)])


def test_a_bed_falls_and_rises_around_a_silence() -> None:
    wave = heard(
        BedPart(bed=steady(100), falls=border(AWAY)),
        BedPart(bed=None, rises=border(AWAY), falls=border(BACK)),
        BedPart(bed=steady(50), rises=border(BACK)),
    )
    ticks = wave[::TICK_SAMPLES]
    assert (ticks[: AWAY - CROSSING] == 100).all()
    assert abs(ticks[AWAY + CROSSING : BACK - CROSSING]).max() < 1e-4
    assert (ticks[BACK + CROSSING :] == 50).all()


def test_two_beds_cross_at_equal_power() -> None:
    first = heard(BedPart(bed=steady(100), falls=border(AWAY)))
    second = heard(BedPart(bed=steady(100), rises=border(AWAY)))
    np.testing.assert_allclose(first**2 + second**2, 100**2, rtol=1e-4)


def test_a_bed_that_keeps_its_level_under_words_keeps_it_in_every_profile() -> None:
    assert (heard(BedPart(bed=steady(100, ducks=0)), level=QUIET) == 100).all()
    np.testing.assert_allclose(heard(BedPart(bed=steady(100)), level=QUIET), 100 * 10 ** (-5 / 20), rtol=1e-5)


def test_the_loudest_bed_says_how_far_it_goes_down() -> None:
    parts = (BedPart(bed=steady(1, ducks=2)), BedPart(bed=None), BedPart(bed=steady(1, ducks=5)))
    assert ChangingBed(parts=parts, level=STANDARD).ducks == 5


def test_its_name_changes_with_all_that_changes_its_samples() -> None:
    def key(bed: LoopedBed, rises: Border, level: Level) -> str:
        return ChangingBed(parts=(BedPart(bed=bed, rises=rises),), level=level).key

    plain = key(steady(1), (0, 9), STANDARD)
    assert plain == key(steady(1), (0, 9), STANDARD)
    others = {
        key(steady(2), (0, 9), STANDARD), key(steady(1), (0, 8), STANDARD),
        key(steady(1), (0, 9), QUIET),
    }  # fmt: skip
    assert len(others | {plain}) == 4
