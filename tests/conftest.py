"""Fixtures that all tests share: an own cache, an own folder, and routines written on the spot."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.routine.load import Routine, load
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import ClipRef, Script, Spoken

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Write = Callable[..., Path]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

# How long an example takes says more of the machine than of the program. CI tries more of them after the
# default suite: `--hypothesis-profile=thorough`.
settings.register_profile("audioguide", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=200)
settings.load_profile("audioguide")

# Both workers have a core of their own; threads of numpy would wait for one another on it, for minutes.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

# Hundreds of processes start here: each would compile all that it imports, where bytecode is not kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell without job control starts its background with Ctrl-C ignored, and every child would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of tests and their modules: they stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's cache and settings out of the tests, and the tests out of them."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent  # all workers of one run share one cache, which knows lists by all these paths
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(folder / "audioguide-cache"))
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(folder / "no-config"))
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(folder / "no-voices"))
    monkeypatch.setenv("AUDIOGUIDE_RECORDINGS", str(folder / "no-recordings"))
    monkeypatch.delenv("AUDIOGUIDE_ROUTINES", raising=False)
    monkeypatch.delenv("AUDIOGUIDE_ENGINE", raising=False)
    monkeypatch.delenv("AUDIOGUIDE_DEBUG", raising=False)
    # Whether Kokoro is installed here does not matter to tests that do not ask for it.
    monkeypatch.setattr("audioguide.speech.auto.ORDER", ("pack", "pyttsx3"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start a browser without a window for the tests of one module."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a browser on a busy machine takes its time
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--mute-audio", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text to a file of a fresh folder and return its path."""

    def write(text: str, name: str = "routine.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def routine(write: Write) -> Callable[..., Routine]:
    """Load a routine from the text of its steps."""

    def routine(steps: str, head: str = "") -> Routine:
        return load(write(f"title: Test\nsafety: {{notice: none, closing: none}}\n{head}\nsteps:\n{steps}"))

    return routine


@pytest.fixture
def script(routine: Callable[..., Routine]) -> Callable[..., Script]:
    """Compile a routine from the text of its steps."""

    def script(steps: str, head: str = "", **settings: str) -> Script:
        return compile(routine(steps, head), Options(settings=settings))

    return script


def word_lengths(script: Script) -> dict[ClipRef, int]:
    """Return a made-up length for each clip: 83 ticks a word, 401 ticks a sound, tones as they are."""
    return {
        ref: 83 * len(ref.text.split()) if isinstance(ref, Spoken) else getattr(ref, "length", 401)
        for ref in script.clips
    }


def laid_out(script: Script) -> Timeline:
    """Lay a script out with made-up lengths."""
    return lay_out(script, word_lengths(script))
