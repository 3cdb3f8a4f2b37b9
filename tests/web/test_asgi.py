"""The streaming server alone: the same bytes and tags from every process, ranges, and plain errors."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from audioguide.web.asgi import KEPT, make_streams

ROUTINE = """
title: Short
safety: {notice: none, closing: none}
settings:
  hold: {default: 2s, min: 1s, max: 9s}
steps:
  - say: Rest your hands.
  - hold: $hold
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(tmp_path))
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "tone")
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(make_streams()) as client:
        yield client


def test_a_version_is_streamed_with_its_tag_and_for_a_cdn(client: TestClient) -> None:
    whole = client.get("/audio/short.mp3?set.hold=3s")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/mpeg")
    assert whole.headers["cache-control"] == KEPT
    tag = whole.headers["etag"]
    known = client.get("/audio/short.mp3?set.hold=3s", headers={"if-none-match": tag})
    assert (known.status_code, known.headers["cache-control"], known.content) == (304, KEPT, b"")
    part = client.get("/audio/short.mp3?set.hold=3s", headers={"range": "bytes=100-199", "if-range": tag})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert client.head("/audio/short.mp3?set.hold=3s").headers["content-length"] == str(len(whole.content))
    assert client.get("/audio/short.mp3").headers["etag"] != tag


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/audio/nowhere.mp3", 404, "no routine"),
        ("/audio/..%2F..%2Fetc%2Fpasswd.mp3", 404, ""),
        ("/audio/short.mp3?set.hold=99s", 422, "more than 9s"),
        ("/audio/short.mp3?set.nothing=1", 422, "nothing"),
        ("/health", 200, "ok"),
    ],
)
def test_what_cannot_be_is_said_and_never_kept(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert status != 422 or answer.headers["cache-control"] == "no-store"


def test_nothing_can_be_changed(client: TestClient) -> None:
    assert client.post("/audio/short.mp3").status_code == 405
    assert client.put("/api/own/short", content=b"x").status_code == 404


@pytest.mark.slow
def test_ranges_of_several_processes_are_of_one_file(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "audioguide.web.asgi:app", "--port", str(port)]
    ran = subprocess.Popen(
        [*command, "--workers", "2", "--log-level", "warning"], env=dict(os.environ), start_new_session=True
    )
    try:
        base = f"http://127.0.0.1:{port}"
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            try:
                if httpx.get(f"{base}/health").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        tags, parts = set(), []
        size = int(httpx.head(f"{base}/audio/short.mp3").headers["content-length"])
        for start in range(0, size, 5000):  # a connection each: the system shares them out
            answer = httpx.get(
                f"{base}/audio/short.mp3", headers={"range": f"bytes={start}-{start + 4999}"}, timeout=60
            )
            assert answer.status_code == 206
            tags.add(answer.headers["etag"])
            parts.append(answer.content)
        assert len(tags) == 1
        assert b"".join(parts) == httpx.get(f"{base}/audio/short.mp3").content
    finally:
        os.killpg(ran.pid, signal.SIGTERM)
        ran.wait(30)
