"""Routines of one's own in the page: the list, the editor, and what it sends."""

from __future__ import annotations

import json

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from audioguide.routine.language.starter import is_name, starter
from audioguide.web import own_routines
from audioguide.web.service import Service


def own(service: Service, request: Request) -> Response:
    """Show the user's own routines, and where to begin a new one."""
    return service.page(
        "own.html",
        request,
        routines=own_routines.own_routines(service.library),
        folder=own_routines.own_folder(service.library),
    )


def edit(service: Service, request: Request) -> Response:
    """Show the text of one, or of a new one with that name."""
    name = request.path_params["name"]
    known = name in [each.name for each in own_routines.own_routines(service.library)]
    if not known and (not is_name(name) or name in service.library.shipped):
        raise HTTPException(404, "no routine of your own can be called so")
    text = own_routines.text_of(service.library, name) if known else starter(name)
    return service.page("edit.html", request, name=name, text=text, known=known)


async def check(service: Service, request: Request) -> Response:
    """Tell what is wrong with a text."""
    text = await _text(request)
    return JSONResponse(
        await run_in_threadpool(own_routines.checked, service.library, request.path_params["name"], text)
    )


async def save(service: Service, request: Request) -> Response:
    """Save a text, unless something is wrong with it."""
    text = await _text(request)
    told = await run_in_threadpool(own_routines.save, service.library, request.path_params["name"], text)
    return JSONResponse(told, 422 if told["faults"] else 200)


def remove(service: Service, request: Request) -> Response:
    """Remove a routine of the user's own."""
    own_routines.remove(service.library, request.path_params["name"])
    return JSONResponse({})


async def _text(request: Request) -> str:
    try:
        text = json.loads(await request.body())["text"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HTTPException(400, "a change is JSON with a `text`") from error
    if not isinstance(text, str):
        raise HTTPException(400, "a change is JSON with a `text`")
    return text
