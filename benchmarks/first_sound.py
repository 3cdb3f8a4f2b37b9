"""How long it takes from pressing play to the first sound, with nothing spoken: in Chromium, by Kokoro.

    python -m benchmarks.first_sound                     # opens the page, presses play at once
    python -m benchmarks.first_sound --after 5           # ... five seconds after it was opened
    python -m benchmarks.first_sound --runs 5 --voice af_heart

Each run has a server, a cache and a routine of its own, whose words are not in the voice pack. It prints the
seconds by the clock, and those of a core that the server and its voice needed in that time: on a machine that
is busy with other things, only these say how long it would take on one that is not. It needs playwright, a
Chromium on the PATH, and the extra `natural`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROUTINE = """
title: Words of your own
summary: A routine that no voice has spoken.
steps:
  - say: Lie down on the big green rug, and settle in.
  - hold: 10s
  - say: Bring your knee as near as Aunt Matilda would.
  - hold: 10s
  - say: Stretch like the neighbour's cat on a Sunday.
  - hold: 10s
  - say: Thank the rug, and get up.
"""
LONGEST_S = 120.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was measured."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(
        "benchmarks.first_sound", description="Time from play to the first sound."
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--after", type=float, default=0.0, metavar="SECONDS", help="look at the page before")
    parser.add_argument("--voice", default="en-us")
    chosen = parser.parse_args(arguments)
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=browser,
            args=["--no-sandbox", "--mute-audio", "--disable-dev-shm-usage"],
        )
        found = [_run(chromium, chosen.after, chosen.voice) for _ in range(chosen.runs)]
    for wall, cpu in found:
        print(f"{wall:.2f} s by the clock, {cpu:.2f} s of a core")
    walls, cores = (statistics.median(each) for each in zip(*found, strict=True))
    print(f"median: {walls:.2f} s by the clock, {cores:.2f} s of a core")
    return 0


def _run(chromium: Browser, after: float, voice: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="audioguide-benchmark-") as name:
        folder = Path(name)
        (folder / "own").mkdir()
        (folder / "own" / "rug.yaml").write_text(ROUTINE, encoding="utf-8")
        with _serving(folder, voice) as (server, at):
            page = chromium.new_page(base_url=at)
            page.set_default_timeout(LONGEST_S * 1000)
            page.goto("/routine/rug")
            button = page.get_by_role("button", name="Play", exact=True)
            button.wait_for()
            time.sleep(after)
            began, worked = time.monotonic(), _worked(server.pid)
            button.click()
            while page.evaluate("document.getElementById('audio').currentTime") <= 0:
                if time.monotonic() - began > LONGEST_S:
                    raise TimeoutError("no sound")
                page.wait_for_timeout(10)
            result = time.monotonic() - began, _worked(server.pid) - worked
            page.close()
            return result


@contextmanager
def _serving(folder: Path, voice: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server whose folders are in `folder`; yield it and where it is."""
    places = {"CONFIG": "config", "CACHE": "cache"}
    environment = os.environ | {f"AUDIOGUIDE_{key}_DIR": str(folder / place) for key, place in places.items()}
    environment |= {"AUDIOGUIDE_ROUTINES": str(folder / "own"), "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [
        sys.executable,
        "-m",
        "audioguide",
        "serve",
        "--engine",
        "kokoro",
        "--voice",
        voice,
        "--port",
        "0",
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        said = ""
        for line in server.stdout or ():
            said += line
            if "Ctrl-C" in line:
                break
        link = next(line.strip() for line in said.splitlines() if "http://" in line)
        yield server, link.partition("/?")[0]
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()


def _worked(server: int) -> float:
    """Return the seconds of a core that a process and its children have worked; Linux only."""
    clock = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, values = int(stat.parent.name), stat.read_text(encoding="ascii", errors="replace")
        except OSError:  # it has ended
            continue
        fields = values.rpartition(")")[2].split()
        if pid == server or int(fields[1]) == server:
            total += (int(fields[11]) + int(fields[12])) / clock
    return total


if __name__ == "__main__":
    sys.exit(main())
