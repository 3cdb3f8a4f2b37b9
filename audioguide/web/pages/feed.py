"""The routines as a podcast: for an app that takes a feed by its address. It only reads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from audioguide.drawing.words import clean
from audioguide.errors import AudioguideError
from audioguide.export.chapters_json import chapters_json
from audioguide.export.timed_text import vtt
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.units import seconds
from audioguide.web.jobs import Busy
from audioguide.web.pages.audio import mp3_response
from audioguide.web.query import PlanPart, Query
from audioguide.web.routines import Entry
from audioguide.web.service import Service
from audioguide.web.versions import Key

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
MOST_MEASURED = 4  # feeds that are spoken at the same time
MOST_SIZES = 5000
PATIENCE = 8.0  # seconds; what was never spoken by then comes with the next look at the feed

for _prefix, _uri in (("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM)):
    Xml.register_namespace(_prefix, _uri)


@dataclass(frozen=True, slots=True)
class Episode:
    """What the feed tells of a version before it is spoken; `number` is its place in a plan."""

    query: Query
    entry: Entry
    title: str
    summary: str
    number: int | None = None

    @property
    def key(self) -> Key:
        """Name it: as long as that is the same, so is its size."""
        return (self.query.name, self.query.text, self.entry.stamp)

    @property
    def guid(self) -> str:
        """Name it for the app; that stays when the routine changes."""
        return f"audioguide:{self.query.name}{self.query.suffix}"

    @property
    def written(self) -> datetime:
        """Tell when the routine was written; sessions are a minute apart, as apps sort by that."""
        began = datetime.fromtimestamp(self.entry.stamp[0][1] // 10**9, UTC)
        return began + timedelta(minutes=self.number or 0)


async def feed(service: Service, request: Request) -> Response:
    """Send the feed: each routine as it is written, with the exact size of its MP3."""
    entries = await asyncio.to_thread(service.shelf.entries)
    episodes = [
        Episode(Query(entry.routine.name), entry, title, entry.routine.document.summary or title)
        for entry in entries
        for title in [entry.routine.document.title]
    ]
    return await _sent(service, request, "audioguide", "Routines to follow with closed eyes.", episodes)


async def plan_feed(service: Service, request: Request) -> Response:
    """Send the feed of a plan: each of its sessions."""
    title, episodes = await asyncio.to_thread(_sessions, service, request)
    return await _sent(service, request, f"{title}: a plan", f"{len(episodes)} sessions that grow.", episodes)


def _sessions(service: Service, request: Request) -> tuple[str, list[Episode]]:
    query = service.query(request)
    entry = service.shelf.entry(query.name)
    spot, title = query.spot or PlanPart(), entry.routine.document.title
    return title, [
        Episode(
            replace(query, spot=replace(spot, number=session.number)), entry,
            f"{title}, {session.number} of {spot.sessions}",
            session.told,
            session.number,
        )
        for session, _ in service.versions.sessions(query)
    ]  # fmt: skip


async def _sent(
    service: Service, request: Request, title: str, about: str, episodes: list[Episode]
) -> Response:
    missing = [each for each in episodes if each.key not in service.sizes]
    if missing:
        await _measured(service, str(request.url.replace(scheme="", netloc="")), missing)
    told = [(each, size) for each in episodes if (size := service.sizes.get(each.key))]
    data = Xml.tostring(_rss(request, title, about, told), encoding="utf-8", xml_declaration=True)
    headers = {"retry-after": str(int(PATIENCE))} if len(told) < len(episodes) else {}
    return Response(data, media_type="application/rss+xml", headers=headers)


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
    if len(service.sizes) > MOST_SIZES:
        service.sizes.clear()
    for each in missing:
        try:
            heard = await service.versions.streamed(each.query)
        except AudioguideError:
            continue  # the page tells why
        except Busy:
            await asyncio.sleep(1)
            continue
        service.sizes[each.key] = (heard.mp3.size, heard.timeline.length)


def _rss(
    request: Request, title: str, about: str, told: list[tuple[Episode, tuple[int, int]]]
) -> Xml.Element:
    home = f"http://{request.headers['host']}"
    base = f"{home}/feed/{request.path_params['token']}"
    rss = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(rss, "channel")
    _texts(channel, title=title, link=f"{home}/", language="en", description=f"{about} {DISCLAIMER}")
    here = home + str(request.url.replace(scheme="", netloc=""))
    Xml.SubElement(channel, f"{{{ATOM}}}link", href=here, rel="self", type="application/rss+xml")
    Xml.SubElement(channel, f"{{{ITUNES}}}image", href=f"{base}/cover.png")
    Xml.SubElement(channel, f"{{{ITUNES}}}explicit").text = "false"
    Xml.SubElement(channel, f"{{{ITUNES}}}block").text = "Yes"  # nobody else's directory
    if any(each.number for each, _ in told):
        Xml.SubElement(channel, f"{{{ITUNES}}}type").text = "serial"  # from the first on
    for each, (size, length) in told:
        _item(channel, base, each, size, length)
    return rss


def _item(channel: Xml.Element, base: str, each: Episode, size: int, length: int) -> None:
    item = Xml.SubElement(channel, "item")
    _texts(item, title=each.title, description=each.summary, pubDate=format_datetime(each.written))
    Xml.SubElement(item, "guid", isPermaLink="false").text = each.guid
    at = f"{base}/{each.query.name}"
    Xml.SubElement(item, "enclosure", url=f"{at}.mp3{each.query.suffix}", length=str(size), type="audio/mpeg")
    Xml.SubElement(item, f"{{{ITUNES}}}duration").text = str(round(seconds(length)))
    if each.number:
        Xml.SubElement(item, f"{{{ITUNES}}}episode").text = str(each.number)
    chapters, words = f"{{{PODCAST}}}chapters", f"{{{PODCAST}}}transcript"
    kind = "application/json+chapters"
    Xml.SubElement(item, chapters, url=f"{at}.chapters.json{each.query.suffix}", type=kind)
    Xml.SubElement(item, words, url=f"{at}.vtt{each.query.suffix}", type="text/vtt", language="en")


def _texts(node: Xml.Element, **texts: str) -> None:
    for name, text in texts.items():
        Xml.SubElement(node, name).text = clean(text)


async def episode(service: Service, request: Request) -> Response:
    """Send the MP3, the chapters or the words of one version of a routine, or the cover."""
    file = request.path_params["file"]
    if file == "cover.png":
        return Response(service.static["icon-512.png"], media_type="image/png")
    name, _, kind = file.partition(".")
    if kind not in ("mp3", "chapters.json", "vtt"):
        raise HTTPException(404, "there is nothing here")
    heard = await service.versions.streamed(await asyncio.to_thread(service.query_of, name, request))
    if kind == "mp3":
        return mp3_response(request, heard.mp3, service.readers)
    if kind == "vtt":
        return Response("".join(vtt(heard.timeline)), media_type="text/vtt; charset=utf-8")
    return Response("".join(chapters_json(heard.timeline)), media_type="application/json+chapters")
