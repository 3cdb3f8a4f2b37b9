"""Running the command line inside the test process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from audioguide.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `audioguide` with arguments, in a folder of its own, with the tone in place of the voice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "tone")

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["audioguide", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run
