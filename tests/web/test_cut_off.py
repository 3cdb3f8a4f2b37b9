"""A server that ends while it answers says nothing of the answers that it cuts off."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Any

import pytest

from audioguide.web.security.protocol import served_by


async def _slow(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await asyncio.sleep(60)
        return
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


async def _broken(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        raise ValueError("a fault of the page")
    await _slow(scope, receive, send)


async def _ended_while_asked(app: Any) -> bytes:
    with socket.create_server(("127.0.0.1", 0)) as open_socket:
        server = served_by(app=app)
        running = asyncio.create_task(server._serve(sockets=[open_socket]))
        while not server.started:
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection(*open_socket.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.sleep(0.1)
        server.should_exit = True
        await running
        writer.close()
        return await reader.read()


def test_an_answer_that_is_cut_off_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        asyncio.run(_ended_while_asked(_slow))
    assert caplog.text == ""


def test_a_fault_of_the_page_is_still_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert b" 500 " in asyncio.run(_ended_while_asked(_broken))
    assert "a fault of the page" in caplog.text
