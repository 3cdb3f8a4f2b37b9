"""A server without a socket, that speaks in tones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from audioguide.listener.listener import this_listener
from audioguide.listener.options import Options
from audioguide.web.app import make_app
from audioguide.web.security.access import Tokens
from audioguide.web.security.hosts import Hosts
from audioguide.web.service import Service

PORT = 8765
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
TOKENS = Tokens("page-token-of-128-bits", "feed-token-of-128-bits")
HOSTS = Hosts(
    frozenset({HOST, f"localhost:{PORT}", f"[::1]:{PORT}", f"192.168.7.7:{PORT}", f"laptop.local:{PORT}"})
)

Serve = Callable[..., TestClient]

TEXT = """
title: {title}
summary: {title}
settings:
  hold: {{default: {hold}, min: 4s, max: 30s}}
steps:
  - chapter: One
  - say: Hello there.
  - hold: $hold
  - chapter: Two
  - say: Goodbye.
"""

NAMES = (  # as files may have them; an address has to encode each
    "knees & hips", "über", "a#b", "it's \"so\"", "50%", "what?", "a+b", "v1.2", "x.mp3",
    "éclair 🙂", "a%zz", "[x]", "-",
)  # fmt: skip


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve the page to a client; `lan=True` as in a network, `shown` a token in the cookie."""
    opened: list[TestClient] = []

    def serve(*, lan: bool = False, shown: str | None = None, **how: Any) -> TestClient:
        service = Service(Options(engine="tone"), this_listener().library, TOKENS, lan=lan, warm=False, **how)
        client = TestClient(make_app(service, HOSTS), base_url=ORIGIN, raise_server_exceptions=False)
        if shown:
            client.cookies.set("audioguide", shown)
        opened.append(client.__enter__())
        return opened[-1]

    yield serve
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def page(serve: Serve) -> TestClient:
    """Return a client on the same machine, without the token."""
    return serve()


@pytest.fixture
def change() -> dict[str, str]:
    """Return the headers of a change made by the page."""
    return {"origin": ORIGIN, "x-audioguide": "1", "content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Running:
    """A server of its own, as a user starts it."""

    link: str
    said: str

    @property
    def at(self) -> str:
        """Return scheme, host and port."""
        return self.link.partition("/?")[0]


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Running]:
    """Start `audioguide serve` with tones for words, and end it as Ctrl-C does."""
    engine = () if "--engine" in arguments else ("--engine", "tone")
    command = [sys.executable, "-m", "audioguide", "serve", *engine, "--port", "0", *arguments]
    own = folder / "own"
    own.mkdir(exist_ok=True)
    places = {"AUDIOGUIDE_CONFIG_DIR": str(folder / "config"), "AUDIOGUIDE_ROUTINES": str(own)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8", **places},
    )  # fmt: skip
    assert process.stdout
    said = ""
    try:
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        link = next(line.strip() for line in said.splitlines() if "http://" in line)
        yield Running(link, said)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        finally:
            process.kill()
            process.stdout.close()
    assert process.returncode == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start a server on this machine; its cache is that of all tests."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "audioguide-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOGUIDE_CACHE_DIR", str(cache))
        with running(tmp_path_factory.mktemp("server")) as started:
            yield started


# A voice that speaks in tones, each phrase when it is allowed to: the file `gate` holds how many may be spoken.
# Each leaves a file, so that what is spoken can be counted, whoever speaks it.
GATED = """
import os, time
from pathlib import Path
from audioguide.errors import EngineError
from audioguide.speech.engine import Traits
from audioguide.speech.tone import ToneEngine

FOLDER = Path(os.environ["GATED"])

class GatedEngine(ToneEngine):
    name = "gated"
    traits = Traits(rate=False, together=2, stable=True)
    closed = 0

    def fingerprint(self, voice=""):
        return "gated"

    def speak(self, phrase):
        closed, number = self.closed, self._number(phrase)
        while int((FOLDER / "gate").read_text() or 0) <= number:
            if self.closed != closed:
                raise EngineError("the voice was closed")
            time.sleep(0.01)
        if "Refuse" in phrase.text:
            raise EngineError("the voice refuses")
        return super().speak(phrase)

    def _number(self, phrase):
        for number in range(10_000):
            try:
                with open(FOLDER / f"phrase-{number:04}", "x") as file:
                    file.write(phrase.text)
                return number
            except FileExistsError:
                pass

    def close(self):
        self.closed += 1
"""


@dataclass(frozen=True, slots=True)
class Gate:
    """How many phrases may be spoken, and which ones were."""

    folder: Path

    def open(self, phrases: int = 9_999) -> None:
        """Let so many be spoken, from the first on."""
        part = self.folder / "part"
        part.write_text(str(phrases))
        part.replace(self.folder / "gate")

    @property
    def spoken(self) -> list[str]:
        """Return the texts of those that were begun, in order."""
        return [each.read_text() for each in sorted(self.folder.glob("phrase-*"))]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Install the engine `gated` for all processes that a test starts, with a cache of their own."""
    folder = tmp_path / "gated"
    about = folder / "gated_voice-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "gated_voice.py").write_text(GATED)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: gated_voice\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[audioguide.engines]\ngated = gated_voice:GatedEngine\n")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("GATED", str(folder))
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cache"))
    found = Gate(folder)
    found.open(0)
    return found


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let two small routines be all that there are."""
    monkeypatch.setattr("audioguide.routine.library.SHIPPED", tmp_path)

    def write(hold: str = "5s") -> None:
        for name, title in (("first", "First & <last>"), ("second", "Zweitens")):
            (tmp_path / f"{name}.yaml").write_text(TEXT.format(title=json.dumps(title), hold=hold))

    write()
    return write


@pytest.fixture
def odd(few: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let there be routines of one's own too, with names that an address has to encode."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    for name in NAMES:
        (own / f"{name}.yaml").write_text(TEXT.format(title=json.dumps(name, ensure_ascii=False), hold="5s"))
    return own
