"""Other voices for roles and for single steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError
from audioguide.export.script_json import dump
from audioguide.pipeline.render import render
from audioguide.pipeline.voice import phrases_of
from audioguide.script.script import OtherVoice, Script
from audioguide.storage.cache import Cache
from audioguide.verifier.proof import prove

MakeScript = Callable[..., Script]
HEAD = "voice: {name: en-us, rate: 110}\nvoices: {counter: {name: en-gb, rate: 160, pitch: 30}}"
STEPS = """
  - say: Stand tall.
  - repeat: 2
    voice: counter
    steps:
      - count: [Down, up]
      - say: Now rest.
        voice: {name: de}
  - hold: 4s
    voice: counter
    marks: {halfway: Go on.}
  - say: Stand tall.
"""


def test_each_step_has_its_voice(script: MakeScript) -> None:
    made = script(STEPS, HEAD)
    asked = {phrase.text: (phrase.voice, phrase.rate, phrase.pitch) for phrase in phrases_of(made).values()}
    assert asked == {
        "Stand tall.": ("en-us", 110, 50), "Down": ("en-gb", 160, 30), "up": ("en-gb", 160, 30),
        "Now rest.": ("de", 110, 50), "Go on.": ("en-gb", 160, 30),
    }  # fmt: skip


def test_the_timed_script_keeps_the_voices(script: MakeScript, tmp_path: Path) -> None:
    path = tmp_path / "x.script.json"
    path.write_text(dump(estimated(script(STEPS, HEAD))), encoding="utf-8")
    assert path.read_text().count('"voice": {"name": "de"}') == 2
    voices = {cue.voice for cue in read_script(path).cues}
    assert voices == {None, OtherVoice("en-gb", 160, 30), OtherVoice("de")}


def test_two_voices_are_heard_in_one_file(script: MakeScript, tmp_path: Path) -> None:
    made = render(script(STEPS, HEAD), tmp_path, cache=Cache(tmp_path / "cache"))
    proof = prove(made.mp3, made.script)
    assert proof.stands(), proof.faults


@pytest.mark.parametrize("voice", ["countre", "en-gb"])
def test_an_unknown_role_is_refused(script: MakeScript, voice: str) -> None:
    with pytest.raises(RoutineError, match=f"no voice is called '{voice}'"):
        script(f"  - say: Hi.\n    voice: {voice}\n", HEAD)
