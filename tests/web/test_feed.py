"""The feed: exact sizes, names that stay, and a token that opens nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import HOST, TOKENS, Serve

FEED = f"/feed/{TOKENS.feed}"
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
