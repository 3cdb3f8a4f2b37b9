"""A file that falls asleep: its words are as loud as they should be, each at its place."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from audioguide.verifier.figures import figures
from audioguide.verifier.measure.decode import DECODED_BLOCK
from audioguide.verifier.measure.meter import Meter
from audioguide.verifier.promise import read_promise
from audioguide.verifier.proof import Proof, prove
from audioguide.verifier.words import spoken
from tests.slow import first
from tests.verifier.takes import Take, Wave, take

pytestmark = pytest.mark.slow

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


@pytest.mark.parametrize("change", first(1, [2.0, 0.5]))
def test_last_words_of_another_level_are_reported(night: Take, tmp_path: Path, change: float) -> None:
    said = [cue["start"] for cue in night.data["cues"] if cue.get("text") and cue["kind"] != "chapter"]

    def spoil(wave: Wave) -> None:
        wave[said[-2] * 192 :] *= change

    assert "speech at the end" in outside(night.spoilt(tmp_path, spoil))


def test_a_night_of_which_no_word_is_heard_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "night.script.json"
    cue = {"kind": "say", "start": 0, "length": 250, "text": "Sleep well."}
    head = {"format": "audioguide.script/1", "length": 300, "profile": "sleep"}
    path.write_text(json.dumps({**head, "cues": [cue]}))
    meter, promise = Meter(), read_promise(path)
    meter.feed(np.zeros(DECODED_BLOCK, dtype=np.float32))
    levels = meter.levels()
    made = figures(levels, promise, spoken(promise, levels))
    assert [figure.name for figure in made if figure.inside is False] == ["speech"]
