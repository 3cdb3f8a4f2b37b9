"""The user's own routines in the page: the list, the editor, and what it sends."""

from __future__ import annotations

from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from audioguide.routine.language.starter import is_name, starter
from audioguide.routine.library import SHIPPED, Library
from audioguide.web import own_routines
from audioguide.web.addresses import part
from audioguide.web.pages.given import given_text
from audioguide.web.pages.ranges import lists
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
        raise HTTPException(404, "this name cannot be used for your own routine")
    text = own_routines.text_of(service.library, name) if known else _first(service.library, request, name)
    return service.page(
        "edit.html", request, name=name, text=text, known=known, etag=_etag(text) if known else "",
        file=own_routines.path_of(service.library, name),
    )  # fmt: skip


def mine(service: Service, name: str) -> str:
    """Return where a routine is changed: itself if it is the user's own, else a copy with a new name."""
    library = service.library
    own = {each.name for each in own_routines.own_routines(library)}
    if name in own:
        return f"/own/{part(name)}"
    if name not in library.shipped or own_routines.own_folder(library) is None:
        return ""
    names = (f"my-{name}{f'-{number}' if number > 1 else ''}" for number in range(1, len(own) + 2))
    free = next(each for each in names if each not in own)
    return f"/own/{part(free)}?from={part(name)}"


def _first(library: Library, request: Request, name: str) -> str:
    """Return what a new routine begins with: a copy of one that ships, where the link names it."""
    origin = request.query_params.get("from", "")
    if origin not in library.shipped:
        return starter(name)
    return (SHIPPED / f"{origin}.yaml").read_text(encoding="utf-8")


async def check(service: Service, request: Request) -> Response:
    """Return what is wrong with a text."""
    text = await given_text(request, "text")
    return JSONResponse(
        await run_in_threadpool(own_routines.checked, service.library, request.path_params["name"], text)
    )


async def save(service: Service, request: Request) -> Response:
    """Save a text, unless something is wrong with it."""
    text, name, library = await given_text(request, "text"), request.path_params["name"], service.library
    await run_in_threadpool(_expected, library, request, name)
    result = await run_in_threadpool(own_routines.save, library, name, text)
    if result["faults"]:
        return JSONResponse(result, 422)
    saved = await run_in_threadpool(own_routines.text_of, library, name)
    return JSONResponse(result, headers={"etag": f'"{_etag(saved)}"'})


def remove(service: Service, request: Request) -> Response:
    """Remove a routine of the user's own."""
    name = request.path_params["name"]
    _expected(service.library, request, name)
    own_routines.remove(service.library, name)
    return JSONResponse({})


def _etag(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _expected(library: Library, request: Request, name: str) -> None:
    """Raise 412 where the file is not what the page shows: another program or tab has changed it."""
    wanted, unwanted = (request.headers.get(key) for key in ("if-match", "if-none-match"))
    if wanted is None and unwanted is None:
        return
    is_there = name in [each.name for each in own_routines.own_routines(library)]
    etag = _etag(own_routines.text_of(library, name)) if is_there else ""
    if wanted is not None and not (is_there and lists(wanted, etag, weak=False)):
        raise HTTPException(412, "this routine was changed elsewhere: reload the page to see it as it is now")
    if unwanted is not None and is_there and lists(unwanted, etag):
        raise HTTPException(412, "a routine with this name exists now: reload the page to see it")
