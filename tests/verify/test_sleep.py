"""A file that falls asleep: its words are as loud as they should be, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.verify.proof import Proof, prove
from tests.verify.takes import Take, Wave, take

HEAD = """\
title: A night
profile: sleep
safety: {notice: none, closing: none}
steps:
  - say: Lie on your back, and let it sink.
    settle: 6s
  - say: Now breathe slowly, and follow the tone.
"""
ENDS = {
    "spoken breaths": "  - breathe: {in: 4s, out: 6s, cycles: 4, voice: all}\n",
    "breaths that go on alone": "  - breathe: {in: 4s, out: 6s, cycles: 4, voice: first 3}\n",
    "words that are over early": "  - say: Sleep well.\n  - rest: 60s\n",
}


@pytest.fixture(scope="module", params=ENDS)
def night(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Take:
    return take(tmp_path_factory.mktemp("night"), "pyttsx3", routine=HEAD + ENDS[request.param])


def outside(proof: Proof) -> set[str]:
    return {figure.name for figure in proof.outside}


def test_a_file_that_falls_as_it_should_stands(night: Take) -> None:
    proof = prove(night.mp3, night.script)
    assert proof.faults == []
    assert outside(proof) == set()


@pytest.mark.parametrize("change", [2.0, 0.5])
def test_last_words_of_another_level_are_told(night: Take, tmp_path: Path, change: float) -> None:
    said = [cue["start"] for cue in night.data["cues"] if cue.get("text") and cue["kind"] != "chapter"]

    def spoil(wave: Wave) -> None:
        wave[said[-2] * 192 :] *= change

    assert "speech at the end" in outside(night.spoilt(tmp_path, spoil))
