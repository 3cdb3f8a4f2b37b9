"""Bells and music of the user's own: uploaded, listed and heard."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from audioguide.errors import AudioguideError
from audioguide.web import own_sounds
from audioguide.web.said import said
from audioguide.web.service import Service

KINDS = {
    ".wav": "audio/wav", ".flac": "audio/flac", ".ogg": "audio/ogg", ".opus": "audio/ogg",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".mp4": "audio/mp4", ".aac": "audio/aac",
    ".aif": "audio/aiff", ".aiff": "audio/aiff",
}  # fmt: skip


def sounds(service: Service, _: Request) -> Response:
    """Return how routines name the user's sounds."""
    return JSONResponse([f"{own_sounds.FOLDER}/{name}" for name in own_sounds.own_sounds(service.library)])


def sound(service: Service, request: Request) -> Response:
    """Send one to be heard."""
    path = own_sounds.own_sounds(service.library).get(request.path_params["name"])
    if path is None:
        raise HTTPException(404, "there is no such sound")
    return Response(path.read_bytes(), media_type=KINDS[path.suffix.lower()])


async def upload(service: Service, request: Request) -> Response:
    """Keep a sound, if it can be decoded."""
    data, name = await request.body(), request.path_params["name"]
    try:
        kept = await run_in_threadpool(own_sounds.keep, service.library, name, data)
    except AudioguideError as error:
        raise HTTPException(422, said(error, service.library)) from error
    return JSONResponse({"name": kept})
