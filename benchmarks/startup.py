"""How long whole commands take, beside a bare `import typer`."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from audioguide.routine.library import SHIPPED, SHIPPED_LIBRARY
from benchmarks.case import HERE, HOLD, HOLDS, OTHER_HOLD
from benchmarks.contender import watched
from benchmarks.parts import ROUTINE
from benchmarks.side_by_side import Report

PYTHON, YARDSTICK = "python -c pass", 'python -c "import typer"'
HELP, LIST, SHOW = "audioguide --help", "audioguide list", f"audioguide show {ROUTINE}"
MANY = 1_000
LIST_MANY = f"audioguide list, {MANY:,} routines"
# What bounds `show`: a command that takes an argument, whatever it does with it.
ECHO = "a program of typer that echoes one argument"
RENDER = f"audioguide render, {HOLD} → {OTHER_HOLD}"

_ECHO = """
import typer
app = typer.Typer()
@app.command()
def echo(word: str) -> None:
    typer.echo(word)
app()
"""
_AUDIOGUIDE = (sys.executable, "-m", "audioguide")
COMMANDS: dict[str, tuple[str, ...]] = {
    PYTHON: (sys.executable, "-c", "pass"),
    YARDSTICK: (sys.executable, "-c", "import typer"),
    HELP: (*_AUDIOGUIDE, "--help"),
    LIST: (*_AUDIOGUIDE, "list"),
    LIST_MANY: (*_AUDIOGUIDE, "list"),
    ECHO: (sys.executable, "-c", _ECHO, "word"),
    SHOW: (*_AUDIOGUIDE, "show", ROUTINE),
    RENDER: (*_AUDIOGUIDE, "render", str(HOLDS), "--hold", OTHER_HOLD),
}


def startup(rounds: int, *, report: Report, names: Iterable[str] = tuple(COMMANDS)) -> dict[str, float]:
    """Return the median seconds of each command, run in turn; the first round warms up and is dropped."""
    took: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as folder:
        warm = Path(folder, "warm")
        warm.mkdir()
        if RENDER in took:
            _run((*_AUDIOGUIDE, "render", str(HOLDS), "--hold", HOLD), Path(folder), warm)
        own = {LIST_MANY: _many(Path(folder, "many"))} if LIST_MANY in took else {}
        for name in took.keys() & {LIST, LIST_MANY}:  # a list is kept from call to call
            _run(COMMANDS[name], Path(folder), warm, own.get(name))
        for number in range(rounds + 1):
            for name, some in took.items():
                seconds = _on_copy(COMMANDS[name], Path(folder), warm, own.get(name))
                if number:
                    some.append(seconds)
            report(f"commands, round {number} of {rounds}")
    return {name: statistics.median(some) for name, some in took.items()}


def parts(rounds: int, *, report: Report) -> dict[str, float]:
    """Return the median seconds of each part of `show`, in their order; the first round is dropped."""
    took: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as folder:
        for number in range(rounds + 1):
            command = (sys.executable, "-m", "benchmarks.parts", ROUTINE)
            printed = _output(command, HERE.parent, Path(folder)).splitlines()[-1]
            for name, seconds in json.loads(printed).items() if number else ():
                took.setdefault(name, []).append(seconds)
            report(f"the parts of show, round {number} of {rounds}")
    return {name: statistics.median(some) for name, some in took.items()}


def _many(folder: Path) -> Path:
    """Fill `folder` with as many routines as are missing to a thousand, each with a text of its own."""
    shipped = [SHIPPED / f"{name}.yaml" for name in SHIPPED_LIBRARY.shipped]
    texts = [text for path in shipped if "include" not in (text := path.read_text(encoding="utf-8"))]
    folder.mkdir()
    for number, text in zip(range(MANY - len(shipped)), cycle(texts), strict=False):
        (folder / f"routine-{number}.yaml").write_text(f"{text}\n# {number}\n", encoding="utf-8")
    return folder


def _on_copy(command: tuple[str, ...], folder: Path, warm: Path, own: Path | None) -> float:
    # A copy for each run: the second render would find what the first has put there.
    copy = folder / "copy"
    with suppress(FileNotFoundError):
        shutil.rmtree(copy)
    shutil.copytree(warm, copy)
    return _run(command, folder, copy, own)


def _run(command: tuple[str, ...], folder: Path, cache: Path, own: Path | None = None) -> float:
    with watched() as watch:
        _output(command, folder, cache, own)
    return watch.seconds


def _output(command: tuple[str, ...], folder: Path, cache: Path, own: Path | None = None) -> str:
    environment = os.environ | {"AUDIOGUIDE_CACHE_DIR": str(cache)}
    if own:
        environment["AUDIOGUIDE_ROUTINES"] = str(own)
    # What is installed has its bytecode; without it, each run would compile all of audioguide again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ran = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return ran.stdout.decode()
