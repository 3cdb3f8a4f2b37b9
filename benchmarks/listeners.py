"""Listeners of the streaming server, for locust: each begins a file, and plays it at its own pace.

    uvicorn audioguide.web.asgi:app --workers 2 --no-access-log --timeout-keep-alive 75
    locust -f benchmarks/listeners.py --headless -u 200 -r 20 -t 60s --host http://127.0.0.1:8000

A listener asks for a version, takes its first 256 kB at once, as players do, then the next 256 kB each 21 s,
which is how long they last at 96 kbit/s. "first" is the time to the first byte of a new stream, "on" that of
a range in the middle. A server that closes idle connections sooner than 21 s may do so just as it is asked
again: that counts as failed here. `--processes 2` of locust itself keeps the measuring from being the slower
side.
"""

from __future__ import annotations

import random
import time

from locust import HttpUser, constant, task

PIECE = 256 * 1024
SECONDS = PIECE / 12_000  # at 96 kbit/s
ROUTINES = (
    "cat-cow", "knee-to-chest", "bridge-pose", "childs-pose", "desk-break", "forward-bend", "heating-pad",
    "lower-back", "neck-and-back", "thread-the-needle",
)  # fmt: skip


class Listener(HttpUser):  # type: ignore[misc]
    """Somebody who listens to one file after the other."""

    wait_time = constant(0)

    @task  # type: ignore[untyped-decorator]
    def listen(self) -> None:
        """Play one file."""
        link = f"/audio/{random.choice(ROUTINES)}.mp3"  # noqa: S311 - no secret
        at, size = 0, PIECE
        while at < size:
            began = time.monotonic()
            size = self._piece(link, at)
            at += PIECE
            time.sleep(max(0.0, SECONDS - (time.monotonic() - began)))

    def _piece(self, link: str, at: int) -> int:
        headers = {"Range": f"bytes={at}-{at + PIECE - 1}"}
        # A stream: the time that locust notes is that up to the first byte.
        answer = self.client.get(link, headers=headers, name="on" if at else "first", stream=True)
        len(answer.content or b"")  # all of it, so that the connection can be used again
        written = answer.headers.get("content-range", "").rpartition("/")[2]
        return int(written) if written.isdigit() else 0
