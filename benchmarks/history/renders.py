"""From a routine to an MP3: with an empty cache, with another hold, and to a wanted length."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import audioguide as ag

ROUTINE, HOLD, OTHER_HOLD = "lower-back", "20s", "25s"
EXERCISE = "knee-to-chest"


class Scripts:
    """What needs no voice."""

    def setup(self) -> None:
        """Load a routine."""
        self.routine = ag.load(ROUTINE)

    def time_load(self) -> None:
        """Read and check a session with all that it includes."""
        ag.load(ROUTINE)

    def time_compile(self) -> None:
        """Make its script, laid out in time."""
        ag.timeline(ag.compile(self.routine))

    def time_fit(self) -> None:
        """Bring it to a length."""
        ag.fit(self.routine, "18m")


class Renders:
    """Whole files, in the voice of the pack; each sample has a folder of its own."""

    number = 1  # the second render in one folder would find what the first has made

    def setup(self) -> None:
        """Start with an empty cache, and one that a first render has filled."""
        self.folder = tempfile.TemporaryDirectory(prefix="audioguide-history-")
        self.out = Path(self.folder.name, "out")
        self.routine = ag.load(EXERCISE)
        self._use("filled")
        self._render(HOLD)

    def teardown(self) -> None:
        """Remove both."""
        os.environ.pop("AUDIOGUIDE_CACHE_DIR", None)
        self.folder.cleanup()

    def time_first_render(self) -> None:
        """Render with an empty cache."""
        self._use("empty")
        self._render(HOLD)

    def time_another_hold(self) -> None:
        """Render again with another hold, which encodes a chime or two."""
        self._use("filled")
        self._render(OTHER_HOLD)

    def peakmem_first_render(self) -> None:
        """Measure the memory of the first render."""
        self._use("empty")
        self._render(HOLD)

    def _use(self, cache: str) -> None:
        os.environ["AUDIOGUIDE_CACHE_DIR"] = str(Path(self.folder.name, cache))

    def _render(self, hold: str) -> None:
        ag.render(ag.compile(self.routine, ag.Options(settings={"hold": hold})), self.out)


def timeraw_import() -> str:
    """Import what other programs use, in a fresh process."""
    return "import audioguide; audioguide.load"
