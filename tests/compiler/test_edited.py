"""A timed script that somebody has edited: what is read, what moves, and what cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler import edited
from audioguide.compiler.edited import read_script
from audioguide.errors import RoutineError
from audioguide.reading.marks import mark
from tests.tables import every

HOLD = {"kind": "hold", "start": 0, "length": 5000}
Read = Callable[..., Any]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_cues(*cues: dict[str, Any], **more: Any) -> Any:
        data = {
            "format": "audioguide.script/1", "title": "T", "tick_ms": 4, "sample_rate": 48000, "length": 5000,
            "cues": list(cues), **more,
        }  # fmt: skip
        path = tmp_path / "mine.script.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return read_script(path)

    return read_cues


@every(
    ("cue", "said"),
    [
        ({"kind": "say", "start": 0, "length": 0}, "a cue of kind say has a text"),
        ({"kind": "chime", "start": 0, "length": 0}, "a cue of kind chime has a sound"),
        ({"kind": "mark", "start": 0, "length": 0}, "a cue of kind mark has a text or a sound"),
        ({"kind": "hold", "start": 0, "length": 0}, "a cue of kind hold has a length"),
        ({"kind": "breath", "start": 0, "length": 0}, "a cue of kind breath has a length"),
        ({"kind": "say", "text": "A", "start": 0, "length": 9, "exact": True}, "is never `exact`"),
        ({"kind": "chime", "sound": "gonng", "start": 0, "length": 9}, "gonng"),
        ("no mapping", "cues[0]: expected a mapping"),
        ({"kind": "mark", "text": "A", "start": 0, "length": 0}, "but there is no hold before it"),
    ],
)
def test_a_cue_that_cannot_be_heard_is_named(read: Read, cue: Any, said: str) -> None:
    with pytest.raises(RoutineError) as caught:
        read(cue)
    assert said in str(caught.value)


def test_a_mark_further_from_the_end_than_the_hold_is_long_is_refused(read: Read) -> None:
    mark = {"kind": "mark", "text": "A", "start": 0, "length": 0, "from_end": 7500}
    with pytest.raises(RoutineError, match="30 s before the end of a hold of 20 s: use a longer"):
        read(HOLD, mark)


@every(
    ("more", "said"),
    [
        ({"bed": "rane"}, "no bed is called 'rane'"),
        ({"say_as": {"123": "x"}}, "say_as: "),
        ({"tick_ms": 5}, "tick_ms: "),
    ],
)
def test_what_the_head_of_a_script_says_is_checked(read: Read, more: dict[str, Any], said: str) -> None:
    with pytest.raises(RoutineError) as caught:
        read(HOLD, **more)
    assert said in str(caught.value)


@every(
    ("text", "said"),
    [
        ("{", "not valid JSON: Expecting property name"),
        ("", "not valid JSON: Expecting value"),
        ("[" * 100_000, "is not a timed script"),
    ],
)
def test_what_is_not_json_is_refused_in_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.script.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        read_script(path)
    assert said in str(caught.value)


def test_a_script_without_end_is_refused_and_faults_without_end_are_counted(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edited, "MOST_CUES", 130)
    with pytest.raises(RoutineError, match="more than 130 cues"):
        read(*[HOLD] * 131)
    with pytest.raises(RoutineError) as caught:
        read(*[{**HOLD, "length": -1}] * 130)
    assert len(caught.value.faults) == edited.MOST_FAULTS + 1
    assert "and 30 more" in str(caught.value)
    monkeypatch.setattr(edited, "LONGEST_SHOWN", 1)
    with pytest.raises(RoutineError, match=r"cues\[0\]\.length: "):  # without its line
        read({**HOLD, "length": -1})


def inside_a_hold(*after: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        HOLD,
        {"kind": "mark", "text": "Half.", "start": 100, "length": 0, "halfway": True},
        {"kind": "chime", "sound": "bowl", "start": 5000, "length": 750, "from_end": 0},
        *after,
    ]


def test_a_mark_that_was_moved_stays_where_its_key_says(read: Read) -> None:
    script = read(*inside_a_hold({"kind": "say", "text": "A", "start": 5000, "length": 250}))
    assert [cue.offset for cue in script.cues] == [None, 2500, 5000, None]
    assert "its `halfway` decides, so it is at 00:10.000" in " ".join(script.notes)


def test_a_longer_hold_moves_what_comes_after_it_and_says_so(read: Read) -> None:
    said = " ".join(read(*inside_a_hold({"kind": "say", "text": "A", "start": 4000, "length": 250})).notes)
    assert "the hold before cues[3] lasts 20 s now" in said
    assert "lengths decide, so it moves" in said
    assert "halfway" not in said


def test_a_chapter_changes_the_scene_and_a_cue_may_have_a_voice_of_its_own(read: Read) -> None:
    other = {"name": "de", "role": "guide"}
    script = read(
        {"kind": "chapter", "text": "Rest", "start": 0, "length": 0, "bed": "rain", "bed_volume": -3.0},
        {"kind": "say", "text": "A", "start": 0, "length": 250, "voice": other},
        {"kind": "chapter", "text": "Silence", "start": 250, "length": 0, "bed": "none"},
        {"kind": "chapter", "text": "On", "start": 250, "length": 0},
    )
    rain, said, silence, on = script.cues
    assert (rain.scene.bed, rain.scene.bed_volume, silence.scene.bed, on.scene) == ("rain", -3.0, None, None)
    assert (said.voice.name, said.voice.role) == ("de", "guide")


def test_a_breath_tone_is_as_long_as_its_breath(read: Read) -> None:
    script = read({"kind": "chime", "sound": "breath-in", "start": 0, "length": 1000})
    tone = script.cues[0].tone
    assert (tone.phase, tone.length, script.cues[0].sound) == ("in", 1000, None)


def test_words_of_an_edited_text_are_what_is_heard(read: Read) -> None:
    said = {"kind": "say", "start": 0, "length": 250, "spoken": mark("savasana", "shah")}
    kept, changed = (read({**said, "text": text}).cues[0] for text in ("savasana", "Rest now."))
    assert (kept.spoken, changed.spoken) == (mark("savasana", "shah"), None)
