"""Killed at any moment: each file is the old one or the new one, whole, and the next run just works."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from audioguide.storage.cache import Cache, key_of
from tests.faults.tally import tally
from tests.slow import first

POINTS = ("before fsync", "after fsync", "before replace", "after replace", "before unlink")
VICTIM = Path(__file__).parent / "victim.py"
STEPS = """
settings:
  hold: {default: 5s, min: 1s, max: 60s}
steps:
  - say: Lie down.
  - hold: $hold
    chime: none
"""
Files = dict[str, bytes]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


class Bench:
    """A routine with two versions of its files: those that are there, and those of the run that is killed."""

    def __init__(
        self, folder: Path, routine: Path, victim: subprocess.Popen[str], command: Sequence[str] = ("render",)
    ) -> None:
        self.folder, self.routine, self.out, self.victim = folder, routine, folder / "out", victim
        self.command, self.cache = command, folder / "cache"
        self.versions = {hold: self.whole(hold) for hold in ("7s", "5s")}
        self.there, self.next = "5s", "7s"
        began = time.monotonic()
        self.whole(self.there)
        self.lasts = time.monotonic() - began

    def run(self, hold: str, **fate: Any) -> int:
        """Run the command, and return the exit code; below 0 for the signal that ended it."""
        return self.call([*self.command, str(self.routine), "--hold", hold, "-o", str(self.out)], **fate)

    def call(self, arguments: list[str], **fate: Any) -> int:
        """Run any command line."""
        assert self.victim.stdin
        assert self.victim.stdout
        job = {"arguments": arguments, "cache": str(self.cache), **fate}
        print(json.dumps(job), file=self.victim.stdin, flush=True)
        return int(self.victim.stdout.readline())

    def whole(self, hold: str) -> Files:
        assert self.run(hold) == 0
        return self.files()

    def files(self) -> Files:
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.suffix != ".part"}

    def forget(self) -> None:
        """Empty the cache, so that the next run writes to it."""
        rmtree(self.cache, ignore_errors=True)

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


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    folder = tmp_path_factory.mktemp("victim")
    environment = os.environ | {
        "TMPDIR": str(folder), "AUDIOGUIDE_ENGINE": "tone",
        "PYTHONPATH": str(VICTIM.parents[2]),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, str(VICTIM)], env=environment, cwd=folder, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as victim:  # fmt: skip
        yield victim
        victim.kill()


@pytest.fixture(scope="module", params=[("render",)], ids=" ".join)
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, victim: subprocess.Popen[str]
) -> Bench:
    folder = tmp_path_factory.mktemp("bench")
    routine = folder / "crash.yaml"
    routine.write_text(f"title: Crash\nsafety: {{notice: none, closing: none}}{STEPS}", encoding="utf-8")
    return Bench(folder, routine, victim, request.param)


@pytest.mark.slow
@pytest.mark.parametrize("point", first(1, POINTS))
def test_killed_at_a_named_point(bench: Bench, point: str) -> None:
    died = 0
    for number in (1, 2, 4, 7):
        bench.forget()
        died += bench.killed((point, number), point=point, number=number)
    assert died


def killed_at_random(bench: Bench, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    killed, latest = 0, bench.lasts * 1.5
    for number in range(kills):
        if chance.random() < 0.5:
            bench.forget()
        killed += bench.killed(f"seed {seed}, kill {number}", delay=latest * chance.random())
        if not killed:  # the run that was timed took longer, beside other work
            latest /= 2
    assert killed, f"none of {kills} runs was killed in time; seed {seed}"
    tally("kills", killed, runs=kills)


OTHERS = [("plan", "--sessions", "2"), ("export", "--estimate")]


@pytest.mark.slow
@pytest.mark.parametrize("bench", OTHERS, indirect=True, ids=" ".join)
def test_plan_and_export_killed_at_any_moment(bench: Bench) -> None:
    killed_at_random(bench, 4, seed=random.SystemRandom().randrange(10**6))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("bench", OTHERS, indirect=True, ids=" ".join)
def test_plan_and_export_killed_many_times(bench: Bench) -> None:
    killed_at_random(bench, 50, seed=random.SystemRandom().randrange(10**6))


def tidied(bench: Bench, kills: int) -> None:
    """Kill what tidies the cache, and see that renders go on as if nothing had been."""
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    killed = 0
    cache = Cache(bench.cache)
    for number in range(kills):
        for each in range(60):
            cache.put(key_of("other", number, each), bytes(2_000))
        command = chance.choice([["cache", "prune", "--limit", "0"], ["cache", "clear"]])
        fate: dict[str, Any] = {"delay": chance.random() * bench.lasts / 2}
        if number % 2:
            fate = {"point": f"{chance.choice(['before', 'after'])} unlink", "number": chance.randint(1, 50)}
        killed += bench.call(command, **fate) == -signal.SIGKILL
        assert bench.whole(bench.there) == bench.versions[bench.there], f"seed {seed}, kill {number}"
    assert killed, seed
    tally("kills", killed, runs=kills)


@pytest.mark.slow
def test_tidying_the_cache_killed_at_any_moment(bench: Bench) -> None:
    tidied(bench, 8)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_tidying_the_cache_killed_many_times(bench: Bench) -> None:
    tidied(bench, 50)


@pytest.mark.slow
@pytest.mark.parametrize("part", first(1, range(3)))
def test_killed_at_any_moment(bench: Bench, part: int) -> None:
    killed_at_random(bench, 10, seed=random.SystemRandom().randrange(10**6) * 10 + part)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(10))
def test_killed_at_any_moment_many_times(bench: Bench, part: int) -> None:
    killed_at_random(bench, 30, seed=random.SystemRandom().randrange(10**6) * 10 + part)
