"""Running the command line inside the test process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from audioguide.cli import app as command_line
from audioguide.cli import main
from audioguide.cli.program import program

# typer builds commands again for each call; a process of its own makes one call, a test many.
COMMANDS = typer.main.get_command(program())


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
    monkeypatch.setattr(command_line, "program", lambda _arguments: COMMANDS)

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["audioguide", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run
