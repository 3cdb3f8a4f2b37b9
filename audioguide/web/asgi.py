"""The streaming server alone, for many listeners: `audioguide.web.asgi:app`, for any ASGI server and a CDN.

It has no page, no token, and nothing can be changed; anybody who reaches it can hear every routine of the
library. Any number of processes serve the same bytes with the same entity tags, and share one cache.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import cached_property

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from audioguide.errors import AudioguideError, RoutineError, UsageError
from audioguide.listener.layers import layered
from audioguide.listener.listener import Listener, this_listener
from audioguide.listener.options import Options
from audioguide.script.script import VoiceChoice
from audioguide.web.jobs import RETRY_SECONDS, Busy, Jobs
from audioguide.web.pages.audio import mp3_response
from audioguide.web.query import BadQuery, Query, read_query
from audioguide.web.routines import Routines
from audioguide.web.said import said
from audioguide.web.service import READERS
from audioguide.web.versions import Versions
from audioguide.web.voices import VoiceList

# A link stays the same when a routine or a voice changes: what a CDN keeps is asked about again, by its tag.
KEPT = "public, max-age=300, stale-while-revalidate=3600"
HEADERS = {"x-content-type-options": "nosniff", "access-control-allow-origin": "*"}


class Streams:
    """What the requests of one process share; made when the first one comes."""

    def __init__(self, jobs: Jobs | None = None) -> None:
        """Begin without reading anything."""
        self.jobs = jobs or Jobs()
        self.readers = ThreadPoolExecutor(READERS)

    @cached_property
    def listener(self) -> Listener:
        """Return the listener whose defaults and routines are served."""
        return this_listener()

    @cached_property
    def options(self) -> Options:
        """Return the listener's own options, below those of a link."""
        return layered(self.listener.layers).options

    @cached_property
    def shelf(self) -> Routines:
        """Return the routines."""
        return Routines(self.listener.library, self.options)

    @cached_property
    def versions(self) -> Versions:
        """Return what makes versions of them."""
        return Versions(self.shelf, self.options, self.jobs)

    @cached_property
    def voices(self) -> list[str]:
        """Return the voices that a link may ask for."""
        engine = self.options.voice_over(VoiceChoice()).engine
        return [voice.id for voice in VoiceList(engine).all()]

    def query(self, request: Request) -> Query:
        """Return the version that a link asks for. Raises UsageError, RoutineError."""
        routine = self.shelf.entry(request.path_params["name"]).routine
        query = dict(request.query_params)
        return read_query(routine, query, self.voices if "voice" in query else [])

    def close(self) -> None:
        """Give up what is being made."""
        self.jobs.close()
        self.readers.shutdown(wait=False, cancel_futures=True)


def make_streams() -> Starlette:
    """Return the ASGI application: /audio/NAME.mp3 with the settings of a link, and /health."""
    streams = Streams()

    async def audio(request: Request) -> Response:
        heard = await streams.versions.streamed(await asyncio.to_thread(streams.query, request))
        response = mp3_response(request, heard.mp3, streams.readers)
        response.headers["cache-control"] = KEPT
        response.headers.update(HEADERS)
        return response

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})

    def failed(_: Request, error: Exception) -> Response:
        headers = {"retry-after": str(RETRY_SECONDS)} if isinstance(error, Busy) else {}
        status, text = _failure(error, streams)
        return PlainTextResponse(f"{text}\n", status, {"cache-control": "no-store", **headers})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with suppress(AudioguideError):  # reported to who asks for it
            await asyncio.to_thread(lambda: streams.shelf)
        try:
            yield
        finally:
            streams.close()

    return Starlette(
        routes=[Route("/audio/{name}.mp3", audio), Route("/health", health)],
        exception_handlers={AudioguideError: failed, Busy: failed},
        lifespan=lifespan,
    )


def _failure(error: Exception, streams: Streams) -> tuple[int, str]:
    if isinstance(error, BadQuery | RoutineError):
        return 422, said(error, streams.listener.library)
    if isinstance(error, UsageError):
        return 404, "there is no routine with this name"
    if isinstance(error, Busy):
        return 429, "too many listeners: try again in a moment"
    return 500, "this routine cannot be played now"  # no paths, no commands: anybody may ask


app = make_streams()
