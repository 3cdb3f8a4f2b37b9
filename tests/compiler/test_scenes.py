"""Beds and profiles that change from chapter to chapter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError
from audioguide.export.script_json import dump
from audioguide.listener.options import Options
from audioguide.routine.load import Routine
from audioguide.script.scenes import scenes_of
from audioguide.script.script import Scene, Script
from tests.tables import every

MakeScript = Callable[..., Script]
MakeRoutine = Callable[..., Routine]
STEPS = """
  - say: Sit down.
  - chapter: Body scan
    bed: rain
    bed_volume: 3
  - hold: 20s
  - chapter: Still quieter
    profile: quiet
  - hold: 20s
  - chapter: Silence
    bed: none
  - hold: 20s
"""
RAIN = Scene(bed="rain", bed_volume=3.0)


def scenes(made: Script) -> list[Scene]:
    return [scene for _, scene in scenes_of(estimated(made))]


def test_what_a_chapter_leaves_open_stays_as_it_is(script: MakeScript) -> None:
    quiet = Scene(bed="rain", bed_volume=3.0, profile="quiet")
    silent = Scene(bed_volume=3.0, profile="quiet")
    assert scenes(script(STEPS)) == [Scene(), RAIN, quiet, silent]


def test_a_scene_begins_with_its_chapter(script: MakeScript) -> None:
    timeline = estimated(script(STEPS))
    chapters = [timed.start for timed in timeline.cues if timed.cue.kind == "chapter"]
    assert [start for start, _ in scenes_of(timeline)] == [0, *chapters]


@every(
    ("asked", "heard"),
    [
        ({"bed": "ocean"}, [Scene(bed="ocean"), Scene(bed="ocean", profile="quiet")]),
        ({"bed": "none"}, [Scene(), Scene(profile="quiet")]),
        ({"profile": "standard"}, [Scene(), RAIN, Scene(bed_volume=3.0)]),
        ({"bed": "none", "profile": "quiet"}, [Scene(profile="quiet")]),
    ],
)
def test_what_the_listener_chooses_holds_for_the_whole_file(
    routine: MakeRoutine, asked: dict[str, Any], heard: list[Scene]
) -> None:
    assert scenes(compile(routine(STEPS, ""), Options(**asked))) == heard


def test_a_chapter_that_is_left_out_changes_what_comes_after_it(routine: MakeRoutine) -> None:
    steps = """
  - chapter: One
    bed: rain
  - hold: 20s
  - chapter: Two
    bed: none
  - hold: 20s
  - chapter: Three
  - hold: 20s
"""
    made = compile(routine(steps, ""), Options(skip=("Two",)))
    assert scenes(made) == [Scene(), Scene(bed="rain"), Scene()]


def test_the_timed_script_keeps_the_scenes(script: MakeScript, tmp_path: Path) -> None:
    timeline = estimated(script(STEPS))
    path = tmp_path / "x.script.json"
    path.write_text(dump(timeline), encoding="utf-8")
    assert scenes_of(estimated(read_script(path))) == scenes_of(timeline)


def test_nothing_comes_after_sleep(script: MakeScript) -> None:
    with pytest.raises(RoutineError, match=r"yaml:\d+:14: .*no other profile can follow it"):
        script(
            """
  - chapter: One
    profile: sleep
  - hold: 20s
  - chapter: Two
    profile: quiet
  - hold: 20s
"""
        )


def test_a_chapter_that_sleeps_ends_without_chimes_and_words(script: MakeScript) -> None:
    made = script("  - hold: 10m\n  - chapter: Sleep\n    profile: sleep\n  - hold: 10m\n")
    chimes = [cue for cue in made.cues if cue.kind == "chime" and cue.step != "opening"]
    assert len(chimes) == 3  # both of the first hold, and the start of the second
    assert made.cues[-1].kind == "gap"


@every(
    ("key", "found"),
    [
        ("bed: rian", "no bed is called 'rian'; did you mean 'rain'"),
        ("bed: gone.wav", "there is no file 'gone.wav'"),
        ("bed_volume: 90", "12"),
        ("profile: loud", "'standard', 'quiet' or 'sleep'"),
        ("beds: rain", "did you mean 'bed'"),
    ],
)
def test_what_is_wrong_is_reported_at_its_line(script: MakeScript, key: str, found: str) -> None:
    with pytest.raises(RoutineError) as caught:
        script(f"  - chapter: One\n    {key}\n  - hold: 20s\n")
    assert found in str(caught.value)
    assert f"\n    {key}" in str(caught.value) or key in str(caught.value)
