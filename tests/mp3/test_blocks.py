"""Files encoded in blocks: as if in one go, from a stream, in little memory."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import repeat

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.mp3 import blocks
from audioguide.mp3.assemble import mp3_pieces
from audioguide.mp3.encode import LEAD_FRAMES
from audioguide.mp3.frames import frames_for
from tests.mp3.meter import Floats, decibels

Make = Callable[[int], Clip]
Decode = Callable[[bytes], Floats]

LENGTH = 20 * 250


def music(seed: int = 0) -> Iterator[NDArray[np.float32]]:
    """Play struck strings forever, three a second, over a little noise."""
    rng = np.random.default_rng(seed)
    time = np.arange(16_000) / 48_000
    ringing = np.zeros(16_000)
    while True:
        pitch = 220 * 2 ** (rng.choice([0, 2, 4, 7, 9, 12]) / 12)
        ringing = 0.1 * ringing[::-1] + np.exp(-6 * time) * np.sin(2 * np.pi * pitch * time)
        yield (1_000 * ringing + 10 * rng.standard_normal(16_000)).astype(np.float32)


def encoded(sounds: list[Sound], *, workers: int = 2) -> bytes:
    file = io.BytesIO()
    file.writelines(mp3_pieces(blocks.encode_blocks(music(), sounds, LENGTH, workers=workers), LENGTH))
    return file.getvalue()


def test_blocks_sound_as_in_one_go(voice: Make, decode: Decode, monkeypatch: pytest.MonkeyPatch) -> None:
    sounds = [Sound(start=400 + 601 * n, key=f"{n}", clip=voice(n)) for n in range(6)]
    monkeypatch.setattr(blocks, "BLOCK_FRAMES", 10_000)
    (window,) = blocks._windows(music(), sounds, LENGTH)
    meant = window[LEAD_FRAMES * 1152 :][: LENGTH * 192].astype(np.float64)
    one_go = decode(encoded(sounds))
    monkeypatch.setattr(blocks, "BLOCK_FRAMES", 29)
    in_blocks = decode(encoded(sounds))
    errors = [np.square(heard - meant) for heard in (in_blocks, one_go)]
    assert decibels(float(errors[0].mean() / np.square(meant).mean())) < -20
    assert decibels(float(errors[0].mean() / errors[1].mean())) == pytest.approx(0, abs=0.1)
    borders = range(29 * 1152 - 1105, len(meant) - 1_000, 29 * 1152)
    at_joins = [sum(error[place - 100 : place + 700].sum() for place in borders) for error in errors]
    assert len(borders) == 28
    assert decibels(at_joins[0] / at_joins[1]) < 1


@pytest.mark.parametrize("frames", [1, 2, 31, 32, 33, 100])
def test_blocks_cover_a_file_of_any_length(frames: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK_FRAMES", 32)
    for length in (frames * 6 - 5, frames * 6):
        made = list(blocks.encode_blocks(music(), [], length))
        assert len(made) == blocks.blocks_for(length)
        assert len(b"".join(made)) == frames_for(length) * 288


def test_every_sound_is_mixed_once(bell: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK_FRAMES", 7)
    sounds = [Sound(start=start, key=f"{start}", clip=bell(0)) for start in (0, 41, 42, 43, 1_000, 1_840)]
    silence = repeat(np.zeros(5_000, dtype=np.float32))
    windows = list(blocks._windows(silence, reversed(sounds), 2_000))
    meant = np.zeros(2_000 * 192)
    for sound in sounds:
        meant[sound.start * 192 : sound.end * 192] += sound.clip.samples
    for number, window in enumerate(windows):
        start = (number * 7 - LEAD_FRAMES) * 1152
        inside = np.pad(meant, (LEAD_FRAMES * 1152, 20_000))[start + LEAD_FRAMES * 1152 :][: len(window)]
        assert np.array_equal(window, inside)


def test_a_failure_in_a_block_is_reported_with_its_moment(voice: Make) -> None:
    loud = Clip(np.full(192, 20_000, np.int16))
    sounds = [Sound(start=4_000, key=key, clip=loud) for key in "ab"]
    with pytest.raises(OutputError, match=r"2 overlapping sounds at 00:16\.000"):
        encoded([*sounds, Sound(start=100, key="c", clip=voice(0))])


def test_memory_is_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    def quick(window: NDArray[np.float32], _bitrate: int) -> bytes:
        return bytes(len(window) // 1152 * 288)

    monkeypatch.setattr(blocks, "encode_inner", quick)
    peaks = []
    for length in (30_000, 120_000):  # 2 and 8 minutes
        tracemalloc.start()
        try:
            for _ in blocks.encode_blocks(music(), [], length, workers=2):
                pass
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert max(peaks) < 30_000_000
    assert peaks[1] < 1.1 * peaks[0]
