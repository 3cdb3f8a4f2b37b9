"""The feed: exact sizes, names that stay, and a token that opens nothing else."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from mutagen.id3 import ID3
from starlette.testclient import TestClient

from tests.web.conftest import HOST, TOKENS, Serve

FEED = f"/feed/{TOKENS.feed}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
TEXT = """
title: {title}
summary: {title}
settings:
  hold: {{default: {hold}, min: 4s, max: 30s}}
steps:
  - chapter: One
  - say: Hello there.
  - hold: $hold
  - chapter: Two
  - say: Goodbye.
"""


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let two small routines be all that there are."""
    monkeypatch.setattr("audioguide.routine.library.SHIPPED", tmp_path)

    def write(hold: str = "5s") -> None:
        for name, title in (("first", "First & <last>"), ("second", "Zweitens")):
            (tmp_path / f"{name}.yaml").write_text(TEXT.format(title=json.dumps(title), hold=hold))

    write()
    return write


def _items(client: TestClient) -> dict[str, Xml.Element]:
    answer = client.get(f"{FEED}/audioguide.xml")
    assert answer.headers["content-type"].startswith("application/rss+xml")
    return {item.findtext("guid", ""): item for item in Xml.fromstring(answer.content).iter("item")}


def _path(link: str) -> str:
    assert link.startswith(f"http://{HOST}{FEED}/")
    return link.removeprefix(f"http://{HOST}")


def test_each_routine_is_an_episode_of_exactly_that_size(serve: Serve, few: Callable[..., None]) -> None:
    client = serve(lan=True)
    items = _items(client)
    assert set(items) == {"audioguide:first", "audioguide:second"}
    assert items["audioguide:first"].findtext("title") == "First & <last>"
    for item in items.values():
        enclosure = item.find("enclosure")
        assert enclosure is not None
        assert enclosure.get("type") == "audio/mpeg"
        sound = _path(enclosure.get("url", ""))
        assert int(enclosure.get("length", "")) == len(client.get(sound).content)
        assert client.head(sound).headers["content-length"] == enclosure.get("length")
        assert client.get(sound, headers={"range": "bytes=1-2"}).status_code == 206
        assert parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo is not None


@pytest.mark.parametrize("path", ["audioguide.xml", "plan/first.xml?sessions=3"])
def test_a_reader_of_feeds_agrees(serve: Serve, few: Callable[..., None], path: str) -> None:
    document = serve(lan=True).get(f"{FEED}/{path}").content
    told, items = feedparser.parse(document), list(Xml.fromstring(document).iter("item"))
    assert not told.bozo
    assert told.version == "rss20"
    assert told.feed.title == Xml.fromstring(document).findtext("channel/title")
    assert told.feed.image.href.startswith(f"http://{HOST}/")
    assert [entry.title for entry in told.entries] == [item.findtext("title") for item in items]
    assert [entry.id for entry in told.entries] == [item.findtext("guid") for item in items]
    assert all(entry.published_parsed and not entry.guidislink for entry in told.entries)
    for entry, item in zip(told.entries, items, strict=True):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        assert [(each.href, each.length, each.type) for each in entry.enclosures] == [
            (enclosure.get("url"), enclosure.get("length"), "audio/mpeg")
        ]
        assert int(entry.itunes_duration) > 0


def test_chapters_and_words_stand_beside(serve: Serve, few: Callable[..., None]) -> None:
    client = serve()
    item = _items(client)["audioguide:second"]
    chapters, words = item.find(f"{PODCAST}chapters"), item.find(f"{PODCAST}transcript")
    assert chapters is not None
    assert words is not None
    told = client.get(_path(chapters.get("url", ""))).json()
    assert [each["title"] for each in told["chapters"]][-2:] == ["One", "Two"]
    assert told["chapters"][-1]["startTime"] > 5
    spoken = client.get(_path(words.get("url", ""))).text
    assert spoken.startswith("WEBVTT\n")
    assert "Hello there." in spoken
    assert client.get(f"{FEED}/cover.png").content.startswith(b"\x89PNG")


def test_names_stay_when_a_routine_changes(serve: Serve, few: Callable[..., None]) -> None:
    client = serve()
    before = _items(client)
    few("9s")
    after = _items(client)
    assert set(after) == set(before)
    sizes = [items["audioguide:first"].find("enclosure") for items in (before, after)]
    assert int(sizes[1].get("length", "")) - int(sizes[0].get("length", "")) == pytest.approx(48_000, abs=600)  # type: ignore[union-attr]


