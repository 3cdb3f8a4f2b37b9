"""A feed as RSS 2.0, with the namespaces of iTunes and of the Podcasting 2.0 project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol
from xml.etree import ElementTree as Xml

from audioguide.routine.language.notices import DISCLAIMER
from audioguide.script.text import one_line
from audioguide.units import seconds

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"

for _prefix, _uri in (("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM)):
    Xml.register_namespace(_prefix, _uri)


class FeedItem(Protocol):
    """What a feed says of an episode, whatever it was made from."""

    @property
    def title(self) -> str:
        """Return its title."""

    @property
    def summary(self) -> str:
        """Return what it is, in a line."""

    @property
    def date(self) -> datetime:
        """Return when it was published."""

    @property
    def number(self) -> int | None:
        """Return its place in a plan, or None."""

    @property
    def guid(self) -> str:
        """Return the name that stays when the episode changes."""

    def file(self, kind: str) -> str:
        """Return the last part of the address of its `kind` of file, such as "mp3"."""


Sized = tuple[FeedItem, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself; `home` is the address of the server, `base` that of the feed's files."""

    title: str
    about: str
    home: str
    base: str
    link: str


def rss(channel: Channel, episodes: Sequence[Sized]) -> bytes:
    """Return the feed as XML in UTF-8; each of `episodes` comes with its size in bytes and its ticks."""
    document = Xml.Element("rss", version="2.0")
    root = Xml.SubElement(document, "channel")
    about = f"{channel.about} {DISCLAIMER}"
    _texts(root, title=channel.title, link=f"{channel.home}/", language="en", description=about)
    Xml.SubElement(root, f"{{{ATOM}}}link", href=channel.link, rel="self", type="application/rss+xml")
    Xml.SubElement(root, f"{{{ITUNES}}}image", href=f"{channel.base}/cover.png")
    Xml.SubElement(root, f"{{{ITUNES}}}explicit").text = "false"
    Xml.SubElement(root, f"{{{ITUNES}}}block").text = "Yes"  # no directory lists it
    if any(each.number for each, _ in episodes):
        Xml.SubElement(root, f"{{{ITUNES}}}type").text = "serial"  # from the first on
    for each, (size, length) in episodes:
        _item(root, channel.base, each, size, length)
    found: bytes = Xml.tostring(document, encoding="utf-8", xml_declaration=True)
    return found


def _item(root: Xml.Element, base: str, each: FeedItem, size: int, length: int) -> None:
    item = Xml.SubElement(root, "item")
    _texts(item, title=each.title, description=each.summary, pubDate=format_datetime(each.date))
    Xml.SubElement(item, "guid", isPermaLink="false").text = one_line(each.guid)
    sound = f"{base}/{each.file('mp3')}"
    Xml.SubElement(item, "enclosure", url=sound, length=str(size), type="audio/mpeg")
    Xml.SubElement(item, f"{{{ITUNES}}}duration").text = str(round(seconds(length)))
    if each.number:
        Xml.SubElement(item, f"{{{ITUNES}}}episode").text = str(each.number)
    chapters, words = f"{{{PODCAST}}}chapters", f"{{{PODCAST}}}transcript"
    kind = "application/json+chapters"
    Xml.SubElement(item, chapters, url=f"{base}/{each.file('chapters.json')}", type=kind)
    Xml.SubElement(item, words, url=f"{base}/{each.file('vtt')}", type="text/vtt", language="en")


def _texts(node: Xml.Element, **texts: str) -> None:
    for name, text in texts.items():
        Xml.SubElement(node, name).text = one_line(text)
