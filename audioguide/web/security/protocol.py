"""HTTP on a socket, with an end to patience: who is slow to ask is cut off, the oldest first."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

ASK_SECONDS = 15.0
MOST_WAITING = 64
GRACE_SECONDS: Any = 0.3  # for answers that are nearly there; uvicorn waits as long, whole or not


class PatientProtocol(H11Protocol):
    """A connection has 15 s to send a whole head, and only so many may be at it at once."""

    _asking: ClassVar[dict[PatientProtocol, asyncio.TimerHandle]] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many wait, the one that waits longest goes."""
        super().connection_made(transport)
        self._wait()
        while len(self._asking) > MOST_WAITING:
            next(iter(self._asking)).cut()

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
            self._asking[self] = self.loop.call_later(ASK_SECONDS, self.cut)

    def _stop_waiting(self) -> None:
        if timer := self._asking.pop(self, None):
            timer.cancel()


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
            await super().shutdown(sockets)

    return Server(
        uvicorn.Config(
            http=PatientProtocol, server_header=False, access_log=False, proxy_headers=False, log_config=None,
            h11_max_incomplete_event_size=16 * 1024, backlog=128, limit_concurrency=400, lifespan="on",
            ws="none", timeout_graceful_shutdown=GRACE_SECONDS, **config,
        )
    )  # fmt: skip