@pytest.mark.parametrize("lan", [True, False])
def test_the_feed_needs_its_token_and_opens_nothing_else(
    lan: bool, serve: Serve, few: Callable[..., None]
) -> None:
    client = serve(lan=lan)
    for token in ("wrong", TOKENS.page, ""):
        for file in ("audioguide.xml", "first.mp3", "cover.png"):
            assert client.get(f"/feed/{token}/{file}").status_code in (403, 429)
    assert client.post(f"{FEED}/audioguide.xml").status_code == 403
    for path in (
        f"{FEED}/../own",
        f"{FEED}/first.yaml",
        f"{FEED}/none.mp3",
        f"{FEED}/..%2ffirst.mp3",
        f"{FEED}/",
    ):
        assert client.get(path).status_code in (403, 404) or not lan


def test_the_page_tells_of_the_feed_only_with_its_token(serve: Serve, few: Callable[..., None]) -> None:
    assert TOKENS.feed not in serve().get("/").text
    assert TOKENS.feed in serve(shown=TOKENS.page).get("/").text


def test_a_plan_is_a_feed_of_its_own(serve: Serve, few: Callable[..., None]) -> None:
    """Its sessions grow, come in their order, and each is the file of `audioguide plan`."""
    client = serve(lan=True)
    answer = client.get(f"{FEED}/plan/first.xml?sessions=3&weeks=3&bed=air")
    items = list(Xml.fromstring(answer.content).iter("item"))
    titles = [item.findtext("title") for item in items]
    assert titles == [f"First & <last>, {number} of 3" for number in (1, 2, 3)]
    assert [item.findtext("description") for item in items] == [
        "week 1: hold 5s", "week 2: hold 17.5s", "week 3: hold 30s",
    ]  # fmt: skip
    assert [item.findtext(f"{ITUNES}episode") for item in items] == ["1", "2", "3"]
    assert len({item.findtext("guid") for item in items}) == 3
    times = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
    assert times == sorted(set(times))
    sizes, sound = [], b""
    for item in items:
        enclosure, chapters = item.find("enclosure"), item.find(f"{PODCAST}chapters")
        assert enclosure is not None
        assert chapters is not None
        sound = client.get(_path(enclosure.get("url", ""))).content
        sizes.append(len(sound))
        assert int(enclosure.get("length", "")) == len(sound)
        assert client.get(_path(chapters.get("url", ""))).json()["chapters"]
    assert sizes[1] - sizes[0] == pytest.approx(12.5 * 12_000, abs=2_000)
    tags = ID3(io.BytesIO(sound))  # type: ignore[no-untyped-call]
    assert (str(tags["TIT2"]), str(tags["TALB"]), str(tags["TRCK"])) == (
        "First & <last>, 3 of 3", "First & <last>: a plan", "3/3",
    )  # fmt: skip


CANNOT_BE = ("sessions=0", "sessions=401", "sessions=3&weeks=4", "sessions=x", "set.hold=99s")


@pytest.mark.parametrize("query", CANNOT_BE)
def test_a_plan_that_cannot_be_is_told(query: str, serve: Serve, few: Callable[..., None]) -> None:
    assert serve().get(f"{FEED}/plan/first.xml?{query}").status_code == 422
    assert serve().get(f"{FEED}/plan/none.xml").status_code == 404
    assert serve().get("/feed/wrong/plan/first.xml").status_code == 403


def test_too_many_feeds_at_once_come_again_later(
    serve: Serve, few: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.web.pages.feed.MOST_MEASURED", 0)
    answer = serve().get(f"{FEED}/plan/first.xml?sessions=2")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")


def test_the_ways_onto_a_phone_are_shown_as_codes_to_who_has_the_token(
    serve: Serve, few: Callable[..., None]
) -> None:
    for path in ("/phone", "/plan/first"):
        assert TOKENS.feed not in serve().get(path).text
    inside = serve(lan=True, shown=TOKENS.page, base="http://192.168.7.7:8765")
    page = inside.get("/phone").text
    assert f"http://192.168.7.7:8765/?token={TOKENS.page}" in page
    assert f"http://192.168.7.7:8765{FEED}/audioguide.xml" in page
    assert page.count("<svg") == 2
    planned = inside.get("/plan/first?sessions=2&set.hold=9s").text
    assert f"http://192.168.7.7:8765{FEED}/plan/first.xml?set.hold=9s&amp;sessions=2&amp;weeks=2" in planned
    assert planned.count("Week 1: hold 9s") == planned.count("Week 2: hold 30s") == 1
    assert inside.get("/plan/first?sessions=0").status_code == 422
