"""All exercises of a text as one routine that passes the checks, each assumption above its step."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.draft.draft import drafts_of
from audioguide.draft.readers.find import read
from audioguide.draft.together import together
from audioguide.lint.table import lint
from audioguide.routine.load import Routine, load_text

TEXT = """\
Exercises for the hips

1. Knee to chest
Lie on your back with your knees bent. Pull one knee towards your chest. Hold for 20 seconds.
Repeat with the other leg.

2. Calf stretch
Stand facing a wall. Step back with your right foot and press the heel down. Hold.
"""


def drafted(text: str) -> tuple[str, Routine]:
    written = together(drafts_of(read(text.encode(), "a text")), "a text", "Hips: both")
    return written, load_text(written, Path("hips.yaml"))


def test_each_exercise_is_a_chapter_with_settings_of_its_own() -> None:
    written, routine = drafted(TEXT)
    assert routine.document.title == "Hips: both"
    assert "hold_2" in routine.document.settings
    assert written.count("- chapter:") == 2
    assert "- hold: $hold\n" in written
    assert "- hold: $hold_2\n" in written
    assert [each.rule for each in lint(routine, compile(routine)) if each.level == "error"] == []


def test_an_assumption_stands_above_the_step_that_it_is_about() -> None:
    lines = drafted(TEXT)[0].splitlines()
    at = next(number for number, line in enumerate(lines) if "# Assumed: hold" in line)
    assert "From line 8: " in lines[at]
    after = next(line for line in lines[at:] if "#" not in line)
    assert after.strip() == "- hold: $hold_2"


def test_one_exercise_has_no_chapters_and_no_rest() -> None:
    written, routine = drafted(TEXT.partition("2. Calf")[0])
    assert "chapter" not in written
    assert "rest" not in routine.document.settings


BREATHS = """\
1. Slow breathing
Sit on a chair. Breathe in for 4 seconds. Hold for 4 seconds. Breathe out for 4 seconds. Repeat 5 times.

2. Longer out
Sit on a chair. Breathe in for 4 seconds, and breathe out for 6 seconds.
"""


def test_each_counted_breath_has_settings_of_its_own() -> None:
    written, routine = drafted(BREATHS)
    assert "cycles: $reps," in written
    assert "cycles: $reps_2," in written
    assert routine.document.safety.notice == "breathing"
    lines = written.splitlines()
    at = next(number for number, line in enumerate(lines) if "# Assumed: reps" in line)
    assert "breathe:" in next(line for line in lines[at:] if "#" not in line)
    assert [each.rule for each in lint(routine, compile(routine)) if each.level == "error"] == []
