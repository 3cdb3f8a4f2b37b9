"""Many listeners at once: each hears a version that nobody heard before, without a gap."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.slow import first
from tests.web.conftest import Running, running

pytestmark = pytest.mark.slow

MP3_BYTES = 12_000  # a second, at 96 kbit/s
ROUTINE = """
title: Many reps
settings:
  hold: {default: 20s, min: 10s, max: 60s}
steps:
  - repeat: 25
    steps:
      - say: Draw your left knee to your chest, and hold it there with both hands.
        settle: 5s
      - hold: $hold
      - say: Slowly return your left foot to the floor.
        settle: 5s
      - rest: 12s
"""


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Start a server that serves the routine of 23 minutes, with a cache of its own."""
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cache"))
    with running(tmp_path) as started:
        (tmp_path / "own" / "many.yaml").write_text(ROUTINE)
        yield started


def _late(at: str, hold: int) -> tuple[float, int]:
    """Listen to a version; return by how many seconds the sound came behind at the worst, and its bytes.

    A player begins when it has a second of sound, and needs 12,000 bytes for each second from then on.
    """
    behind, heard, began, tag = 0.0, 0, 0.0, 0
    with (
        httpx2.Client(timeout=60) as client,
        client.stream("GET", f"{at}/audio/many.mp3?set.hold={hold}s") as answer,
    ):
        assert answer.status_code == 200
        for piece in answer.iter_raw():
            tag = tag or 10 + sum(byte << 7 * (3 - place) for place, byte in enumerate(piece[6:10]))
            if began:
                behind = max(behind, time.monotonic() - began - (heard - tag) / MP3_BYTES)
            heard += len(piece)
            if heard - tag >= MP3_BYTES:
                began = began or time.monotonic()
        assert heard == int(answer.headers["content-length"])
    return behind, heard


@pytest.mark.parametrize(("listeners", "versions"), first(1, [(3, 3), (20, 10)]))
def test_all_hear_their_version_without_a_gap(listeners: int, versions: int, busy: Running) -> None:
    # Two versions are made at once and eight wait: so many nobody needs to have heard before.
    with ThreadPoolExecutor(listeners) as crowd:
        holds = [20 + number % versions for number in range(listeners)]
        late = list(crowd.map(lambda hold: _late(busy.at, hold), holds))
    assert max(behind for behind, _ in late) <= 0
    assert len({heard for _, heard in late}) == versions
    assert min(heard for _, heard in late) > 20 * 60 * MP3_BYTES
