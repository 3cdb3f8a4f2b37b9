"""The obvious script, in a process of its own: espeak-ng may end the one that it lives in."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.case import HERE, Case, write_items
from benchmarks.contender import Contender, Lap, RivalError, Run, without

PROGRAM = HERE / "obvious_script.py"
TRIES = 3


def obvious(*, chimes: bool) -> Callable[[Case], Run]:
    """Return the script as a contender's `prepare`, with or without the chimes of the holds."""

    def prepare(case: Case) -> Run:
        listed = write_items(case, chimes=chimes)
        return lambda: _lap(listed)

    return prepare


def _lap(listed: Path) -> Lap:
    # Now and then pyttsx3 comes back before its file is there, and the script falls: it gets another try.
    for _ in range(TRIES - 1):
        with suppress(RivalError):
            return _try(listed)
    return _try(listed)


def _try(listed: Path) -> Lap:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", str(PROGRAM), str(listed), folder]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode or not Path(folder, "routine.mp3").is_file():
            raise RivalError(f"ended with {ran.returncode}: {ran.stderr[-200:].strip()}")
    return Lap(json.loads(ran.stdout.splitlines()[-1])["seconds"])


_missing = without("imageio_ffmpeg")
CONTENDERS = (
    Contender(
        name="obvious", prepare=obvious(chimes=False), longest=70, missing=_missing,
        what="the obvious script: pyttsx3, pydub `+=`, ffmpeg; no chimes, 22 kHz",
    ),
    Contender(
        # Beyond half an hour it takes minutes, and the script without chimes tells enough.
        name="obvious-chimes", prepare=obvious(chimes=True), longest=30, missing=_missing,
        what="the same script with the chimes, so 48 kHz as here",
    ),
)  # fmt: skip
