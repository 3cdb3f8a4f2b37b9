"""A web server on this machine that gives files, as the hub of the voices does, or fails as networks do."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from audioguide.speech.voices import catalogue as table
from audioguide.speech.voices.catalogue import Offer, VoiceFile

VECTORS = bytes(range(256)) * 4_000  # about 1 MB: several blocks


@dataclass
class Hub:
    """Its `files` by name, and the requests it got; it breaks off after `breaks_after` bytes, once."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    ranges: list[str] = field(default_factory=list)
    breaks_after: int | None = None
    page: bytes | None = None  # what it answers in place of every file
    ignores_ranges: bool = False
    chunked: bool = False

    def url(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self.address}/voices/{name}"

    def offer(self, *names: str, engine: str = "kokoro", **more: Any) -> Offer:
        """Return a voice of these files, with their sizes and checksums."""
        files = tuple(
            VoiceFile(self.url(name), len(self.files[name]), hashlib.sha256(self.files[name]).hexdigest())
            for name in names
        )
        known = {"language": "en-us", "about": "A voice for tests", "licence": "CC0-1.0"} | more
        return Offer(id=names[0].rpartition(".")[0], engine=engine, files=files, **known)


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *_: Any) -> None:
        """Print nothing."""

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, body: bytes | None) -> None:
        hub, name = self.hub, self.path.partition("?")[0].rpartition("/")[2]
        data = hub.page if hub.page is not None else hub.files.get(name)
        if data is None:
            self.send_error(404)
            return
        tag = f'"{hashlib.sha256(data).hexdigest()}"'
        asked = self.headers.get("Range", "")
        hub.ranges.append(asked)
        start = 0
        if asked and not hub.ignores_ranges and self.headers.get("If-Range", tag) == tag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(data):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(data)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
        self.send_response(206 if start else 200)
        self.send_header("ETag", tag)
        rest = data[start:]
        if hub.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        if body is None:
            self._send(rest)

    def _send(self, rest: bytes) -> None:
        hub = self.hub
        stop, hub.breaks_after = hub.breaks_after, None
        sent = rest if stop is None else rest[:stop]
        if hub.chunked:
            self.wfile.write(f"{len(sent):x}\r\n".encode() + sent + b"\r\n")
            self.wfile.write(b"0\r\n\r\n" if stop is None else b"")
        else:
            self.wfile.write(sent)
        if stop is not None:
            self.wfile.flush()
            self.close_connection = True


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Return a server with one voice of Kokoro."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {}))
    found = Hub(f"http://127.0.0.1:{server.server_port}", {"xf_test.bin": VECTORS})
    server.RequestHandlerClass.hub = found  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of added voices, which does not exist yet."""
    folder = tmp_path / "added"
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(folder))
    return folder


@pytest.fixture
def offered(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    """Put the voice of the hub into the table, and return it."""
    offer = hub.offer("xf_test.bin")
    path = tmp_path / "catalogue.json"
    _write(path, offer)
    monkeypatch.setattr(table, "_TABLE", path)
    table.catalogue.cache_clear()
    yield offer
    monkeypatch.undo()
    table.catalogue.cache_clear()


def _write(path: Path, offer: Offer) -> None:
    entry = {
        "engine": offer.engine, "language": offer.language, "about": offer.about, "licence": offer.licence,
        "files": [{"url": each.url, "size": each.size, "sha256": each.sha256} for each in offer.files],
    }  # fmt: skip
    path.write_text(json.dumps({offer.id: entry}), encoding="utf-8")


def everything(folder: Path) -> list[str]:
    """Return the paths of all files under `folder`."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
