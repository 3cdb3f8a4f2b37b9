"""A metronome under a spoken count: each tick is found at its sample, and one that is moved is seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.verifier.proof import prove
from tests.verifier.takes import TICK, Take, Wave, take

COUNT = """\
title: A count
safety: {notice: none, closing: none}
chimes: {explain: false}
steps:
  - say: Lift and lower.
  - count: [down, two, three, up]
    tempo: 60
    reps: 4
    chime: tick
  - say: And rest.
"""


@pytest.fixture(scope="module")
def count(tmp_path_factory: pytest.TempPathFactory) -> Take:
    return take(tmp_path_factory.mktemp("ticks"), "pyttsx3", routine=COUNT)


def test_each_tick_under_a_word_is_found_at_its_place(count: Take) -> None:
    found = prove(count.mp3, count.script).sounds
    assert [round(each.off or 0.0) for each in found] == [0] * 16
    assert max(abs(each.off or 0.0) for each in found) < 0.2


def test_a_tick_that_comes_too_late_under_a_word_is_seen(count: Take, tmp_path: Path) -> None:
    late = 48  # a millisecond
    ticks = [cue["start"] * TICK for cue in count.data["cues"] if cue.get("sound") == "tick"]

    def moved(wave: Wave) -> Wave:
        first, second = ticks[4], ticks[5]
        wave[first + late : second] = wave[first : second - late].copy()
        wave[first : first + late] = 0
        return np.asarray(wave)

    found = count.spoilt(tmp_path, moved).sounds
    assert round(found[4].off or 0.0) == late
    assert not found[4].stands
