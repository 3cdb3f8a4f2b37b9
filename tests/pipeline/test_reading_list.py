from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audioguide.pipeline.reading_list import reading_list
from audioguide.script.script import Script
from audioguide.speech.recorded import RecordedEngine


def test_each_phrase_comes_once_in_order_whatever_routine_says_it(
    script: Callable[..., Script], tmp_path: Path
) -> None:
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "Let go.wav").touch()
    first = script("  - say: Lift your arm. Let go.\n  - repeat: 2\n    steps: [{say: Let go}]")
    second = script("  - say: Close your eyes. LET GO!\n  - hold: 3s")
    lines = reading_list([first, second], RecordedEngine(tmp_path), "anna")
    assert [(line.number, line.text, line.file) for line in lines] == [
        (1, "Lift your arm.", "lift-your-arm.wav"),
        (2, "Let go.", "let-go.wav"),
        (3, "Close your eyes.", "close-your-eyes.wav"),
    ]
    assert [line.take for line in lines] == [None, tmp_path / "anna" / "Let go.wav", None]
