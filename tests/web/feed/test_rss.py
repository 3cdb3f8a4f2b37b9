"""The feed as other programs read it: three parsers and a schema agree, and every address leads somewhere."""

from __future__ import annotations

import io
import re
import sys
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import fastfeedparser
import feedparser
import podcastparser
import pytest
from lxml import etree

from tests.web.conftest import HOST, NAMES, TEXT, TOKENS, Serve
from tests.web.feed_of import FEED, PODCAST, items_of, path_of


@pytest.mark.parametrize("path", ["audioguide.xml", "plan/knees%20%26%20hips.xml?sessions=3&set.hold=9s"])
def test_three_parsers_and_a_schema_agree(serve: Serve, odd: Path, path: str) -> None:
    document = serve(lan=True).get(f"{FEED}/{path}").content
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("feed.rng")))
    schema.assertValid(etree.fromstring(document))
    items = list(Xml.fromstring(document).iter("item"))
    wanted = [
        (
            item.findtext("title"),
            item.findtext("guid"),
            enclosure.get("url"),
            int(enclosure.get("length", "")),
        )
        for item in items
        if (enclosure := item.find("enclosure")) is not None
    ]
    dates = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
    assert len(wanted) == (3 if "plan" in path else 2 + len(NAMES))
    first = feedparser.parse(document)
    assert (first.bozo, first.version) == (False, "rss20")
    assert first.feed.image.href.startswith(f"http://{HOST}/")
    assert [
        (entry.title, entry.id, entry.enclosures[0].href, int(entry.enclosures[0].length))
        for entry in first.entries
    ] == wanted
    assert [datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in first.entries] == dates
    second = podcastparser.parse("http://example.org/", io.BytesIO(document))
    reported = {entry["guid"]: entry for entry in second["episodes"]}
    assert [
        (title, guid, reported[guid]["enclosures"][0]["url"], reported[guid]["enclosures"][0]["file_size"])
        for title, guid, _, _ in wanted
        if reported[guid]["title"] == title
    ] == wanted
    assert [reported[guid]["published"] for _, guid, _, _ in wanted] == [date.timestamp() for date in dates]
    assert all(entry["total_time"] > 0 for entry in reported.values())
    third = fastfeedparser.parse(document)
    assert [
        (entry.title, entry.id, entry.enclosures[0]["url"], entry.enclosures[0]["length"])
        for entry in third.entries
    ] == wanted
    assert [datetime.fromisoformat(entry.published) for entry in third.entries] == dates


@pytest.mark.slow
def test_every_address_is_encoded_and_leads_to_its_file(serve: Serve, odd: Path) -> None:
    client = serve(lan=True, shown=TOKENS.page)
    items = items_of(client)
    plain = "".join(f"{item.findtext('guid')}\n" for item in items.values())
    for name in NAMES:
        assert f"audioguide:{name}\n" in plain
        item = items[f"audioguide:{name}"]
        links = [item.find("enclosure"), item.find(f"{PODCAST}chapters"), item.find(f"{PODCAST}transcript")]
        for link, kind in zip(links, ("mp3", "chapters.json", "vtt"), strict=True):
            assert link is not None
            assert path_of(link.get("url", "")) == f"{FEED}/{quote(name, safe='')}.{kind}"
            assert client.get(path_of(link.get("url", ""))).status_code == 200
        page = client.get(f"/routine/{quote(name, safe='')}").text
        sound = re.search(r'<audio[^>]* src="([^"]+)"', page)
        assert sound
        assert client.head(unescape(sound[1])).status_code == 200
        look = client.get(f"/api/look/{quote(name, safe='')}").json()
        assert client.head(look["audio"]).status_code == 200
        plan = client.get(f"/plan/{quote(name, safe='')}?sessions=2").text
        [feed] = re.findall(r'class="address"[^>]*>([^<]+)<', plan)
        assert client.get(path_of(unescape(feed))).status_code == 200
    assert "knees%20%26%20hips" in client.get("/").text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_names_that_differ_by_white_space_are_two_episodes(
    serve: Serve, few: Callable[..., None], tmp_path: Path
) -> None:
    for name in ("a b", "a\tb", "a\nb", "a  b"):
        (tmp_path / f"{name}.yaml").write_text(TEXT.format(title="Same", hold="5s"))
    names = [name for name in items_of(serve()) if "a" in name.removeprefix("audioguide:")[:2]]
    assert {"audioguide:a b", "audioguide:%a%09b", "audioguide:%a%0Ab", "audioguide:%a%20%20b"} <= set(names)
