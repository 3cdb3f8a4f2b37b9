"""A version is heard while it is still being spoken: from a real server, by a voice that waits for the test."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.web.conftest import Gate, Running, running

FRAME = 288  # bytes, at 96 kbit/s
ROUTINE = """
title: Slowly spoken
safety: {notice: none, closing: none}
settings:
  hold: {default: 6s, min: 5s, max: 60s}
steps:
  - chapter: One
  - say: Lie on your back.
  - say: Bend your left knee, slowly.
  - hold: $hold
  - chapter: Two
  - say: Bend your right knee, slowly.
  - hold: $hold
  - say: You have finished.
"""
PHRASES = 4


@pytest.fixture
def slow(tmp_path: Path, gate: Gate) -> Iterator[Running]:
    """Start a server whose voice waits for the gate."""
    with running(tmp_path, "--engine", "gated") as started:
        (tmp_path / "own" / "slow.yaml").write_text(ROUTINE)
        yield started
        gate.open()


@pytest.fixture
def client(slow: Running) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=slow.at, timeout=120) as opened:
        yield opened


def _soon(happened: Callable[[], Any], seconds: float = 120) -> Any:
    ends = time.monotonic() + seconds
    while not (found := happened()) and time.monotonic() < ends:
        time.sleep(0.05)
    return found


def _state(client: httpx2.Client, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/ready/slow{query}")
    assert answer.status_code == 200
    return dict(answer.json())


def test_the_first_words_are_heard_before_the_rest_is_spoken(client: httpx2.Client, gate: Gate) -> None:
    with client.stream("GET", "/live/slow.mp3") as answer:
        assert answer.status_code == 200
        assert "content-length" not in answer.headers
        assert "etag" not in answer.headers
        assert answer.headers["accept-ranges"] == "none"
        pieces = answer.iter_raw()
        head = next(pieces)
        assert head.startswith(b"ID3")
        gate.open(1)
        heard = b""
        while len(heard) < 10 * FRAME:  # of a phrase of two seconds
            heard += next(pieces)
        assert len(gate.spoken) < PHRASES
        state = _soon(lambda: (now := _state(client))["spoken"] and now)
        assert (state["whole"], state["live"], state["why"]) == (False, True, "")
        gate.open()
        heard += b"".join(pieces)
    whole = client.get("/audio/slow.mp3")
    assert int(whole.headers["content-length"]) == len(whole.content)
    assert heard == whole.content[-FRAME - len(heard) : -FRAME]
    assert _state(client)["whole"]
    again = client.get("/live/slow.mp3", follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (307, "/audio/slow.mp3")


def test_it_may_begin_anywhere(client: httpx2.Client, gate: Gate) -> None:
    gate.open(2)
    with client.stream("GET", "/live/slow.mp3") as answer:
        pieces = answer.iter_raw()
        head = next(pieces)
        with client.stream("GET", "/live/slow.mp3?from=1.2") as later:
            gate.open()
            part = b"".join(later.iter_raw())
        whole = b"".join(pieces)
    assert part == head + whole[1200 // 24 * FRAME :]
    for wrong in ("from=-1", "from=x", "from=99999"):
        assert client.get(f"/live/slow.mp3?{wrong}&set.hold=7").status_code in (307, 422)


def test_what_is_known_so_far_comes_with_the_state(client: httpx2.Client, gate: Gate) -> None:
    gate.open(2)
    _state(client)
    state = _soon(lambda: (now := _state(client, "?seen=0")).get("certain", 0) > 2 and now)
    view = state["view"]
    third = next(line for line in view["lines"] if line["text"] == "Bend your right knee, slowly.")
    assert third["start"] == pytest.approx(state["certain"])
    assert "view" not in _state(client, f"?seen={PHRASES}")
    gate.open()
    _soon(lambda: _state(client)["whole"])
    exact = client.get("/api/words/slow").json()
    assert [line for line in exact["lines"] if line["start"] < state["certain"]] == [
        line for line in view["lines"] if line["start"] < state["certain"]
    ]


def test_a_fit_waits_and_says_why(client: httpx2.Client, gate: Gate) -> None:
    gate.open(1)
    state = _soon(lambda: (now := _state(client, "?minutes=1"))["phrases"] and now)
    assert (state["live"], state["why"]) == (False, "it has to meet its length")
    gate.open()
    with client.stream("GET", "/live/slow.mp3?minutes=1", follow_redirects=True) as answer:
        assert "content-length" in answer.headers
    assert client.get("/api/words/slow?minutes=1").json()["length"] == 60


def test_two_versions_at_once_and_a_render_speak_each_phrase_once(
    client: httpx2.Client, gate: Gate, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "audioguide", "render", str(tmp_path / "own" / "slow.yaml")]
    render = subprocess.Popen([*command, "--engine", "gated", "--out", str(tmp_path / "out"), "--quiet"])
    with ThreadPoolExecutor(2) as crowd:
        both = [crowd.submit(client.get, f"/audio/slow.mp3?set.hold={hold}") for hold in (6, 7)]
        assert _soon(lambda: len(gate.spoken) >= 2)
        gate.open()
        sizes = {len(each.result().content) for each in both}
    assert render.wait(120) == 0
    assert len(sizes) == 2
    assert sorted(gate.spoken) == sorted(set(gate.spoken))
    assert len(gate.spoken) == PHRASES


def test_a_voice_that_fails_cuts_the_sound_off_and_says_why(
    client: httpx2.Client, gate: Gate, tmp_path: Path
) -> None:
    text = ROUTINE.replace("You have finished.", "Refuse this.")
    (tmp_path / "own" / "slow.yaml").write_text(text)
    gate.open()
    with client.stream("GET", "/live/slow.mp3") as answer, pytest.raises(httpx2.RemoteProtocolError):
        b"".join(answer.iter_raw())
    answer = client.get("/api/words/slow")
    assert answer.status_code == 500
    assert "the voice refuses" in answer.json()["error"]
