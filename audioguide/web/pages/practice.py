"""The practice log: what was done, by week; and which exercises are liked."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from audioguide.errors import UsageError
from audioguide.listener.diary import Taste
from audioguide.listener.practice import as_csv, weeks
from audioguide.units import TICKS_PER_SECOND
from audioguide.web.pages.audio import disposition
from audioguide.web.pages.conditional import unless_known
from audioguide.web.pages.given import given
from audioguide.web.service import Service


def practice(service: Service, request: Request) -> Response:
    """Show what was done, week by week."""
    return service.page("practice.html", request, weeks=weeks(service.diary.done()), file=service.diary.path)


def table(service: Service, request: Request) -> Response:
    """Send what was done as a file."""
    headers = {"content-disposition": disposition("practice.csv")}
    answer = Response(as_csv(service.diary.done()), headers=headers, media_type="text/csv; charset=utf-8")
    return unless_known(request, answer)


def done(service: Service, request: Request) -> Response:
    """Note that the version of a routine that a link asks for was done now."""
    query = service.query(request)
    script = service.versions.looked_at(query)
    seconds = round(script.length / TICKS_PER_SECOND)
    number = service.diary.add(datetime.now(), query.name, script.script.title, seconds)
    return JSONResponse({"number": number})


def undo(service: Service, request: Request) -> Response:
    """Remove an entry."""
    number = request.path_params["number"]
    if not (number.isascii() and number.isdigit() and len(number) < 16 and service.diary.remove(int(number))):
        raise UsageError("this entry no longer exists")
    return JSONResponse({})


async def taste(service: Service, request: Request) -> Response:
    """Note that an exercise is liked, disliked, or neither."""
    chosen: Taste = (await given(request, "taste"))["taste"]
    if chosen not in get_args(Taste):
        raise HTTPException(400, "a taste has to be like, dislike, or empty")
    return await run_in_threadpool(_taste, service, request.path_params["name"], chosen)


def _taste(service: Service, name: str, chosen: Taste) -> Response:
    known = name in service.library.routines() or name in service.diary.tastes()
    if not known:
        raise UsageError("there is no routine with this name")
    service.diary.set_taste(name, chosen, service.sessions.today())
    return JSONResponse({})
