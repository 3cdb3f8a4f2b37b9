"""How long whole commands take, beside a bare `import typer`."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from benchmarks.case import HOLD, HOLDS, OTHER_HOLD
from benchmarks.contender import watched
from benchmarks.side_by_side import Tell

YARDSTICK = 'python -c "import typer"'
HELP, LIST, SHOW = "audioguide --help", "audioguide list", "audioguide show knee-to-chest"
# What bounds `show`: a command that takes an argument, whatever it does with it, and a file that is read.
ECHO = "a program of typer that echoes one argument"
READ = "a program that reads the routine knee-to-chest, and does no more"
RENDER = f"audioguide render, {HOLD} → {OTHER_HOLD}"

_ECHO = """
import typer
app = typer.Typer()
@app.command()
def echo(word: str) -> None:
    typer.echo(word)
app()
"""
_READ = """
from audioguide.routine.library import find
from audioguide.routine.load import load
load(find("knee-to-chest"))
"""
_AUDIOGUIDE = (sys.executable, "-m", "audioguide")
COMMANDS: dict[str, tuple[str, ...]] = {
    YARDSTICK: (sys.executable, "-c", "import typer"),
    HELP: (*_AUDIOGUIDE, "--help"),
    LIST: (*_AUDIOGUIDE, "list"),
    ECHO: (sys.executable, "-c", _ECHO, "word"),
    READ: (sys.executable, "-c", _READ),
    SHOW: (*_AUDIOGUIDE, "show", "knee-to-chest"),
    RENDER: (*_AUDIOGUIDE, "render", str(HOLDS), "--hold", OTHER_HOLD),
}


def startup(rounds: int, *, tell: Tell, names: Iterable[str] = tuple(COMMANDS)) -> dict[str, float]:
    """Return the median seconds of each command, run in turn; the first round warms up and is dropped."""
    took: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as folder:
        warm = Path(folder, "warm")
        warm.mkdir()
        if RENDER in took:
            _run((*_AUDIOGUIDE, "render", str(HOLDS), "--hold", HOLD), Path(folder), warm)
        for number in range(rounds + 1):
            for name, some in took.items():
                seconds = _on_copy(COMMANDS[name], Path(folder), warm)
                if number:
                    some.append(seconds)
            tell(f"commands, round {number} of {rounds}")
    return {name: statistics.median(some) for name, some in took.items()}


def _on_copy(command: tuple[str, ...], folder: Path, warm: Path) -> float:
    # A copy for each run: the second render would find what the first has put there.
    copy = folder / "copy"
    with suppress(FileNotFoundError):
        shutil.rmtree(copy)
    shutil.copytree(warm, copy)
    return _run(command, folder, copy)


def _run(command: tuple[str, ...], folder: Path, cache: Path) -> float:
    environment = os.environ | {"AUDIOGUIDE_CACHE_DIR": str(cache)}
    with watched() as watch:
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return watch.seconds
