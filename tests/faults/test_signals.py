"""Asked to end at any moment: in a second, with its own exit code, no child and no temporary file left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Write
from tests.faults.tally import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found through /proc")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
MOST_SECONDS = 1.0  # where the machine does nothing else
STEPS = "".join(
    f"  - say: This is the phrase of number {number}, which nobody has said yet.\n  - hold: {1 + number}s\n"
    for number in range(60)
)


def alive(folder: Path) -> list[str]:
    """Return the command of each process that was started with `folder` for its temporary files."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={folder}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().decode().replace("\0", " "))
        except OSError:  # ended meanwhile
            continue
    return found


def ended(command: list[str], folder: Path, number: signal.Signals, delay: float, said: str) -> float:
    """Run `command`, ask it to end `delay` seconds after its first word, and look at what is left.

    Returns how long it took in seconds.
    """
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(temporary), "AUDIOGUIDE_CONFIG_DIR": str(folder / "config")}
    environment["AUDIOGUIDE_CACHE_DIR"] = str(folder / f"cache-{said}")
    with subprocess.Popen(
        [sys.executable, "-m", "audioguide", *command], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(delay)
        running = process.poll() is None
        began = time.monotonic()
        process.send_signal(number)
        said = f"{said}: {first}{process.stdout.read()}"
        process.wait(30)
        took = time.monotonic() - began
    if running:
        usual = 0 if "serve" in command and number is signal.SIGINT else CODES[number]
        done = process.returncode == 0 and took < MOST_SECONDS  # it had just finished
        assert process.returncode == usual or done, f"{took:.1f} s: {said}"
    assert "Traceback" not in said
    assert alive(temporary) == [], said
    assert list(temporary.iterdir()) == [], said
    assert [path.name for path in (folder / "out").glob(".*.part")] == [], said
    return took


def commands(routine: Path) -> list[list[str]]:
    return [
        ["render", str(routine), "-o", "out"],
        ["render", str(routine), "-o", "out", "--engine", "tone", "--bed", "ocean"],
        ["plan", "knee-to-chest", "--sessions", "12", "-o", "out"],
        ["render", str(routine), "-o", "out", "--engine", "tone", "--format", "opus"],
        ["serve", "--port", "0"],
    ]


@pytest.fixture
def routine(write: Write) -> Path:
    return write(f"title: Long\nsafety: {{notice: none, closing: none}}\nsteps:\n{STEPS}", "long.yaml")


def signalled(count: int, routine: Path) -> list[float]:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    took = []
    for number in range(count):
        command = commands(routine)[number % 5]
        which = (signal.SIGINT, signal.SIGTERM)[number // 5 % 2]
        delay = chance.random() * (1.0 if number % 3 else 3.0)
        took.append(ended(command, routine.parent, which, delay, f"seed {seed}-{number}"))
    return sorted(took)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(4))
def test_forty_requests_to_end(routine: Path, part: int) -> None:
    del part
    took = signalled(10, routine)
    others = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert took[-1] <= MOST_SECONDS * others, took
    tally("requests to end", 10, slowest=took[-1], load=others)


LOST = """
import os, signal, sys, threading, time
start = threading.Thread.start
threading.Thread.start = lambda thread: (start(thread), time.sleep(STARTED))
from audioguide.cli.failures import end_tidily, reported
end_tidily()
class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGNAL)
        for _ in range(1000):
            pass
with reported():
    Dying()
    for _ in range(500):
        time.sleep(0.01)
    sys.exit("it was not heard")
"""


# On a busy machine a thread may take longer to start than it then waits.
@pytest.mark.parametrize("started", ["0", "0.2"])
@pytest.mark.parametrize("number", CODES)
def test_a_request_that_falls_into_a_finalizer_is_heard_all_the_same(
    number: signal.Signals, started: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOST.replace("SIGNAL", number.name).replace("STARTED", started)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "it was not heard" not in ran.stderr
    assert "audioguide: interrupted" in ran.stderr
    assert "Exception ignored" not in ran.stderr
