"""Asked to end at any moment: in a second, with its own exit code, no child and no temporary file left."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.conftest import Write
from tests.faults.tally import tally
from tests.tables import every

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found through /proc")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
MOST_SECONDS = 1.0  # where the machine does nothing else
HEAD = "title: Long\nsafety: {notice: none, closing: none}\n"
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
        ["render", str(routine.with_name("breath.yaml")), "-o", "out", "--engine", "tone"],
        ["serve", "--port", "0"],
    ]


@pytest.fixture
def routine(write: Write) -> Path:
    write(f"{HEAD}steps:\n  - breathe: {{in: 4s, out: 6s, cycles: 400}}\n", "breath.yaml")
    return write(f"{HEAD}steps:\n{STEPS}", "long.yaml")


def signalled(count: int, routine: Path) -> list[float]:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    took = []
    for number in range(count):
        command = commands(routine)[number % 6]
        which = (signal.SIGINT, signal.SIGTERM)[number // 6 % 2]
        delay = chance.random() * (1.0 if number % 3 else 3.0)
        took.append(ended(command, routine.parent, which, delay, f"seed {seed}-{number}"))
    return sorted(took)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(4))
def test_many_requests_to_end(routine: Path, part: int) -> None:
    del part
    took = signalled(12, routine)
    allowed = slowest_allowed()
    assert took[-1] <= allowed, took
    tally("requests to end", 12, slowest=took[-1], load=allowed / MOST_SECONDS)


def slowest_allowed() -> float:
    """Return a second, or more where others want the cores."""
    return MOST_SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.slow
def test_an_hour_of_breathing_is_not_encoded_to_its_end(routine: Path) -> None:
    command = ["render", "breath.yaml", "-o", "out", "--engine", "tone"]
    assert ended(command, routine.parent, signal.SIGTERM, 1.5, "breath") < slowest_allowed()


@pytest.mark.slow
@pytest.mark.parametrize("number", CODES)
def test_a_server_waits_neither_for_listeners_nor_for_what_is_being_made(
    routine: Path, number: signal.Signals
) -> None:
    environment = os.environ | {
        "AUDIOGUIDE_CONFIG_DIR": str(routine.parent / "config"), "TMPDIR": str(routine.parent),
        "AUDIOGUIDE_CACHE_DIR": str(routine.parent / "cold"), "AUDIOGUIDE_ROUTINES": str(routine.parent),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "audioguide", "serve", "--port", "0", "--engine", "tone"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    ) as process, ExitStack() as listeners:  # fmt: skip
        assert process.stdout
        port = 0
        for line in process.stdout:
            port = port or int((re.findall(r":(\d+)/", line) or [0])[0])
            if "Ctrl-C" in line:
                break
        for name in ("breath", "breath", "long", "long"):
            address = ("127.0.0.1", port)
            listener = listeners.enter_context(closing(socket.create_connection(address, timeout=30)))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            listener.sendall(f"GET /audio/{name}.mp3 HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert listener.recv(12) == b"HTTP/1.1 200"
        began = time.monotonic()
        process.send_signal(number)
        said = process.stdout.read()
        process.wait(30)
        took = time.monotonic() - began
    assert process.returncode == (0 if number is signal.SIGINT else CODES[number])
    assert took < slowest_allowed()
    assert said == ("stopped\n" if number is signal.SIGINT else "audioguide: interrupted\n")


@pytest.mark.slow
@pytest.mark.parametrize("number", CODES)
def test_an_end_is_heard_while_the_libraries_load(tmp_path: Path, number: signal.Signals) -> None:
    # typer's own answer to an end would hide which it was, and Python's is a traceback.
    program = """
import os, signal, sys
class Ending:
    def find_spec(self, name, path=None, target=None):
        if name == LATE:
            os.kill(os.getpid(), signal.SIGNAL)
sys.meta_path.insert(0, Ending())
sys.argv[1:] = ["list"]
from audioguide.cli import main
main()
"""
    for late in ("typer", "typer._click.parser", "audioguide.cli.commands.list"):
        text = program.replace("SIGNAL", number.name).replace("LATE", repr(late))
        ran = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (CODES[number], "audioguide: interrupted\n"), late


LOST = """
import os, signal, sys, threading, time
start = threading.Thread.start
threading.Thread.start = lambda thread: (start(thread), time.sleep(STARTED))
from audioguide.cli.signals import end_tidily
from audioguide.cli.failures import exit_codes
end_tidily()
class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGNAL)
        for _ in range(1000):
            pass
with exit_codes():
    Dying()
    for _ in range(500):
        time.sleep(0.01)
    sys.exit("it was not heard")
"""


@pytest.mark.slow
# On a busy machine a thread may take longer to start than it then waits.
@every("started", ["0", "0.2"])
@every("number", CODES)
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
