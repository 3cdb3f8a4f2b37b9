"""Other voices: for roles, for single steps and for single marks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError
from audioguide.export.script_json import dump
from audioguide.pipeline.voice import phrases_of
from audioguide.script.script import OtherVoice, Script
from tests.conftest import Write
from tests.tables import every

MakeScript = Callable[..., Script]
HEAD = "voice: {name: en-us, rate: 110}\nvoices: {second: {name: en-gb, rate: 160, pitch: 30}}"
STEPS = """
  - say: Stand tall.
  - repeat: 2
    voice: second
    steps:
      - count: [Down, up]
      - say: Now rest.
        voice: {name: de}
      - say: It is me.
        voice: guide
  - hold: 9s
    marks: {halfway: {say: Go on., voice: second}, before_end: {2s: Nearly.}}
  - say: Stand tall.
"""


def asked(made: Script) -> dict[str, tuple[str, int, int]]:
    return {each.text: (each.voice, each.rate, each.pitch) for each in phrases_of(made).values()}


def test_each_step_and_mark_has_its_voice(script: MakeScript) -> None:
    guide, second = ("en-us", 110, 50), ("en-gb", 160, 30)
    assert asked(script(STEPS, HEAD)) == {
        "Stand tall.": guide, "Down": second, "up": second, "Now rest.": ("de", 110, 50),
        "It is me.": guide, "Go on.": second, "Nearly.": guide,
    }  # fmt: skip


COUNTED = """
  - say: Three times.
  - count: [Down, up]
    reps: 3
  - hold: 9s
    marks: {halfway: Go on., countdown: 2}
  - hold: 9s
    voice: guide
    marks: {countdown: 3}
  - hold: 9s
    marks: {countdown: {from: 4, voice: {name: de}}}
"""


def test_a_counter_says_all_numbers_that_are_counted(script: MakeScript) -> None:
    made = script(COUNTED, "voices: {counter: {name: en-gb}}")
    said = [(cue.text, cue.voice.name if cue.voice else None) for cue in made.cues if cue.text]
    assert said == [
        ("Three times.", None), *(("Down", "en-gb"), ("up", "en-gb")) * 3,
        ("Go on.", None), ("Two.", "en-gb"), ("One.", "en-gb"),
        ("Three.", None), ("Two.", None), ("One.", None),
        *((text, "de") for text in ("Four.", "Three.", "Two.", "One.")),
    ]  # fmt: skip


def test_the_counter_of_a_session_counts_in_what_it_includes(script: MakeScript, write: Write) -> None:
    write("title: Inner\nsteps:\n  - hold: 5s\n    marks: {countdown: 2}\n", "inner.yaml")
    made = script("  - include: inner.yaml\n", "voices: {counter: {name: en-gb}}")
    assert {cue.voice.name for cue in made.cues if cue.kind == "mark" and cue.voice} == {"en-gb"}


def test_a_guide_among_the_roles_is_the_main_voice(script: MakeScript) -> None:
    made = script("  - say: Hi.\n", "voices: {guide: {name: en-gb, rate: 90}}")
    assert asked(made) == {"Hi.": ("en-gb", 90, 50)}
    with pytest.raises(RoutineError, match="`guide` is the main voice"):
        script("  - say: Hi.\n", "voice: {name: de}\nvoices: {guide: {name: en-gb, rate: 90}}")


def test_sentences_end_as_in_the_language_of_their_voice(script: MakeScript) -> None:
    made = script("  - say: Das ist z. B. gut. Und jetzt.\n    voice: {name: de}\n")
    assert [cue.text for cue in made.cues if cue.text] == ["Das ist z. B. gut.", "Und jetzt."]


def test_the_timed_script_keeps_the_voices(script: MakeScript, tmp_path: Path) -> None:
    path = tmp_path / "x.script.json"
    path.write_text(dump(estimated(script(STEPS, HEAD))), encoding="utf-8")
    assert path.read_text().count('"voice": {"name": "de"}') == 2
    second = OtherVoice("en-gb", 160, 30, role="second")
    assert {cue.voice for cue in read_script(path).cues} == {None, second, OtherVoice("de")}


@every(
    ("steps", "found"),
    [
        ("  - say: Hi.\n    voice: secnod\n", "no voice is called 'secnod'; did you mean 'second'?"),
        ("  - say: Hi.\n    voice: en-gb\n", "or write {name: en-gb}"),
        ("  - hold: 9s\n    marks: {halfway: {say: Hi., voice: third}}\n", "no voice is called 'third'"),
        ("  - hold: 9s\n    marks: {countdown: {from: 3, voice: x}}\n", "no voice is called 'x'"),
        ("  - hold: 9s\n    marks: {halfway: {chime: bell, voice: second}}\n", "a chime has no voice"),
        ("  - hold: 9s\n    marks: {countdown: {from: 3, chime: tick, voice: second}}\n", "not both"),
        ("  - say: Hi.\n    voice: {rate: 10}\n", "80"),
        ("  - say: Hi.\n    voice: {naem: de}\n", "did you mean 'name'"),
    ],
)
def test_what_is_wrong_is_reported_in_its_place(script: MakeScript, steps: str, found: str) -> None:
    with pytest.raises(RoutineError) as caught:
        script(steps, HEAD)
    assert found in str(caught.value)
    assert "routine.yaml:" in str(caught.value)
