"""A listener's own sound as a chime: it is mixed at the level of chimes, however loud its file is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.verifier.proof import prove
from tests.verifier.takes import take

ROUTINE = """\
title: A take
safety: {notice: none, closing: none}
steps:
  - say: One.
  - hold: 5s
    chime: own.wav
"""


@pytest.mark.parametrize("peak", [0.02, 0.98])
def test_a_pure_tone_is_found_however_loud_its_file_is(peak: float, tmp_path: Path) -> None:
    time = np.arange(2 * 44_100) / 44_100
    soundfile.write(tmp_path / "own.wav", peak * np.sin(2 * np.pi * 500 * time) * np.exp(-time), 44_100)
    made = take(tmp_path, "tone", routine=ROUTINE)
    proof = prove(made.mp3, made.script)
    assert proof.faults == []
    assert all(abs(each.gain_db) < 1 for each in proof.sounds)


def test_a_rattle_is_found_though_a_coder_leaves_its_highest_part_out(tmp_path: Path) -> None:
    time = np.arange(2 * 44_100) / 44_100
    noise = np.random.default_rng(0).standard_normal(len(time))
    soundfile.write(tmp_path / "own.wav", 0.1 * noise * np.exp(-3 * time), 44_100)
    made = take(tmp_path, "tone", routine=ROUTINE)
    proof = prove(made.mp3, made.script)
    assert proof.faults == []
    assert [round(each.off or 0) for each in proof.holds] == [0]
