"""Small feeds for the tests, and what is in them."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from starlette.testclient import TestClient

from tests.web.conftest import HOST, TOKENS

FEED = f"/feed/{TOKENS.feed}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def items_of(client: TestClient) -> dict[str, Xml.Element]:
    """Return the items of the feed by their names."""
    answer = client.get(f"{FEED}/audioguide.xml")
    assert answer.headers["content-type"].startswith("application/rss+xml")
    return {item.findtext("guid", ""): item for item in Xml.fromstring(answer.content).iter("item")}


def path_of(link: str) -> str:
    """Return what follows the host in an address of the feed."""
    assert link.startswith(f"http://{HOST}{FEED}/")
    return link.removeprefix(f"http://{HOST}")
