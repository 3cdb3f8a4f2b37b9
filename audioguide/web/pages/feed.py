"""The feed and its files: for an app that takes a podcast by its address. It only reads."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from audioguide.errors import AudioguideError, RoutineError
from audioguide.export.chapters_json import chapters_json
from audioguide.export.timed_text import vtt
from audioguide.web.composed import MADE
from audioguide.web.feed.days import of_days
from audioguide.web.feed.episodes import Episode, guessed, of_routines, of_sessions
from audioguide.web.feed.rss import Channel, Sized, rss
from audioguide.web.jobs import Busy
from audioguide.web.pages.audio import mp3_response
from audioguide.web.pages.conditional import unless_known
from audioguide.web.service import Service

LOGGER = logging.getLogger("audioguide.web")
MOST_MEASURED = 4  # feeds that are spoken at the same time
MOST_SIZES = 5000
PATIENCE = 8.0  # seconds; the size of what was not spoken by then is an estimate
KINDS = ("mp3", "chapters.json", "vtt")


@dataclass(frozen=True, slots=True)
class _Feed:
    title: str
    about: str
    episodes: list[Episode]


async def feed(service: Service, request: Request) -> Response:
    """Send the feed: the sessions of the last days, and each routine as it is written."""
    about = "Routines to follow with your eyes closed."
    return await _sent(service, request, _Feed("audioguide", about, await asyncio.to_thread(_all, service)))


def _all(service: Service) -> list[Episode]:
    return [*of_days(service.sessions), *of_routines(service.shelf.listed())]


async def plan_feed(service: Service, request: Request) -> Response:
    """Send the feed of a plan: each of its sessions."""
    return await _sent(service, request, await asyncio.to_thread(_plan, service, request))


def _plan(service: Service, request: Request) -> _Feed:
    query = service.query(request)
    entry = service.shelf.entry(query.name)
    sessions = [session for session, _ in service.versions.sessions(query)]
    title = f"{entry.routine.document.title}: a plan"
    return _Feed(title, f"{len(sessions)} sessions that grow.", of_sessions(query, entry, sessions))


async def _sent(service: Service, request: Request, shown: _Feed) -> Response:
    missing = [each for each in shown.episodes if not service.is_measured(each.key)]
    if missing:
        await _measured(service, str(request.url.replace(scheme="", netloc="")), missing)
    sized = await asyncio.to_thread(_sized, service, shown.episodes)
    home = f"http://{request.headers['host']}"
    query = f"?{request.url.query}" if request.url.query else ""
    channel = Channel(
        title=shown.title, about=shown.about, home=home,
        base=f"{home}/feed/{request.path_params['token']}",
        link=f"{home}{quote(request.scope['path'])}{query}",
    )  # fmt: skip
    answer = Response(rss(channel, sized), media_type="application/rss+xml")
    return unless_known(request, answer, service.changes)


def _sized(service: Service, episodes: list[Episode]) -> list[Sized]:
    """Return the episodes with their sizes; that of one that is not spoken yet is an estimate."""
    found: list[Sized] = []
    for each in episodes:
        if each.key in service.unheard:
            continue
        if (size := service.sizes.get(each.key) or service.guesses.get(each.key)) is None:
            try:
                length = each.length or service.versions.looked_at(each.query).length
                size = service.guesses[each.key] = guessed(length)
            except AudioguideError as error:
                _left_out(service, each, error)
                continue
        found.append((each, size))
    return found


async def _measured(service: Service, which: str, missing: list[Episode]) -> None:
    """Have what is `missing` in a feed spoken, and wait for it for a while."""
    running = {name: task for name, task in service.measuring.items() if not task.done()}
    if which not in running:
        if len(running) >= MOST_MEASURED:
            raise Busy
        running[which] = asyncio.create_task(_measure(service, missing))
    service.measuring = running
    await asyncio.wait([running[which]], timeout=PATIENCE)


async def _measure(service: Service, missing: list[Episode]) -> None:
    for known in (service.sizes, service.guesses, service.unheard):
        if len(known) > MOST_SIZES:
            known.clear()
    for each in missing:
        try:
            heard = await service.versions.streamed(each.query)
        except RoutineError as error:
            _left_out(service, each, error)
        except AudioguideError as error:  # of the voice or the disk: it may pass, and the episode stays
            LOGGER.warning("the size of %s in the feed is an estimate: %s", each.title, error)
        except Busy:
            await asyncio.sleep(1)
        else:
            service.sizes[each.key] = (heard.mp3.size, heard.timeline.length)


def _left_out(service: Service, each: Episode, error: AudioguideError) -> None:
    if each.key not in service.unheard:
        LOGGER.warning("%s is not in the feed: %s", each.title, error)
    service.unheard[each.key] = error


async def episode(service: Service, request: Request) -> Response:
    """Send the MP3, the chapters or the words of one version of a routine, or the cover."""
    file = request.path_params["file"]
    if file == "cover.png":
        return unless_known(request, Response(service.static["icon-512.png"], media_type="image/png"))
    kind = next((each for each in KINDS if file.endswith(f".{each}")), None)
    if kind is None:
        raise HTTPException(404, "this page does not exist")
    name = file.removesuffix(f".{kind}")  # it may have dots of its own
    if name.startswith(MADE):  # a session of the page: the feed does not have it
        raise HTTPException(404, "this page does not exist")
    heard = await service.versions.streamed(await asyncio.to_thread(service.query_of, name, request))
    if kind == "mp3":
        return mp3_response(request, heard.mp3, service.readers)
    if kind == "vtt":
        text, media = "".join(vtt(heard.timeline)), "text/vtt; charset=utf-8"
    else:
        text, media = "".join(chapters_json(heard.timeline)), "application/json+chapters"
    return unless_known(request, Response(text, media_type=media))
