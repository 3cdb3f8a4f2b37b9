"""A version is heard while it is spoken: from a real server, by a voice that waits for the test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.web.conftest import SLOWLY, Gated

pytestmark = pytest.mark.slow

FRAME = 288  # bytes, at 96 kbit/s
PHRASES = 4


@pytest.fixture
def client(gated: Gated) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=gated.server.at, timeout=120) as opened:
        yield opened


def _soon(happened: Callable[[], Any], seconds: float = 100) -> Any:
    ends = time.monotonic() + seconds
    while not (found := happened()) and time.monotonic() < ends:
        time.sleep(0.05)
    return found


def _state(client: httpx2.Client, name: str, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/ready/{name}{query}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_first_words_are_heard_before_the_rest_is_spoken(client: httpx2.Client, gated: Gated) -> None:
    gated.write("alder")
    with client.stream("GET", "/live/alder.mp3") as answer:
        assert answer.status_code == 200
        assert "content-length" not in answer.headers
        assert "etag" not in answer.headers
        assert answer.headers["accept-ranges"] == "none"
        pieces = answer.iter_raw()
        head = next(pieces)
        assert head.startswith(b"ID3")
        gated.let("Lie on your back alder")
        heard = b""
        while len(heard) < 10 * FRAME:  # of a phrase of two seconds
            heard += next(pieces)
        state = _soon(lambda: (now := _state(client, "alder"))["spoken"] and now)
        assert (state["whole"], state["live"], state["why"]) == (False, True, "")
        gated.let("alder")
        heard += b"".join(pieces)
    whole = client.get("/audio/alder.mp3")
    assert int(whole.headers["content-length"]) == len(whole.content)
    assert heard == whole.content[-FRAME - len(heard) : -FRAME]
    assert _state(client, "alder")["whole"]
    again = client.get("/live/alder.mp3", follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (307, "/audio/alder.mp3")


def test_it_may_begin_anywhere(client: httpx2.Client, gated: Gated) -> None:
    gated.write("birch")
    gated.let("Lie on your back birch", "left knee birch")
    with client.stream("GET", "/live/birch.mp3") as answer:
        pieces = answer.iter_raw()
        head = next(pieces)
        with client.stream("GET", "/live/birch.mp3?from=1.2") as later:
            wrong = [client.get(f"/live/birch.mp3?from={each}").status_code for each in ("-1", "x", "9" * 9)]
            gated.let("birch")
            part = b"".join(later.iter_raw())
        whole = b"".join(pieces)
    assert part == head + whole[1200 // 24 * FRAME :]
    assert wrong == [422, 422, 422]


def test_what_is_known_so_far_comes_with_the_state(client: httpx2.Client, gated: Gated) -> None:
    gated.write("cedar")
    gated.let("Lie on your back cedar", "left knee cedar")
    state = _soon(lambda: (now := _state(client, "cedar", "?seen=0")).get("certain", 0) > 8 and now)
    view = state["view"]
    third = next(line for line in view["lines"] if line["text"] == "Bend your right knee cedar.")
    assert third["start"] == pytest.approx(state["certain"])
    assert "view" not in _state(client, "cedar", "?seen=999")
    gated.let("cedar")
    _soon(lambda: _state(client, "cedar")["whole"])
    exact = client.get("/api/words/cedar").json()
    known = [line for line in exact["lines"] if line["start"] < state["certain"]]
    assert known == [line for line in view["lines"] if line["start"] < state["certain"]]


def test_a_fit_waits_and_says_why(client: httpx2.Client, gated: Gated) -> None:
    gated.write("elder")
    gated.let("Lie on your back elder")
    state = _soon(lambda: (now := _state(client, "elder", "?minutes=1"))["spoken"] and now)
    assert (state["live"], state["why"]) == (False, "it is fitted to a length")
    gated.let("elder")
    with client.stream("GET", "/live/elder.mp3?minutes=1", follow_redirects=True) as answer:
        assert "content-length" in answer.headers
    assert client.get("/api/words/elder?minutes=1").json()["length"] == 60


def test_two_versions_at_once_and_a_render_speak_each_phrase_once(
    client: httpx2.Client, gated: Gated, tmp_path: Path
) -> None:
    routine = gated.write("fir")
    command = [sys.executable, "-m", "audioguide", "render", str(routine), "--out", str(tmp_path)]
    places = {
        "PYTHONPATH": str(gated.folder), "GATED": str(gated.folder),
        "AUDIOGUIDE_CACHE_DIR": str(gated.folder / "cache"),
    }  # fmt: skip
    render = subprocess.Popen([*command, "--engine", "gated"], env=os.environ | places)
    with ThreadPoolExecutor(2) as crowd:
        both = [crowd.submit(client.get, f"/audio/fir.mp3?set.hold={hold}") for hold in (6, 7)]
        assert _soon(lambda: gated.spoken("fir"))
        gated.let("fir")
        sizes = {len(each.result().content) for each in both}
    assert render.wait(100) == 0
    assert len(sizes) == 2
    assert len(gated.spoken("fir")) == len(set(gated.spoken("fir"))) == PHRASES


def test_a_voice_that_fails_cuts_the_sound_off_and_says_why(client: httpx2.Client, gated: Gated) -> None:
    gated.write("gorse", SLOWLY.replace("You have finished", "Refuse this"))
    with client.stream("GET", "/live/gorse.mp3") as answer:
        pieces = answer.iter_raw()
        assert next(pieces).startswith(b"ID3")
        gated.let("gorse")
        with pytest.raises(httpx2.RemoteProtocolError):
            b"".join(pieces)
    answer = client.get("/api/words/gorse")
    assert answer.status_code == 500
    assert "the voice refuses" in answer.json()["error"]
