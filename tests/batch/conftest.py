"""Small batches in a folder of their own, with the tone in place of the voice, made in this process."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from audioguide.batch.crew import ExecutorCrew, WorkerCrew
from audioguide.batch.prepare import BatchRequest, prepared
from audioguide.batch.run import Batch, BatchRun, Summary
from audioguide.listener.listener import this_listener
from audioguide.listener.options import Options
from audioguide.pipeline.output import Output

ROUTINE = """
title: Short
safety: {notice: none, closing: none}
settings:
  hold: {default: 2s, min: 1s, max: 9s}
  reps: {default: 1, min: 1, max: 5}
steps:
  - say: Rest your hands.
  - hold: $hold
  - repeat: $reps
    steps:
      - say: Once more.
      - hold: 1s
"""
OTHER = """
title: Other
safety: {notice: none, closing: none}
settings:
  rest: {default: 2s, min: 1s, max: 9s}
steps:
  - say: Sit still.
  - hold: $rest
"""


@dataclass
class Studio:
    """A folder with two routines, `short` and `other`, and a table of clients."""

    folder: Path

    def table(self, text: str, name: str = "clients.csv", encoding: str = "utf-8") -> Path:
        """Write a table."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def batch(
        self, table: Path, *, out: str = "", output: Output | None = None, below: Options | None = None
    ) -> Batch:
        """Read and check a table."""
        wanted = BatchRequest(
            table=table, out=out or str(self.folder / "out"), output=output or Output(),
            below=below or Options(),
        )  # fmt: skip
        return prepared(wanted, this_listener())

    def run(self, batch: Batch, *, stop: Event | None = None, only_failed: bool = False) -> Summary:
        """Make it in one thread of this process."""
        crew = thread_crew()
        try:
            return BatchRun(batch, crew, stop=stop).run(only_failed=only_failed)
        finally:
            crew.close()

    def rows(self, header: str, *rows: str) -> Path:
        """Write a table of those lines."""
        return self.table("\n".join([header, *rows]) + "\n")

    def files(self, suffix: str = ".mp3", out: str = "out") -> Sequence[str]:
        """Return the files below the target that end so."""
        root = self.folder / out
        return sorted(path.relative_to(root).as_posix() for path in root.rglob(f"*{suffix}"))


def thread_crew(workers: int = 1) -> WorkerCrew:
    """Return threads of this process as workers: any executor will do."""
    return ExecutorCrew(lambda: ThreadPoolExecutor(workers), workers)


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """Make a studio with two routines."""
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "tone")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")
    return Studio(tmp_path)
