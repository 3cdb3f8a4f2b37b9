"""Each call of the system fails in its turn: the run ends with an error, or the files are right."""

from __future__ import annotations

import os
import random
from collections import Counter
from functools import cache
from pathlib import Path
from shutil import rmtree

import pytest
import typer

from audioguide.cli.program import program as build
from audioguide.drawing import png
from tests.conftest import Write
from tests.faults.failing import CODES, KINDS, Failing, sample
from tests.faults.tally import tally

SAMPLED = 40
STEPS = """
steps:
  - say: Lie down.
  - chime: tick
"""
Files = dict[str, bytes]


class Runs:
    """One command line again and again, with a cold cache, and what it should write."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder, self.arguments = folder, arguments
        self.cache, self.out = folder / "cache", folder / "out"
        self.command, self.drawn = typer.main.get_command(build()), cache(png.png)
        self.right: Files = {}
        self.calls: Counter[str] = Counter()

    def learn(self) -> None:
        """Run it as it is: what it writes is right, and so many calls may fail."""
        code, self.calls = self.run(Failing())  # the first loads modules
        code, self.calls = self.run(Failing())
        assert code == 0
        self.right = self.files()

    def run(self, failing: Failing) -> tuple[int, Counter[str]]:
        """Run it against `failing`; return its exit code and the calls that it made."""
        for each in (self.cache, self.out):
            rmtree(each, ignore_errors=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AUDIOGUIDE_CACHE_DIR", str(self.cache))
            patch.setenv("AUDIOGUIDE_ENGINE", "tone")
            patch.setattr(
                png, "png", self.drawn
            )  # the cover is the same each time, and takes longer than the rest
            failing.into(patch)
            ended = self.command(self.arguments, standalone_mode=False)
        return int(ended or 0), failing.calls

    def files(self) -> Files:
        return {path.name: path.read_bytes() for path in self.out.rglob("*") if path.is_file()}

    def check(self, kind: str, number: int, code: int, for_ever: bool, said: str) -> None:
        """Let one call fail, and look at what is left."""
        failing = Failing(kind, number, code, for_ever=for_ever)
        ended, _ = self.run(failing)
        left = self.files()
        what = f"{kind} {number}, {os.strerror(code)}{' for ever' if for_ever else ''}: exit {ended}; {said}"
        if ended == 0:
            assert left == self.right, what
        else:
            assert ended in (3, 4, 5), what
        parts = {name for name in left if name.endswith(".part")}
        if kind != "unlink":  # what cannot be removed stays
            assert not parts, what
        assert {
            name: data for name, data in left.items() if self.right.get(name) != data and name not in parts
        } == {}, what


@pytest.fixture
def runs(tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> Runs:
    routine = write(f"title: Faults\nsafety: {{notice: none, closing: none}}{STEPS}", "faults.yaml")
    runs = Runs(tmp_path, "render", str(routine), "-o", str(tmp_path / "out"))
    runs.learn()
    capsys.readouterr()
    return runs


def sweep(runs: Runs, most: int, capsys: pytest.CaptureFixture[str]) -> None:
    seed = random.SystemRandom().randrange(10**6)
    assert all(runs.calls[kind] for kind in KINDS if kind != "start")  # no voice process speaks in tones
    failures = sample(runs.calls, most, random.Random(seed))
    for each in failures:
        runs.check(*each, said=f"seed {seed}")
        assert "Traceback" not in capsys.readouterr().err, (each, seed)
    tally("failing calls", len(failures))


def test_some_calls_fail(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    sweep(runs, SAMPLED, capsys)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_call_fails(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    sweep(runs, 10**9, capsys)


@pytest.mark.parametrize("for_ever", [False, True])
def test_the_process_of_the_voice_does_not_start(
    runs: Runs, capsys: pytest.CaptureFixture[str], for_ever: bool
) -> None:
    runs.arguments = (*runs.arguments, "--engine", "pyttsx3")
    for code in CODES:
        ended, calls = runs.run(Failing("start", 1, code, for_ever=for_ever))
        assert calls["start"] == 2
        if for_ever:
            assert ended == 4
            assert (
                f'steps[0]: could not speak "Lie down.": the voice process cannot start: [Errno {code}]'
                in capsys.readouterr().err
            )
            assert runs.files() == {}
        else:
            assert ended == 0
            assert set(runs.files()) == set(runs.right)
