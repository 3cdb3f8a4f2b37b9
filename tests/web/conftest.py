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
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from starlette.testclient import TestClient

from audioguide.listener.listener import this_listener
from audioguide.listener.options import Options
from audioguide.web.app import make_app
from audioguide.web.security.access import Tokens
from audioguide.web.security.hosts import Hosts
from audioguide.web.service import Service

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


# A server lists and measures the library as it starts: ten seconds of work, and nothing here waits for it.
SERVE = """
import sys
from audioguide.cli import main
from audioguide.web.service import Service
Service.warm_up = lambda self: None
sys.argv[0] = "audioguide"
main()
"""


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Running]:
    """Start `audioguide serve` with tones for words, and end it as Ctrl-C does."""
    engine = () if "--engine" in arguments else ("--engine", "tone")
    command = [sys.executable, "-c", SERVE, "serve", *engine, "--port", "0", *arguments]
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
            with urlopen(f"{started.at}/", timeout=110) as page:  # the first one lists the library
                assert page.status == 200
            yield started


def wait_for(page: Page, what: str) -> None:
    """Wait up to 30 seconds until the expression `what` is true in the page."""
    # Not `wait_for_function`: that evaluates in the page, which the page's policy forbids.
    for _ in range(600):
        if page.evaluate(what):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {what}")


# A voice that speaks in tones, each phrase once a line of the file `gate` is part of it. Each leaves a file,
# so that what is spoken can be counted, whichever process speaks it.
GATED = """
import os, time, uuid
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
        closed = self.closed
        (FOLDER / f"phrase-{time.time_ns()}-{uuid.uuid4()}").write_text(phrase.text)
        while not any(line in phrase.text for line in (FOLDER / "gate").read_text().splitlines()):
            if self.closed != closed:
                raise EngineError("the voice was closed")
            time.sleep(0.02)
        if "Refuse" in phrase.text:
            raise EngineError("the voice refuses")
        return super().speak(phrase)

    def close(self):
        self.closed += 1
"""
SLOWLY = """
title: Slowly {name}
safety: {{notice: none, closing: none}}
settings:
  hold: {{default: 6s, min: 5s, max: 60s}}
steps:
  - chapter: One
  - say: Lie on your back {name}.
  - say: Bend your left knee {name}.
  - hold: $hold
  - chapter: Two
  - say: Bend your right knee {name}.
  - hold: $hold
  - say: You have finished {name}.
"""


@dataclass(frozen=True, slots=True)
class Gated:
    """A server whose voice waits for the test; each test has a routine that says its own words."""

    server: Running
    folder: Path

    def write(self, name: str, text: str = SLOWLY) -> Path:
        """Write the routine `name`."""
        path = self.folder / "own" / f"{name}.yaml"
        path.write_text(text.format(name=name))
        return path

    def let(self, *words: str) -> None:
        """Let the phrases be spoken that hold any of `words`, and all that could be before."""
        gate, part = self.folder / "gate", self.folder / "part"
        part.write_text(gate.read_text() + "".join(f"{each}\n" for each in words))
        part.replace(gate)

    def spoken(self, name: str) -> list[str]:
        """Return the phrases of the routine `name` that were begun, in order."""
        texts = [each.read_text() for each in sorted(self.folder.glob("phrase-*"))]
        return [text for text in texts if name in text]


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gated]:
    """Start a server that speaks with the engine `gated`, installed for all processes that a test starts."""
    folder = tmp_path_factory.mktemp("gated")
    about = folder / "gated_voice-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "gated_voice.py").write_text(GATED)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: gated_voice\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[audioguide.engines]\ngated = gated_voice:GatedEngine\n")
    (folder / "gate").write_text("")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("GATED", str(folder))
        patch.setenv("AUDIOGUIDE_CACHE_DIR", str(folder / "cache"))
        with running(folder, "--engine", "gated") as started:
            found = Gated(started, folder)
            yield found
            found.let(".")  # what still waits, ends


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
    """Add the user's own routines, with names that an address has to encode."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    for name in NAMES:
        (own / f"{name}.yaml").write_text(TEXT.format(title=json.dumps(name, ensure_ascii=False), hold="5s"))
    return own
