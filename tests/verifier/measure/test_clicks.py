"""Clicks are found in silence, in words and over a bed; what a voice says is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.verifier.figures import clicked
from audioguide.verifier.measure.clicks import SHARP_IN_WORDS
from audioguide.verifier.measure.decode import DECODED_BLOCK
from audioguide.verifier.measure.meter import Levels, Meter
from audioguide.verifier.promise import read_promise
from audioguide.verifier.proof import prove
from tests.verifier.takes import Take, Wave, decoded, take, written

# As short and as sharp as a click, to an ear that does not know voices: a "t", a "d", a low pulse.
HARD = """\
title: Consonants
voice: {{name: {voice}}}
safety: {{notice: none, closing: none}}
steps:
  - say: Fifth, breaks.
  - say: Seventh, meditation.
  - say: Diaphragmatic breathing.
  - say: Breathe in slowly through your nose, and feel your hands rise.
  - say: Press your hands into the floor.
  - say: Keep your back straight.
"""


@pytest.fixture(scope="session")
def toned_over_bed(tmp_path_factory: pytest.TempPathFactory) -> Take:
    """A tone in place of words, over brown noise: the same each time."""
    return take(tmp_path_factory.mktemp("toned"), "tone", bed="brown")


def levels_of(path: Path) -> Levels:
    meter, wave = Meter(), decoded(path)
    for start in range(0, len(wave), DECODED_BLOCK):
        meter.feed(wave[start : start + DECODED_BLOCK])
    return meter.levels()


@pytest.mark.parametrize("voice", ["en-us+klatt", "en-us"])
def test_no_consonant_is_a_click(voice: str, tmp_path: Path) -> None:
    spoken = take(tmp_path, "pyttsx3", routine=HARD.format(voice=voice))
    proof = prove(spoken.mp3, spoken.script)
    assert clicked(proof.levels, proof.promise) == []
    sharpest = max(click.sharp for click in proof.levels.clicks)
    assert sharpest > SHARP_IN_WORDS or voice == "en-us"  # how sharp "en-us" is differs each time


def impulse(height: float) -> Callable[[Wave, int], None]:
    def plant(wave: Wave, at: int) -> None:
        wave[at] += height

    return plant


def jump(samples: int) -> Callable[[Wave, int], None]:
    def plant(wave: Wave, at: int) -> None:
        wave[at : at + 4800] = wave[at + samples : at + samples + 4800].copy()

    return plant


def hole(samples: int) -> Callable[[Wave, int], None]:
    def plant(wave: Wave, at: int) -> None:
        wave[at : at + samples] = 0

    return plant


def turned_down(wave: Wave, at: int) -> None:
    wave[at : at + 4800] *= 0.5


def planted(good: Take, tmp_path: Path, faults: list[tuple[int, Callable[[Wave, int], None]]]) -> list[int]:
    """Plant faults, encode, and return in ms how far from each a click is found; nothing else clicks."""
    wave = good.wave.copy()
    for at, plant in faults:
        plant(wave, at)
    levels = levels_of(written(tmp_path / "spoilt.mp3", wave))
    found = clicked(levels, read_promise(good.script))
    near = [min((abs(place - at) for place in found), default=len(wave)) // 48 for at, _ in faults]
    assert not [place for place in found if min(abs(place - at) for at, _ in faults) > 4800 + 480]
    return near


def test_small_clicks_in_silence_and_in_words(toned: Take, tmp_path: Path) -> None:
    still, words, end = toned.span("settle").start + 24_000, toned.span("say", 1), toned.span("hold")
    faults = [
        (still, impulse(0.01)),
        (still + 12_000, impulse(-0.003)),
        (end.start + 3 * 48_000, impulse(0.002)),
        (words.start + 9_600, impulse(0.003)),
        (words.start + 24_003, jump(77)),
        (words.start + 48_000, hole(96)),
        (toned.span("say", 2).start + 9_613, turned_down),
        (toned.span("say", 3).stop - 480, hole(480)),
    ]
    assert max(planted(toned, tmp_path, faults)) <= 2


def test_clicks_at_the_seam_of_two_blocks(toned: Take, tmp_path: Path) -> None:
    # 16 to 24 s: blocks of 1.2 s, with what both ears hold back of them.
    seams = [number * DECODED_BLOCK for number in range(14, 20)]
    offs = (-3500, -490, -1, 0, 1, 470)
    faults = [(seam + off, impulse(0.02)) for seam, off in zip(seams, offs, strict=True)]
    assert max(planted(toned, tmp_path, faults)) <= 2


def test_clicks_over_a_bed(toned_over_bed: Take, tmp_path: Path) -> None:
    hold, words = toned_over_bed.span("hold"), toned_over_bed.span("say", 1)
    faults = [
        (hold.start + 3 * 48_000, impulse(0.05)),
        (hold.start + 3 * 48_000 + 12_000, impulse(-0.05)),
        (words.start + 9_600, impulse(0.05)),
    ]
    assert max(planted(toned_over_bed, tmp_path, faults)) <= 2


def test_own_music_may_click_by_itself(toned: Take, tmp_path: Path) -> None:
    words = toned.span("say", 1)
    promise = replace(read_promise(toned.script), bed="music.wav")
    for height, count in ((0.005, 0), (0.25, 1)):
        wave = toned.wave.copy()
        wave[words.start + 9_600] += height
        assert len(clicked(levels_of(written(tmp_path / "spoilt.mp3", wave)), promise)) == count


def test_a_bed_that_comes_back_for_a_moment_is_no_click() -> None:
    chance, meter = np.random.default_rng(0), Meter()
    bed = np.asarray(chance.standard_normal(4 * 48_000) * 4e-4, dtype=np.float32)
    for place in range(24_000, len(bed) - 12_000, 12_000):  # as LAME leaves it out under words
        moment = bed[place : place + 72].copy()
        bed[place - 4_000 : place + 4_000] = 0
        bed[place : place + 72] = moment
    bed[100_000] += 0.05  # and this is one
    for start in range(0, len(bed), DECODED_BLOCK):
        meter.feed(bed[start : start + DECODED_BLOCK])
    assert [click.place for click in meter.levels().clicks if click.bright] == [
        pytest.approx(100_000, abs=48)
    ]
