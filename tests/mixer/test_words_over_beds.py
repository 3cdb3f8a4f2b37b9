"""Words over a bed, spoken by the real voice and decoded again: as clear and as loud as without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audioguide.compiler.compile import compile
from audioguide.pipeline.render import render
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.choices import BEDS
from audioguide.script.script import Script
from audioguide.storage.cache import Cache
from tests.mixer.clearness import clearness
from tests.mp3.meter import lufs
from tests.slow import first

Floats = NDArray[np.float64]

RATE = 48_000
STEPS = """
  - say: Lie on your back, with your knees bent and your feet flat on the floor.
  - say: Slowly draw one knee to your chest.
  - hold: 120s
    marks: {halfway: chime}
  - say: Let it sink, and feel how the breath goes in and out by itself.
"""


class Studio:
    """Renders one routine over any bed, in one cache."""

    def __init__(self, script: Script, folder: Path) -> None:
        self._script, self._folder = script, folder

    def words(self, bed: str | None) -> tuple[Floats, Floats]:
        """Return the stretches with words, joined, in steps of 16 bit, and the whole file."""
        out = self._folder / f"over-{Path(bed).stem if bed else None}"
        receipt = render(replace(self._script, bed=bed), out, cache=Cache(self._folder / "cache"))
        heard = soundfile.read(receipt.mp3, dtype="float64")[0] * 32_768
        spoken = [timed for timed in receipt.timeline.cues if timed.cue.text]
        return np.concatenate([heard[timed.start * 192 : timed.end * 192] for timed in spoken]), heard


@pytest.fixture
def studio(script: Callable[..., Script], tmp_path: Path) -> Studio:
    return Studio(script(STEPS), tmp_path)


def music(path: Path) -> str:
    """Write music that is busiest where words are: struck strings, three a second."""
    rng = np.random.default_rng(0)
    time = np.arange(14_700) / 44_100
    notes = [
        np.exp(-5 * time)
        * sum(np.sin(2 * np.pi * n * 220 * 2 ** (step / 12) * time) / n for n in range(1, 9))
        for step in rng.choice([0, 2, 4, 7, 9, 12, 14, 16], 60)
    ]
    soundfile.write(path, 0.2 * np.concatenate(notes), 44_100)
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rain", "air"])
def test_words_of_a_whole_routine_are_as_clear_over_the_beds_that_hide_most(
    name: str, tmp_path: Path
) -> None:
    studio = Studio(compile(load(SHIPPED_LIBRARY.find("back-care-habits"))), tmp_path)
    assert clearness(studio.words(None)[0], studio.words(name)[0], RATE) > 0.98


@pytest.mark.slow
@pytest.mark.parametrize("name", first(1, dict.fromkeys(["brown", "music", *BEDS])))
def test_words_over_a_bed_are_as_clear_and_as_loud_as_alone(
    name: str, studio: Studio, tmp_path: Path
) -> None:
    alone, _ = studio.words(None)
    words, heard = studio.words(music(tmp_path / "music.wav") if name == "music" else name)
    assert clearness(alone, words, RATE) > 0.98
    assert lufs(words) == pytest.approx(lufs(alone), abs=0.2)
    hold = lufs(heard[-55 * RATE : -25 * RATE])  # behind the chime at half of it
    assert hold == pytest.approx(-49 if name == "air" else -40, abs=1.5)
