"""The routines as a podcast: for an app that takes a feed by its address. It only reads."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from audioguide.errors import AudioguideError
from audioguide.export.chapters_json import chapters_json
from audioguide.export.picture.words import clean
from audioguide.export.timed_text import vtt
from audioguide.routine.notices import DISCLAIMER
from audioguide.units import seconds
from audioguide.web.asked import Asked
from audioguide.web.audio import mp3_response
from audioguide.web.jobs import Busy
from audioguide.web.service import Service
from audioguide.web.shelf import Entry

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
PATIENCE = 8.0  # seconds; what was never spoken by then comes with the next look at the feed

for _prefix, _uri in (("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM)):
    Xml.register_namespace(_prefix, _uri)


async def feed(service: Service, request: Request) -> Response:
    """Send the feed: each routine as it is written, with the exact size of its MP3."""
    made = await asyncio.to_thread(service.shelf.entries)
    base = f"http://{request.headers['host']}/feed/{request.path_params['token']}"
    told = [(entry, size) for entry in made if (size := service.sizes.get(_key(entry)))]
    missing = [entry for entry in made if _key(entry) not in service.sizes]
    if missing:
        told = await _measured(service, made, missing)
    data = Xml.tostring(_rss(base, told), encoding="utf-8", xml_declaration=True)
    headers = {"retry-after": str(int(PATIENCE))} if len(told) < len(made) else {}
    return Response(data, media_type="application/rss+xml", headers=headers)


async def _measured(
    service: Service, made: list[Entry], missing: list[Entry]
) -> list[tuple[Entry, tuple[int, int]]]:
    if service.measuring is None or service.measuring.done():
        service.measuring = asyncio.create_task(_measure(service, missing))
    await asyncio.wait([service.measuring], timeout=PATIENCE)
    return [(entry, size) for entry in made if (size := service.sizes.get(_key(entry)))]


async def _measure(service: Service, missing: list[Entry]) -> None:
    for entry in missing:
        try:
            heard = await service.versions.streamed(Asked(entry.routine.name))
        except AudioguideError:
            continue  # the page tells why
        except Busy:
            await asyncio.sleep(1)
            continue
        service.sizes[_key(entry)] = (heard.mp3.size, heard.timeline.length)


def _key(entry: Entry) -> tuple[object, ...]:
    return (entry.routine.name, entry.stamp)


def _rss(base: str, told: list[tuple[Entry, tuple[int, int]]]) -> Xml.Element:
    rss = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(rss, "channel")
    _texts(
        channel, title="audioguide", link=f"{base.rpartition('/feed/')[0]}/", language="en",
        description=f"Routines to follow with closed eyes. {DISCLAIMER}",
    )  # fmt: skip
    Xml.SubElement(
        channel, f"{{{ATOM}}}link", href=f"{base}/audioguide.xml", rel="self", type="application/rss+xml"
    )
    Xml.SubElement(channel, f"{{{ITUNES}}}image", href=f"{base}/cover.png")
    Xml.SubElement(channel, f"{{{ITUNES}}}explicit").text = "false"
    Xml.SubElement(channel, f"{{{ITUNES}}}block").text = "Yes"  # nobody else's directory
    for entry, (size, length) in told:
        _item(channel, base, entry, size, length)
    return rss


def _item(channel: Xml.Element, base: str, entry: Entry, size: int, length: int) -> None:
    document, name = entry.routine.document, entry.routine.name
    item = Xml.SubElement(channel, "item")
    written = datetime.fromtimestamp(entry.stamp[0][1] // 10**9, UTC)
    _texts(
        item, title=document.title, description=document.summary or document.title,
        pubDate=format_datetime(written),
    )  # fmt: skip
    Xml.SubElement(item, "guid", isPermaLink="false").text = f"audioguide:{name}"
    Xml.SubElement(item, "enclosure", url=f"{base}/{name}.mp3", length=str(size), type="audio/mpeg")
    Xml.SubElement(item, f"{{{ITUNES}}}duration").text = str(round(seconds(length)))
    chapters, words = f"{{{PODCAST}}}chapters", f"{{{PODCAST}}}transcript"
    Xml.SubElement(item, chapters, url=f"{base}/{name}.chapters.json", type="application/json+chapters")
    Xml.SubElement(item, words, url=f"{base}/{name}.vtt", type="text/vtt", language="en")


def _texts(node: Xml.Element, **texts: str) -> None:
    for name, text in texts.items():
        Xml.SubElement(node, name).text = clean(text)


async def episode(service: Service, request: Request) -> Response:
    """Send the MP3, the chapters or the words of one routine, or the cover."""
    file = request.path_params["file"]
    if file == "cover.png":
        return Response(service.static["icon-512.png"], media_type="image/png")
    name, _, kind = file.partition(".")
    if kind not in ("mp3", "chapters.json", "vtt"):
        raise HTTPException(404, "there is nothing here")
    heard = await service.versions.streamed(Asked(await asyncio.to_thread(_known, service, name)))
    if kind == "mp3":
        return mp3_response(request, heard.mp3, service.readers)
    if kind == "vtt":
        return Response("".join(vtt(heard.timeline)), media_type="text/vtt; charset=utf-8")
    return Response("".join(chapters_json(heard.timeline)), media_type="application/json+chapters")


def _known(service: Service, name: str) -> str:
    return service.shelf.entry(name).routine.name
