"""Choosing a routine, turning it, hearing it."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import wait
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from audioguide.compiler.estimate import is_exact
from audioguide.errors import AudioguideError
from audioguide.export.metadata import avoided, metadata_of, safety_texts
from audioguide.listener.plan import usually
from audioguide.pipeline.live import Live
from audioguide.pipeline.stream import Stream
from audioguide.script.choices import BEDS
from audioguide.units import clock, seconds
from audioguide.web.addresses import part
from audioguide.web.pages import compose, edit
from audioguide.web.pages.audio import live_response, mp3_response
from audioguide.web.pages.controls import controls, switches
from audioguide.web.pages.outline import outline
from audioguide.web.query import LONGEST_MINUTES, LONGEST_VALUE, BadQuery, Query
from audioguide.web.routines import shown
from audioguide.web.said import said
from audioguide.web.service import Service

GUIDANCE = {
    "fade": "All the first time, then short", "full": "All, each time", "short": "Short", "minimal": "Little",
    "chimes": "Chimes only",
}  # fmt: skip

MOST_PHRASES = 999_999
GRACE = 0.4  # seconds that a version which can be heard waits to be whole


def front(service: Service, request: Request) -> Response:
    """Show the routines, those that are looked for; or take the token of a link."""
    if "token" in request.query_params:  # the guard has seen that it is the right one
        entered = service.page("entered.html", request)
        entered.set_cookie(
            service.cookie, service.tokens.page, max_age=365 * 86_400, httponly=True, samesite="strict"
        )
        return entered
    words, body = (request.query_params.get(key, "")[:100] for key in ("q", "body"))
    found = shown(service.shelf.listed(), words, body)
    return service.page(
        "list.html", request, shown=found, words=words, today=compose.today(service),
        left_out={name: said(error, service.library) for name, error in service.shelf.left_out().items()},
    )  # fmt: skip


def found(service: Service, request: Request) -> Response:
    """Return the names of the routines that a search finds, each with the parts that it was found for."""
    words, body = (request.query_params.get(key, "")[:100] for key in ("q", "body"))
    searched = shown(service.shelf.listed(), words, body)
    return JSONResponse({each.name: searched.search.contained(each) for each in searched.matches})


def routine(service: Service, request: Request) -> Response:
    """Show one routine with its settings as the link has them."""
    name = request.path_params["name"]
    entry = service.shelf.entry(name)
    fault = ""
    try:
        query = service.query(request)
        timeline = service.versions.looked_at(query)
    except AudioguideError as error:
        fault, query = said(error, service.library), Query(name)
        timeline = service.versions.looked_at(query)
    if not fault:
        service.get_ready(query)
    document = entry.routine.document
    script = timeline.script
    usual = service.versions.looked_at(Query(name)).script  # what is chosen where a link chooses nothing
    return service.page(
        "routine.html", request, entry=entry, document=document, about=metadata_of(document), script=script,
        controls=controls(document, query.options.settings), view=outline(timeline), query=query.text,
        fault=fault, parts=switches(entry.routine), left_out=query.options.skip,
        guidance=GUIDANCE, voices=service.voices.english(), voice=script.voice,
        usual=usual, exact=is_exact(script),
        voice_name=service.voices.name_of(usual.voice.name),
        grows=usually(document), minutes=_minutes(query), avoided=avoided(script),
        bed=script.bed or "", beds=BEDS, safety=safety_texts(script), made=compose.shown(service, name),
        mine=edit.mine(service, name),
        status=400 if fault else 200,
    )  # fmt: skip


def _minutes(query: Query) -> str:
    return (query.options.fit or "").removesuffix("m")


def look(service: Service, request: Request) -> Response:
    """Return length, places and strip of a version, from estimated lengths; or why it cannot be."""
    service.shelf.entry(request.path_params["name"])  # one that is not there is no answer
    try:
        query = service.query(request)
        timeline = service.versions.looked_at(query)
        view = {**outline(timeline), "exact": is_exact(timeline.script)}
    except AudioguideError as error:
        return JSONResponse({"error": said(error, service.library)})
    return JSONResponse(_version(service, query, view))


async def words(service: Service, request: Request) -> Response:
    """Return the same of the version as it is heard, from measured lengths."""
    query = await asyncio.to_thread(service.query, request)
    heard = await service.versions.streamed(query)
    view = {**outline(heard.timeline), "bytes": heard.mp3.size}
    return JSONResponse(await asyncio.to_thread(_version, service, query, view))


def _version(service: Service, query: Query, view: dict[str, Any]) -> dict[str, Any]:
    name = part(query.name)
    document = service.shelf.entry(query.name).routine.document
    used = {setting: str(value) for setting, value in view["settings"].items()}
    return {
        **view, "controls": {each.name: each.value for each in controls(document, used)}, "query": query.text,
        "audio": f"/audio/{name}.mp3{query.suffix}", "live": f"/live/{name}.mp3{query.suffix}",
        "ready": f"/api/ready/{name}{query.suffix}", "words": f"/api/words/{name}{query.suffix}",
        "download": f"/download/{name}.mp3{query.suffix}",
    }  # fmt: skip


async def audio(service: Service, request: Request) -> Response:
    """Stream a version."""
    heard = await service.versions.streamed(await asyncio.to_thread(service.query, request))
    return mp3_response(request, heard.mp3, service.readers)


async def live(service: Service, request: Request) -> Response:
    """Play a version as soon as its first words are spoken; one that is whole is found under its own address.

    `from` is the second to begin with.
    """
    query = await asyncio.to_thread(service.query, request)
    making = await service.versions.making(query)
    with making.waited_for():
        heard = await asyncio.shield(asyncio.wrap_future(making.heard))
        # Of a voice that speaks all of it at once, the whole file is better: it has a length and ranges.
        await asyncio.to_thread(wait, [making.whole], GRACE)
    if isinstance(heard, Stream) or making.whole.done():
        return RedirectResponse(f"/audio/{part(query.name)}.mp3{query.suffix}", 307)
    start = _number(request, "from", LONGEST_MINUTES * 60)
    return live_response(request, making, heard, service.listeners, start)


async def ready(service: Service, request: Request) -> Response:
    """Begin to make a version, and return how far it is; with its places where more is spoken than `seen`."""
    query = await asyncio.to_thread(service.query, request)
    making = await service.versions.making(query)
    state, live = making.state, making.live
    answer: dict[str, Any] = state.as_json()
    if live and state.spoken > _number(request, "seen", MOST_PHRASES):
        answer |= await asyncio.to_thread(_so_far, service, query, live)
    return JSONResponse(answer, headers={"cache-control": "no-store"})


def _so_far(service: Service, query: Query, live: Live) -> dict[str, Any]:
    glimpse = live.glimpse()
    if glimpse is None:
        return {}
    return {
        "view": _version(service, query, outline(glimpse.timeline)), "certain": seconds(glimpse.certain)
    }  # fmt: skip


def _number(request: Request, key: str, most: int) -> float:
    """Return a number of a link, from 0 to `most`. Raises BadQuery."""
    text = request.query_params.get(key, "0")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text, re.ASCII) or float(text) > most:
        raise BadQuery(f"{key}: '{text[:LONGEST_VALUE]}' is not a number from 0 to {most}")
    return float(text)


async def download(service: Service, request: Request) -> Response:
    """Send a version as a file to save."""
    heard = await service.versions.streamed(await asyncio.to_thread(service.query, request))
    name = f"{heard.timeline.script.title} {clock(heard.timeline.length).replace(':', '.')}.mp3"
    return mp3_response(request, heard.mp3, service.readers, name)
