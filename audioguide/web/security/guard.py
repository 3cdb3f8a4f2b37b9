"""What every request has to pass before a page sees it, and what every answer carries."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audioguide.web.security.access import Tokens, Wrong, cookie_of, same
from audioguide.web.security.hosts import Hosts

LARGEST_HEAD = 16 * 1024  # of path, query and header fields
LARGEST_BODY = 256 * 1024
BODY_SECONDS = 15
SOUND = "/api/sound/"  # bells and music are uploaded there, as they are
LARGEST_SOUND = 32 * 2**20
SOUND_SECONDS = 120
STALLED_SECONDS = 600  # a browser that plays stops reading for minutes, and comes back with a range
READING = ("GET", "HEAD")
FEED = "/feed/"
ASKED_BY_PAGE = "x-audioguide"

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Lets a request through to `app` if host, origin and token are right; `lan` asks everybody for it."""

    app: ASGIApp
    hosts: Hosts
    tokens: Tokens
    cookie: str
    lan: bool = False
    wrong: Wrong = field(default_factory=Wrong)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        send = _with_headers(send)
        if refusal := self._refused(scope):
            await refusal(scope, receive, send)
            return
        body = await _body(receive, *_limits(scope))
        if isinstance(body, Response):
            await body(scope, receive, send)
        elif body is not None:
            await self.app(scope, _with_body(body, receive), send)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = _only(headers.getlist("host"))
        if not self.hosts.knows(host):
            return _no("this server does not have that name")
        origins = headers.getlist("origin")
        if any(origin.lower() != f"http://{host}".lower() for origin in origins):
            return _no("requested by a page from another site")
        reading = scope["method"] in READING
        if not reading and not (origins and _is_change_by_page(headers, scope["path"])):
            return _no(
                "only the page itself can make changes: JSON, from its own origin, with X-Audioguide: 1"
            )
        return self._without_token(scope, headers, reading=reading) or _too_large(scope, headers)

    def _without_token(self, scope: Scope, headers: Headers, *, reading: bool) -> Response | None:
        path = scope["path"]
        if path.startswith(FEED) and reading:
            shown, wanted = path.removeprefix(FEED).partition("/")[0], self.tokens.feed
        elif path == "/" and reading and (linked := _token_in(scope)) is not None:
            shown, wanted = linked, self.tokens.page
        else:
            if reading and not self.lan:
                return None
            shown = cookie_of(headers.get("cookie", ""), self.cookie) or ""
            wanted = self.tokens.page
        if same(shown, wanted):
            return None
        address = (scope.get("client") or ("",))[0]
        if shown and self.wrong.again(address):
            return PlainTextResponse("too many wrong tokens: wait a minute\n", 429, {"retry-after": "60"})
        return _no("to get in, open the link or scan the code that audioguide showed when it started")


def _token_in(scope: Scope) -> str | None:
    found = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).get("token")
    return found[0] if found else None


def _only(values: list[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def _is_change_by_page(headers: Headers, path: str) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    wanted = "application/octet-stream" if path.startswith(SOUND) else "application/json"
    return headers.get(ASKED_BY_PAGE) == "1" and kind == wanted


def _limits(scope: Scope) -> tuple[int, int]:
    """Return how many bytes a body may have, and in how many seconds it has to arrive."""
    if scope["method"] == "PUT" and scope["path"].startswith(SOUND):
        return LARGEST_SOUND, SOUND_SECONDS
    return LARGEST_BODY, BODY_SECONDS


def _too_large(scope: Scope, headers: Headers) -> Response | None:
    # uvicorn's own limit holds only for a head that comes in pieces.
    fields = sum(len(name) + len(value) + 4 for name, value in headers.raw)
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) + fields > LARGEST_HEAD:
        return PlainTextResponse(f"the limit for the head of a request is {LARGEST_HEAD // 1024} KiB\n", 431)
    length = headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length) <= _limits(scope)[0]:
        return None
    return _body_too_large(_limits(scope)[0])


def _body_too_large(most: int) -> Response:
    return PlainTextResponse(f"the limit for the body of a request is {most // 1024} KiB\n", 413)


def _no(reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", 403)


async def _body(receive: Receive, most: int, within: int) -> bytes | Response | None:
    """Return the whole body, or what to answer where it is too large or too slow; None if nobody waits."""
    body = bytearray()
    try:
        async with asyncio.timeout(within):  # for all of it: each piece may come in time
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += message.get("body", b"")
                if len(body) > most:
                    return _body_too_large(most)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        said = f"the body of a request must arrive within {within} s\n"
        return PlainTextResponse(said, 408, {"connection": "close"})


def _with_body(body: bytes, receive: Receive) -> Receive:
    """Give `body` out once; from then on, `receive` only waits for the client to leave."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _with_headers(send: Send, headers: Iterable[tuple[str, str]] = tuple(HEADERS.items())) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            found = MutableHeaders(scope=message)
            for name, value in headers:
                found[name] = value
            found.setdefault("cache-control", "no-store")
        async with asyncio.timeout(STALLED_SECONDS):
            await send(message)

    return sending
