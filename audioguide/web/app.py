"""The routes, and what becomes of an error."""

from __future__ import annotations

import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from audioguide.errors import AudioguideError, EngineError, OutputError, RoutineError, UsageError
from audioguide.routine.library import Library
from audioguide.timed import timed
from audioguide.web.jobs import RETRY_SECONDS, Busy
from audioguide.web.pages import building, compose, edit, feed, listen, practice, sounds, subscribe
from audioguide.web.pages.conditional import unless_known
from audioguide.web.query import BadQuery
from audioguide.web.said import said
from audioguide.web.security.guard import FEED, Guard
from audioguide.web.security.hosts import Hosts
from audioguide.web.service import Service

LOGGER = logging.getLogger(__name__)
Handler = Callable[[Service, Request], Response | Awaitable[Response]]

KINDS = {
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "png": "image/png", "webmanifest": "application/manifest+json",
}  # fmt: skip


def make_app(service: Service, hosts: Hosts) -> Guard:
    """Return the whole as an ASGI application that answers to `hosts` only."""
    routes: list[tuple[str, Handler]] = [
        ("/", listen.front), ("/routine/{name}", listen.routine), ("/api/look/{name}", listen.look),
        ("/api/found", listen.found),
        ("/api/words/{name}", listen.words), ("/api/ready/{name}", listen.ready),
        ("/live/{name}.mp3", listen.live), ("/audio/{name}.mp3", listen.audio),
        ("/download/{name}.mp3", listen.download), ("/static/{file}", static),
        ("/feed/{token}/audioguide.xml", feed.feed), ("/feed/{token}/{file}", feed.episode),
        ("/feed/{token}/plan/{name}.xml", feed.plan_feed), ("/phone", subscribe.phone),
        ("/plan/{name}", subscribe.plan), ("/own", edit.own), ("/own/{name}", edit.edit),
        ("/practice", practice.practice), ("/practice.csv", practice.table),
        ("/compose", compose.form), ("/made/{name}.yaml", compose.yaml),
        ("/api/fields", building.form), ("/api/sounds", sounds.sounds), ("/api/sound/{name}", sounds.sound),
    ]  # fmt: skip
    changes: list[tuple[str, str, Handler]] = [
        ("POST", "/api/check/{name}", edit.check), ("PUT", "/api/own/{name}", edit.save),
        ("DELETE", "/api/own/{name}", edit.remove), ("POST", "/api/keep/{name}", compose.keep),
        ("POST", "/api/build/{name}", building.build), ("POST", "/api/draft", building.draft),
        ("PUT", "/api/sound/{name}", sounds.upload),
        ("PUT", "/api/taste/{name}", practice.taste), ("POST", "/api/done/{name}", practice.done),
        ("DELETE", "/api/practice/{number}", practice.undo),
    ]  # fmt: skip
    app = Starlette(
        routes=[
            *(Route(path, _endpoint(service, handler, path)) for path, handler in routes),
            *(
                Route(path, _endpoint(service, handler, path), methods=[how])
                for how, path, handler in changes
            ),
        ],
        exception_handlers=dict.fromkeys((AudioguideError, Busy, HTTPException), _error_page(service)),
        lifespan=_lifespan(service),
    )  # fmt: skip
    return Guard(app=app, hosts=hosts, tokens=service.tokens, cookie=service.cookie, lan=service.lan)


def static(service: Service, request: Request) -> Response:
    """Send a file of the page."""
    name = request.path_params["file"]
    data = service.static.get(name)
    if data is None:
        raise HTTPException(404, "this page does not exist")
    kind = KINDS.get(name.rpartition(".")[2])
    return unless_known(request, Response(data, media_type=kind, headers={"cache-control": "no-cache"}))


def _endpoint(service: Service, handler: Handler, path: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        # Not the address itself: that of the feed holds its token.
        with timed(LOGGER, f"{request.method} {path}"):
            if inspect.iscoroutinefunction(handler):
                answer: Response = await handler(service, request)
            else:
                answer = await run_in_threadpool(handler, service, request)  # type: ignore[arg-type]
        return answer

    return endpoint


def _error_page(service: Service) -> Callable[[Request, Exception], Response]:
    """Return what tells an error: as a page to people, as JSON to the script of the page."""

    def respond(request: Request, error: Exception) -> Response:
        status, headers = _status(error), dict[str, str]()
        text = _text(error, service.library)
        if isinstance(error, HTTPException):
            headers = dict(error.headers or {})
        if isinstance(error, Busy):
            headers = {"retry-after": str(RETRY_SECONDS)}
        if request.url.path.startswith(FEED):
            return PlainTextResponse(f"{_for_the_feed(error, service.library)}\n", status, headers)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": text}, status, headers)
        page = service.page("error.html", request, status, said=text)
        page.headers.update(headers)
        return page

    return respond


def _text(error: Exception, library: Library) -> str:
    if isinstance(error, HTTPException):
        return error.detail
    if isinstance(error, AudioguideError):
        return said(error, library)
    return "too many listeners: try again in a moment"


def _for_the_feed(error: Exception, library: Library) -> str:
    """Say what is wrong to somebody who only has the link of the feed: nothing about files."""
    if isinstance(error, BadQuery | Busy | HTTPException):
        return _text(error, library)
    if isinstance(error, UsageError):
        return "this page does not exist"
    return "this routine cannot be played: see its page for the reason"


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    table: tuple[tuple[type[Exception], int], ...] = (
        (Busy, 429), (BadQuery, 422), (UsageError, 404), (RoutineError, 422), (EngineError, 500),
        (OutputError, 500),
    )  # fmt: skip
    return next((status for kind, status in table if isinstance(error, kind)), 500)


def _lifespan(service: Service) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if service.warm:
            service.readers.submit(service.warm_up)
        try:
            yield
        finally:
            service.close()

    return lifespan
