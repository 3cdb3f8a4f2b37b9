"""The bed alone: copies of the frames of its loop, whose joins cannot be distinguished from the loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.fades import Course, fades_for
from audioguide.mixer.sound import Sound
from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode_inner
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.loop import Loop, encode_loop, mix_over, place_of
from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.made import MADE
from audioguide.sound.beds.noise import brown
from audioguide.storage.cache import Cache
from tests.mp3.meter import decibels, decoded, noise_db, powers_around
from tests.tables import every

Make = Callable[[int], Clip]

SIZE = frame_bytes(96_000)
MINUTES = 3


@pytest.fixture(scope="module")
def loop() -> Loop:
    return encode_loop(brown())


@pytest.fixture(scope="module")
def order(loop: Loop) -> list[int]:
    return played(loop)


def played(loop: Loop) -> list[int]:
    """Return which frames of the loop are played in some minutes of bed alone."""
    data = b"".join(loop.behind(None, MINUTES * 2_500))
    known = {loop.data[place : place + SIZE]: place // SIZE for place in range(0, len(loop.data), SIZE)}
    assert len(known) == loop.count
    return [known[data[place : place + SIZE]] for place in range(0, len(data), SIZE)]


def joins(order: list[int], count: int) -> NDArray[np.int64]:
    return np.array([at for at, (a, b) in enumerate(pairwise(order), 1) if b != (a + 1) % count])


def test_the_encoded_loop_sounds_as_the_bed_and_has_no_seam(loop: Loop) -> None:
    heard = decoded(b"".join(loop.run(0, 2 * loop.count + 1)))
    meant = np.tile(brown().samples, 2).astype(np.float64)
    error = np.square(heard - meant)
    seam = loop.count * 1152 - 1105
    usual = error[5_000:-5_000].mean()
    assert decibels(float(np.square(meant).mean() / usual)) > 25
    assert error[seam - 500 : seam + 1_000].mean() < 1.3 * usual


def test_a_loop_is_encoded_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    first = encode_loop(brown(), Mp3Job(bitrate=64_000, cache=cache))
    monkeypatch.setattr("audioguide.mp3.loop.encode_inner", lambda *_arguments: pytest.fail("encoded again"))
    assert encode_loop(brown(), Mp3Job(bitrate=64_000, cache=cache)) == first
    assert len(first.data) == 400 * frame_bytes(64_000)


def test_a_run_goes_round_and_round(loop: Loop) -> None:
    short = replace(loop, data=bytes(range(5)), count=5, size=1)
    assert b"".join(short.run(3, 9)) == bytes([3, 4, 0, 1, 2, 3, 4, 0, 1])
    assert b"".join(short.run(12, 0)) == b""


def test_the_bed_goes_on_behind_an_island_without_a_join(loop: Loop, bell: Make) -> None:
    (island,) = cut([Sound(start=606, clip=bell(0), key="bell")], 2_000, margin=1)
    place = (place_of(island.recipe, loop.count) + island.frames) % loop.count
    rest = b"".join(loop.behind(island, 300))
    assert len(rest) == 300 * SIZE
    assert rest.startswith(b"".join(loop.run(place, 100)))


@every("name", ["brown", "rain", "air"])
def test_joins_under_a_bed_are_not_heard(name: str) -> None:
    """Above 4 kHz, in the middle and over all, the 20 ms around joins are like any 20 ms of the loop."""
    loop = encode_loop(MADE[name]())
    straight = decoded(b"".join(loop.run(0, 2 * loop.count)))
    joined = decoded(b"".join(loop.behind(None, MINUTES * 2_500)))
    # A frame comes out 1105 samples early; it overlaps with the one before for 576.
    places = joins(played(loop), loop.count) * 1152 - 1105 + 288
    assert len(places) >= 15 * MINUTES
    anywhere = np.arange(5_000, len(straight) - 5_000, 480)
    for hertz in (4_000, 1_000, 0):
        usual = powers_around(straight, anywhere, hertz)
        at_joins = powers_around(joined, places[places < len(joined) - 480], hertz)
        # So few places cannot be nearer to the mean than this, by chance alone:
        chance = 3 * float(usual.std() / usual.mean()) / len(places) ** 0.5
        assert at_joins.mean() / usual.mean() == pytest.approx(1, abs=chance)
        assert at_joins.max() < usual.max() * 1.05
        if hertz == 4_000 and name == "brown":
            assert abs(decibels(at_joins.mean() / usual.mean())) < 0.1


def test_no_shift_repeats_the_bed(loop: Loop, order: list[int]) -> None:
    """A minute of bed correlates with itself, moved by 0.5 s or more, by 0.3 at most; a loop by 1."""
    minute = brown().samples.reshape(-1, 1152)[order[:2_500]].reshape(-1)
    rough = np.diff(minute)[::4]  # all jumps are multiples of 4 samples
    spectrum = np.fft.rfft(rough, 2 * 2_500 * 288)
    match = np.fft.irfft(np.square(np.abs(spectrum)))[: len(rough) // 2]
    overlap = 1 - np.arange(len(match)) / len(rough)
    assert np.max(match[6_000:] / overlap[6_000:]) < 0.3 * match[0]


def test_the_bed_under_an_island_is_the_same_where_it_lies(bell: Make) -> None:
    early, late = (
        cut([Sound(start=start, clip=bell(0), key="bell")], 9_000, margin=1)[0] for start in (300, 6_066)
    )
    assert early.recipe == late.recipe
    assert early.first_frame == 49
    windows = [mix_over(island, brown()) for island in (early, late)]
    assert np.array_equal(windows[0], windows[1])
    assert len(windows[0]) == (LEAD_FRAMES + early.frames + TAIL_FRAMES) * 1152
    other = cut([Sound(start=301, clip=bell(0), key="bell")], 9_000, margin=1)[0]
    assert place_of(other.recipe, 400) != place_of(early.recipe, 400)


@pytest.mark.parametrize("phase", [0, 1, 4])
def test_an_island_in_its_place_of_the_loop_sounds_as_in_one_go(phase: int, voice: Make, loop: Loop) -> None:
    (island,) = cut([Sound(start=606 + phase, clip=voice(phase), key=f"{phase}")], 2_000, margin=1)
    place, around = place_of(island.recipe, loop.count), 30
    frames = island.frames + 2 * around
    bed = np.roll(brown().samples, -(place - around - LEAD_FRAMES) * 1152)
    window = bed[: (LEAD_FRAMES + frames + TAIL_FRAMES) * 1152].copy()
    start = (LEAD_FRAMES + around + 1) * 1152 + phase * 192
    window[start : start + len(voice(phase).samples)] += voice(phase).samples
    before, behind = loop.run(place - around, around), loop.run(place + island.frames, around)
    spliced = b"".join([*before, encode_islands([island], bed=brown()).of(island), *behind])
    meant = window[LEAD_FRAMES * 1152 :].astype(np.float64)[: (frames - 1) * 1152]
    heard = [decoded(data) for data in (spliced, encode_inner(window, 96_000))]
    assert noise_db(heard[0], meant) < -20
    assert noise_db(heard[0], meant) == pytest.approx(noise_db(heard[1], meant), abs=0.1)
    for join in (around, around + island.frames):
        part = slice(join * 1152 - 1105 - 100, join * 1152 - 1105 + 700)
        assert noise_db(heard[0][part], meant[part]) < noise_db(heard[1][part], meant[part]) + 3


def test_what_is_mixed_is_the_bed_and_the_sounds_and_the_fades(bell: Make) -> None:
    sound = Sound(start=100, clip=bell(0), key="bell")
    first, last = cut([sound], 9_000, course=Course(fades=fades_for(9_000)), margin=1)
    assert (first.first_frame, last.behind) == (0, 1_501)
    place = place_of(first.recipe, 400) * 1152
    bed = np.roll(brown().samples, -place).astype(np.float64)
    window = mix_over(first, brown()).astype(np.float64)
    assert not window[: LEAD_FRAMES * 1152].any()
    heard = window[LEAD_FRAMES * 1152 :]
    heard[sound.start * 192 : sound.end * 192] -= sound.clip.samples
    way = np.minimum((np.arange(len(heard)) + 0.5) / (375 * 192), 1)
    assert np.allclose(heard, bed[: len(heard)] * (1 - np.cos(np.pi * way)) / 2, atol=0.01)
    assert not mix_over(last, brown())[-TAIL_FRAMES * 1152 :].any()


def test_sounds_that_are_too_loud_together_are_reported() -> None:
    loud = Clip(np.full(192, 32_767, np.int16))
    (island,) = cut([Sound(start=606, clip=loud, key="loud")], 2_000, margin=1)
    with pytest.raises(OutputError, match=r"at 00:02\.424 are together too loud"):
        mix_over(island, brown())


def test_a_loop_that_swells_keeps_its_order(bell: Make) -> None:
    """Alone, it goes on by the place in the file, and so does the bed under an island."""
    wave = np.sin(np.arange(90 * 1_152) / 50).astype(np.float32)
    bed = LoopedBed(samples=wave, stationary=False)
    loop = encode_loop(bed)
    assert b"".join(loop.behind(None, 200)) == b"".join(loop.run(0, 200))
    (plain,) = cut([Sound(start=606, clip=bell(0), key="bell")], 2_000, margin=1)
    island = replace(plain, place=plain.first_frame % bed.frames)
    assert b"".join(loop.behind(island, 50)) == b"".join(loop.run(island.behind, 50))
    window = mix_over(island, bed)[: (LEAD_FRAMES + 1) * 1152]
    assert np.array_equal(window, wave[(100 - 90 - LEAD_FRAMES) * 1152 : (100 - 90 + 1) * 1152])


def test_a_long_loop_is_encoded_in_pieces_as_in_one_go() -> None:
    time = np.arange(1_200 * 1_152) / 48_000
    bed = LoopedBed(samples=(2_000 * np.sin(2 * np.pi * 250 * time)).astype(np.float32), stationary=False)
    heard = decoded(encode_loop(bed, Mp3Job(workers=2)).data)
    assert noise_db(heard[5_000:-5_000], bed.samples[5_000 : len(heard) - 5_000].astype(np.float64)) < -40
    assert encode_loop(bed, Mp3Job(workers=1)) == encode_loop(bed, Mp3Job(workers=2))
