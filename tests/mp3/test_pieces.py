"""A long island is encoded in pieces: as in one go to the ear, in little memory, and it can be stopped."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.fades import Course, fades_for
from audioguide.mixer.sound import Sound
from audioguide.mp3 import island_cache
from audioguide.mp3 import pieces as module
from audioguide.mp3.encode import LEAD_FRAMES, TAIL_FRAMES, encode
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import Island, cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.loop import mix_over
from audioguide.mp3.pieces import borders, encode_piece, mix, pieces, pieces_in
from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.made import MADE
from audioguide.sound.breath import breath_tone
from audioguide.storage.cache import Cache
from tests.mp3.meter import decoded, noise_db

Make = Callable[[int], Clip]


@pytest.fixture
def long(voice: Make, bell: Make) -> Island:
    """Words without a pause for 34 s, and a bell over some."""
    spoken = [voice(number) for number in range(3)]
    sounds = [
        Sound(start=6 + number * 400, clip=spoken[number % 3], key=f"{number % 3}", words=True)
        for number in range(21)
    ]
    sounds += [Sound(start=start, clip=bell(0), key="bell") for start in (3_050, 6_131)]
    (island,) = cut(sounds, 9_000, margin=1)
    return island


@pytest.mark.parametrize("bed", ["none", "brown", "swelling"])
def test_pieces_are_mixed_as_the_whole_is(long: Island, bed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE_FRAMES", 100)
    under = None if bed == "none" else MADE["brown"]()
    if under and bed == "swelling":
        under = LoopedBed(samples=under.samples, stationary=False)
        long = replace(long, place=37)
    if under:
        long = replace(long, course=Course(fades=fades_for(long.frames * 6)))
    parts = list(pieces(long, under))
    assert len(parts) == pieces_in(long) == -(-long.frames // 100)
    assert all(part.frames <= 100 for part in parts)
    assert sum(part.frames for part in parts) == long.frames
    whole, first = mix_over(long, under), 0
    for part in parts:
        inside = whole[first * 1152 : (first + LEAD_FRAMES + part.frames + TAIL_FRAMES) * 1152]
        assert np.array_equal(mix_over(part, under), inside)
        assert part.first_frame == long.first_frame + first
        first += part.frames
    assert max(len(part.sounds) for part in parts) < len(long.sounds) / 2


def test_pieces_sound_as_one_go(long: Island) -> None:
    assert borders(long) == (0, 508, 1020)  # with the bells
    joined = encode_islands([long])
    assert (joined.encoded, len(joined.of(long))) == (1, long.frames * 288)
    meant = mix(long).astype(np.float64)
    heard = [decoded(data) for data in (joined.of(long), encode(mix(long), 96_000))]
    assert noise_db(heard[0], meant) == pytest.approx(noise_db(heard[1], meant), abs=0.1)
    for join in borders(long)[1:]:
        part = slice(join * 1152 - 1105 - 100, join * 1152 - 1105 + 700)
        assert noise_db(heard[0][part], meant[part]) < noise_db(heard[1][part], meant[part]) + 3
    assert encode_islands([long], Mp3Job(workers=3)) == encode_islands([long], Mp3Job(workers=1)) == joined


def _breaths(count: int, said: int = 0) -> Island:
    """Breaths of 4 and 6 s without a pause; over the first `said` of them, words."""
    heard: list[Sound] = []
    for start in range(0, count * 2_500, 2_500):
        for phase, at, length in (("in", start, 1_000), ("out", start + 1_000, 1_500)):
            tone = breath_tone("in" if phase == "in" else "out", length)
            heard.append(Sound(start=at, clip=tone, key=phase))
            if start < said * 2_500:
                word = breath_tone("full", 200)
                heard.append(Sound(start=at, clip=word, key=f"say {phase}", words=True))
    (island,) = cut(heard, count * 2_500)
    return island


def test_breaths_that_come_again_are_encoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[Island] = []

    def noted(piece: Island, *rest: Any, **more: Any) -> bytes:
        encoded.append(piece)
        return encode_piece(piece, *rest, **more)

    monkeypatch.setattr(island_cache, "encode_piece", noted)
    # A breath of 2,500 ticks is four more than whole frames: the fourth lies as the first does. Beside
    # these 6 tones, the first has no tone before it, and the last none behind it.
    job, island = Mp3Job(cache=Cache(tmp_path)), _breaths(12)
    made = encode_islands([island], job)
    assert pieces_in(island) == 24
    assert len(encoded) == 8
    heard, meant = decoded(made.of(island)), mix(island).astype(np.float64)
    one_go = noise_db(decoded(encode(mix(island), 96_000)), meant)
    assert noise_db(heard, meant) == pytest.approx(one_go, abs=0.1)
    # Another count, or words over the first, need only what is new.
    for other, new in ((_breaths(14), 1), (_breaths(12, said=1), 2)):
        encoded.clear()
        kept = encode_islands([other], job)
        assert len(encoded) == new
        assert kept.frames == encode_islands([other], Mp3Job(workers=1)).frames


def test_what_is_too_loud_in_a_piece_is_reported_with_its_moment(long: Island) -> None:
    loud = Clip(np.full(192, 32_000, np.int16))
    overlapping = [Sound(start=5_000, clip=loud, key=key) for key in "ab"]
    island = replace(long, first_frame=100, sounds=(*long.sounds, *overlapping))
    with pytest.raises(OutputError, match=r"3 overlapping sounds at 00:22\.400"):
        encode_islands([island])


def test_an_hour_takes_no_more_memory_than_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    def quick(window: NDArray[np.float32], _bitrate: int) -> bytes:
        return bytes(len(window) // 1152)

    monkeypatch.setattr(module, "encode_inner", quick)
    tone = Clip(np.zeros(1_000 * 192, np.int16))
    sounds = [Sound(start=number * 1_000, clip=tone, key="tone") for number in range(900)]
    (island,) = cut(sounds, 900_000)
    tracemalloc.start()
    try:
        encode_islands([island], Mp3Job(workers=2))
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_who_gives_up_waits_for_a_piece_and_not_for_the_island(
    long: Island, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def counted(window: NDArray[np.float32], bitrate: int) -> bytes:
        begun.append(len(window))
        time.sleep(0.01)
        return bytes(10)

    def give_up(_done: int, _total: int) -> None:
        if begun:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "PIECE_FRAMES", 10)
    monkeypatch.setattr(module, "encode_inner", counted)
    with pytest.raises(KeyboardInterrupt):
        encode_islands([long], Mp3Job(workers=1, progress=give_up))
    assert len(begun) < pieces_in(long) / 2
