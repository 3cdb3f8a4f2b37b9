"""HTTP on a socket, with limits to patience: connections that are slow to ask are closed."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from audioguide.web.security.guard import LARGEST_HEAD

ASK_SECONDS = 15.0
MOST_WAITING = 64  # of those that have had their chance to ask
CHANCE_SECONDS = 2.0  # an honest client asks as soon as it is connected
MOST_CONNECTED = 512  # that wait, however short: the system has no more than about 1,000 for a process
MOST_SERVED = 256  # connections that are answered at the same moment; more are refused with 503
BACKLOG = 512
GRACE_SECONDS: Any = 0.3  # for answers that are nearly there; uvicorn waits as long, whole or not


class PatientProtocol(H11Protocol):
    """A connection has 15 s to send a whole head; where many are slow, the slowest have 2 s."""

    _asking: ClassVar[dict[PatientProtocol, float]] = {}  # since when, the earliest first
    _timers: tuple[asyncio.TimerHandle, ...] = ()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many wait, those that wait longest are closed."""
        super().connection_made(transport)
        self._wait()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """Take what came; with a whole head the waiting ends."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if self.cycle is None or self.cycle.response_complete:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def stop_streaming(self) -> None:
        """End the connection if it is in the middle of its answer: a file of hours is not waited for."""
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()

    def cut(self) -> None:
        """End the connection."""
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.abort()

    def _wait(self) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self._asking[self] = self.loop.time()
            later = self.loop.call_later
            self._timers = later(CHANCE_SECONDS, self._make_room), later(ASK_SECONDS, self.cut)

    def _stop_waiting(self) -> None:
        if self._asking.pop(self, None) is not None:
            for timer in self._timers:
                timer.cancel()

    def _make_room(self) -> None:
        # Two hundred honest clients at once are no reason to close any: each gets its chance to ask.
        now = self.loop.time()
        while len(self._asking) > MOST_WAITING:
            oldest, since = next(iter(self._asking.items()))
            if now - since < CHANCE_SECONDS * 0.99 and len(self._asking) <= MOST_CONNECTED:
                break  # a timer is never a moment early, but its clock may be
            oldest.cut()


def _not_cut_off(record: logging.LogRecord) -> bool:
    cut = isinstance(record.exc_info and record.exc_info[1], asyncio.CancelledError)
    return not cut and "graceful shutdown" not in record.getMessage()


def served_by(ending: Callable[[], None] = lambda: None, **config: Any) -> Any:
    """Return a uvicorn server with this protocol, that tells nobody its version and keeps no log of links.

    `ending` is called when it begins to end: what is being made then ends, too.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            for connection in list(self.server_state.connections):
                if isinstance(connection, PatientProtocol):
                    connection.stop_streaming()
            await asyncio.sleep(0)  # from here on no stream is asked for more
            ending()
            # An answer that takes longer than the grace is cut off. That is no fault: uvicorn would show a
            # traceback for each.
            log = logging.getLogger("uvicorn.error")
            log.addFilter(_not_cut_off)
            try:
                await super().shutdown(sockets)
            finally:
                log.removeFilter(_not_cut_off)

    return Server(
        uvicorn.Config(
            http=PatientProtocol, server_header=False, access_log=False, proxy_headers=False, log_config=None,
            h11_max_incomplete_event_size=LARGEST_HEAD, backlog=BACKLOG,
            limit_concurrency=MOST_CONNECTED + MOST_SERVED, lifespan="on",
            ws="none", timeout_graceful_shutdown=GRACE_SECONDS, **config,
        )
    )  # fmt: skip
