"""Killed at any moment: each file is the old one or the new one, whole, and the next run just works."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from tests.conftest import Write

POINTS = ("before fsync", "after fsync", "before replace", "after replace", "before unlink")
VICTIM = Path(__file__).parent / "victim.py"
STEPS = """
settings:
  hold: {default: 5s, min: 1s, max: 60s}
steps:
  - say: Lie down on your back. Rest a moment.
  - hold: $hold
  - say: Well done.
"""
Files = dict[str, bytes]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


class Bench:
    """A routine with two versions of its files: those that are there, and those of the run that is killed."""

    def __init__(self, folder: Path, routine: Path, victim: subprocess.Popen[str]) -> None:
        self.folder, self.routine, self.out, self.victim = folder, routine, folder / "out", victim
        self.versions = {hold: self.whole(hold) for hold in ("7s", "5s")}
        self.there, self.next = "5s", "7s"
        began = time.monotonic()
        self.whole(self.there)
        self.lasts = time.monotonic() - began

    def run(self, hold: str, **fate: Any) -> int:
        """Render, and return the exit code; below 0 for the signal that ended it."""
        assert self.victim.stdin
        assert self.victim.stdout
        arguments = ["render", str(self.routine), "--hold", hold, "-o", str(self.out)]
        print(json.dumps({"arguments": arguments, **fate}), file=self.victim.stdin, flush=True)
        return int(self.victim.stdout.readline())

    def whole(self, hold: str) -> Files:
        assert self.run(hold) == 0
        return self.files()

    def files(self) -> Files:
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.suffix != ".part"}

    def forget(self) -> None:
        """Empty the cache, so that the next run writes to it."""
        rmtree(self.folder / "cache", ignore_errors=True)

    def killed(self, seed: object, **fate: Any) -> bool:
        """Kill the run for the other version, check what it left, and that the next one just works."""
        killed = self.run(self.next, **fate) == -signal.SIGKILL
        left, old, new = self.files(), self.versions[self.there], self.versions[self.next]
        assert set(left) == set(old), seed
        for name, data in left.items():
            assert data in (old[name], new[name]), f"{name} is neither old nor new; {seed}"
        assert self.whole(self.next) == new, seed
        self.there, self.next = self.next, self.there
        return killed


@pytest.fixture
def bench(tmp_path: Path, write: Write) -> Iterator[Bench]:
    environment = os.environ | {
        "AUDIOGUIDE_CACHE_DIR": str(tmp_path / "cache"), "TMPDIR": str(tmp_path), "AUDIOGUIDE_ENGINE": "tone",
    }  # fmt: skip
    routine = write(f"title: Crash\nsafety: {{notice: none, closing: none}}{STEPS}", "crash.yaml")
    with subprocess.Popen(
        [sys.executable, str(VICTIM)], env=environment | {"PYTHONPATH": str(VICTIM.parents[2])},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as victim:  # fmt: skip
        yield Bench(tmp_path, routine, victim)
        victim.kill()


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_named_point(bench: Bench, point: str) -> None:
    died = 0
    for number in (1, 2, 4, 7):
        bench.forget()
        died += bench.killed((point, number), point=point, number=number)
    assert died


def killed_at_random(bench: Bench, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    killed = 0
    for number in range(kills):
        if chance.random() < 0.5:
            bench.forget()
        killed += bench.killed(f"seed {seed}, kill {number}", delay=bench.lasts * 1.5 * chance.random())
    assert killed, f"none of {kills} runs was killed in time; seed {seed}"


@pytest.mark.parametrize("part", range(3))
def test_killed_at_any_moment(bench: Bench, part: int) -> None:
    killed_at_random(bench, 10, seed=random.SystemRandom().randrange(10**6) * 10 + part)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(10))
def test_killed_at_any_moment_many_times(bench: Bench, part: int) -> None:
    killed_at_random(bench, 30, seed=random.SystemRandom().randrange(10**6) * 10 + part)
