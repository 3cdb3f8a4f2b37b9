"""A shell script of espeak-ng, sox and lame, where the system has them."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.case import Case, write_items
from benchmarks.contender import Contender, Lap, RivalError, Run, watched

PROGRAMS = ("espeak-ng", "sox", "lame")
JOINED = 100  # files that sox joins at once: it holds all of them open
RATE = 22_050  # of espeak-ng


def shell(case: Case) -> Run:
    """Speak every phrase, make every silence, join, encode; no chimes."""
    listed = json.loads(write_items(case, chimes=False).read_text(encoding="utf-8"))
    script = "set -e\n" + "\n".join(lines(listed)) + "\n"
    return lambda: _lap(script)


def lines(listed: list[list[Any]]) -> Iterator[str]:
    """Yield the lines of the script, which writes routine.mp3 to the current folder."""
    silences: dict[float, str] = {}
    parts: list[str] = []
    for number, (kind, value) in enumerate(listed):
        if kind == "say":
            yield f"espeak-ng -v en-us -s 120 -w {number}.wav {shlex.quote(value)}"
            parts.append(f"{number}.wav")
            continue
        if value not in silences:
            silences[value] = f"silence{number}.wav"
            yield f"sox -n -r {RATE} -c 1 -b 16 {silences[value]} trim 0 {value}"
        parts.append(silences[value])
    joined = [parts[start : start + JOINED] for start in range(0, len(parts), JOINED)]
    for number, some in enumerate(joined):
        yield f"sox {' '.join(some)} joined{number}.wav"
    yield f"sox {' '.join(f'joined{number}.wav' for number in range(len(joined)))} routine.wav"
    yield "lame --quiet -m m -b 96 routine.wav routine.mp3"


def _lap(script: str) -> Lap:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "routine.sh").write_text(script, encoding="utf-8")
        with watched() as watch:
            ran = subprocess.run(
                ["sh", "routine.sh"], cwd=folder, capture_output=True, text=True, check=False
            )
        if ran.returncode or not Path(folder, "routine.mp3").is_file():
            raise RivalError(f"ended with {ran.returncode}: {ran.stderr[-200:].strip()}")
    return Lap(watch.seconds)


def _missing() -> str | None:
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    return f"not installed: {', '.join(absent)}" if absent else None


CONTENDERS = (
    Contender(
        name="shell", prepare=shell, longest=70, missing=_missing,
        what="a shell script: espeak-ng, sox, lame; no chimes, 22 kHz",
    ),
)  # fmt: skip
