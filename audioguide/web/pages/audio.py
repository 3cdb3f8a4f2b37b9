"""An MP3 on its way to a player: ranges, conditions, and a good name to save it under."""

from __future__ import annotations

import asyncio
import logging
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor
from email.utils import quote
from itertools import islice
from urllib.parse import quote as percent

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from audioguide.errors import AudioguideError
from audioguide.mp3.growing_file import OPEN_END
from audioguide.pipeline.live import Live
from audioguide.pipeline.stream import Bytes
from audioguide.web.jobs import Busy
from audioguide.web.making import Making
from audioguide.web.pages.ranges import answer_to

LOGGER = logging.getLogger("audioguide.web")
LEAST = 64 * 1024  # bytes handed over at once, but for the first and the last: 5 s
_UNSAFE = re.compile(r"[^A-Za-z0-9 ._()+-]+")


def mp3_response(request: Request, mp3: Bytes, readers: Executor, name: str = "") -> Response:
    """Answer with what is asked for of `mp3`; with a `name`, as a file to save."""
    answer = answer_to(request.headers, mp3.size, mp3.etag)
    headers = {
        "etag": f'"{mp3.etag}"', "accept-ranges": "bytes", "cache-control": "private, no-cache",
        **answer.headers(mp3.size),
    }  # fmt: skip
    if name:
        headers["content-disposition"] = disposition(name)
    if request.method == "HEAD" or answer.status in (304, 412, 416):
        return Response(status_code=answer.status, headers=headers, media_type="audio/mpeg")
    body = _in_thread(_together(mp3.read(answer.start, answer.stop)), readers)
    return StreamingResponse(body, answer.status, headers, media_type="audio/mpeg")


def live_response(
    request: Request, making: Making, live: Live, listeners: Executor, start: float = 0.0
) -> Response:
    """Answer with what is spoken so far from second `start` on, and go on with the rest, as it is spoken.

    Nobody knows its length yet, so it has none, no ranges and no entity tag: the body comes in chunks.
    """
    headers = {"cache-control": "no-store", "accept-ranges": "none"}
    if request.method == "HEAD":
        return Response(headers=headers, media_type="audio/mpeg")
    body = _spoken(making, live, listeners, start)
    return _CutOff(body, 200, headers, media_type="audio/mpeg")


class _CutOff(StreamingResponse):
    """A body that has no end where the voice fails: so the player knows that something is missing."""

    async def stream_response(self, send: Send) -> None:
        """Send the body; close the connection where it breaks off."""
        try:
            await super().stream_response(send)
        except AudioguideError as error:
            LOGGER.warning("the sound was cut off: %s", error)
        except Busy:
            LOGGER.info("the sound was cut off: the listener has left")


async def _spoken(making: Making, live: Live, listeners: Executor, start: float) -> AsyncIterator[bytes]:
    with making.waited_for():
        yield live.head
        async for piece in _in_thread(live.file.read(live.place(start), OPEN_END), listeners):
            yield piece


def disposition(name: str) -> str:
    """Return the Content-Disposition of a file to save as `name`: plain for old ones, whole for the rest.

    Source: RFC 6266, with the encoding of RFC 8187.
    """
    kept = "".join(" " if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name)
    kept = " ".join(kept.encode("utf-8", "ignore").decode().split()).strip(". ") or "audioguide.mp3"
    plain = unicodedata.normalize("NFKD", kept).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("-", plain).strip("- ") or "audioguide.mp3"
    return f"attachment; filename=\"{quote(plain)}\"; filename*=UTF-8''{percent(kept, safe='')}"


def _together(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the first of `pieces` at once and the others joined: handing one over costs more than reading it.

    An empty one would be the end.
    """
    yield from islice(pieces, 1)
    joined: list[bytes] = []
    size = 0
    for piece in pieces:
        joined.append(piece)
        size += len(piece)
        if size >= LEAST:
            yield b"".join(joined)
            joined, size = [], 0
    if size:
        yield b"".join(joined)


async def _in_thread(pieces: Iterator[bytes], readers: Executor) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    while piece := await loop.run_in_executor(readers, next, pieces, b""):
        yield piece
