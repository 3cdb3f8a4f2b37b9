"""`check --watch`: it checks again when a file, or what it includes, changes."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a child")

LIMIT = 20  # seconds


class Watched:
    """A running `audioguide check --watch`, whose lines are read as they come."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "audioguide", "check", "--watch", *arguments],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self.text = ""

    def wait_for(self, words: str) -> str:
        """Return what was printed up to the line with `words`, and forget it."""
        assert self.process.stdout is not None
        end = time.monotonic() + LIMIT
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while words not in self.text:
                assert selector.select(max(0.0, end - time.monotonic())), f"no {words!r} in {self.text!r}"
                read = os.read(self.process.stdout.fileno(), 65536)
                assert read, f"it ended: {self.text!r}"
                self.text += read.decode()
        before, _, self.text = self.text.partition(words)
        return before

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=LIMIT)
        return self.process.returncode


@pytest.mark.slow
def test_a_change_is_checked_at_once_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    inner = tmp_path / "inner.yaml"
    inner.write_text("title: Inner\nsteps:\n  - say: Lean back.\n    settle: 4s\n", encoding="utf-8")
    (tmp_path / "outer.yaml").write_text("title: Outer\nsteps:\n  - include: inner.yaml\n", encoding="utf-8")
    watched = Watched(tmp_path, "outer.yaml")
    try:
        assert "outer.yaml: fine (Outer)" in watched.wait_for("watching 2 files; Ctrl-C ends\n")
        inner.write_text("title: Inner\nsteps:\n  - say: Look back.\n    settle: 4s\n", encoding="utf-8")
        assert "outer.yaml: 1 warning (Outer)" in watched.wait_for("watching 2 files; Ctrl-C ends\n")
        inner.write_text("title: Inner\nsteps: [{hold: soon}]\n", encoding="utf-8")
        assert "1 fault" in watched.wait_for("watching 2 files; Ctrl-C ends\n")
        inner.unlink()
        assert "there is no file" in watched.wait_for("; Ctrl-C ends\n")
        inner.write_text("title: Inner\nsteps:\n  - gap: 1s\n", encoding="utf-8")
        assert "outer.yaml: fine (Outer)" in watched.wait_for("watching 2 files; Ctrl-C ends\n")
    finally:
        code = watched.stop()
    assert code == 130
