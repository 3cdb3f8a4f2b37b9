"""The feed: exact sizes, names that stay, and a token that opens nothing else."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from mutagen.id3 import ID3

from audioguide.errors import EngineError, RoutineError
from tests.web.conftest import NAMES, TOKENS, Serve
from tests.web.feed_of import FEED, ITUNES, PODCAST, items_of, path_of


def test_each_routine_is_an_episode_of_exactly_that_size(serve: Serve, few: Callable[..., None]) -> None:
    client = serve(lan=True)
    items = items_of(client)
    assert set(items) == {"audioguide:first", "audioguide:second"}
    assert items["audioguide:first"].findtext("title") == "First & <last>"
    for item in items.values():
        enclosure = item.find("enclosure")
        assert enclosure is not None
        assert enclosure.get("type") == "audio/mpeg"
        sound = path_of(enclosure.get("url", ""))
        assert int(enclosure.get("length", "")) == len(client.get(sound).content)
        assert client.head(sound).headers["content-length"] == enclosure.get("length")
        assert client.get(sound, headers={"range": "bytes=1-2"}).status_code == 206
        assert parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo is not None


def test_no_episode_is_missing_before_it_is_spoken_nor_after_a_restart(
    serve: Serve, few: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.web.pages.feed.PATIENCE", 0.0)
    items = items_of(serve())
    assert set(items) == {"audioguide:first", "audioguide:second"}
    guess = items["audioguide:first"].find("enclosure")
    monkeypatch.setattr("audioguide.web.pages.feed.PATIENCE", 8.0)
    exact = items_of(serve())["audioguide:first"].find("enclosure")
    assert guess is not None
    assert exact is not None
    assert int(guess.get("length", "")) == pytest.approx(int(exact.get("length", "")), rel=0.3)


def test_no_episode_is_missing_while_the_voice_fails(
    serve: Serve, few: Callable[..., None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EngineError("the voice is hoarse")

    monkeypatch.setattr("audioguide.web.versions.stream", fail)
    assert len(items_of(serve())) == 2
    assert "First & <last>" in caplog.text
    assert "hoarse" in caplog.text


def test_a_routine_that_cannot_be_in_the_feed_is_reported(
    serve: Serve, odd: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (odd / "broken.yaml").write_text("title: Broken\nsteps: [{setle: 4s}]\n")
    marks = "    marks: {before_end: {2s: One two three four five six seven.}}\n"
    (odd / "crowded.yaml").write_text(f"title: Crowded\nsteps:\n  - hold: 5s\n{marks}")
    os.mkfifo(odd / "pipe.yaml")
    Path(os.fsdecode(os.fsencode(odd) + b"/\xff.yaml")).write_text("title: Bytes\nsteps: [{say: Hi.}]\n")
    client = serve(shown=TOKENS.page)
    assert len(items_of(client)) == 2 + len(NAMES)
    for page in ("/", "/phone"):
        text = unescape(client.get(page).text)
        assert "broken.yaml, line 2: " in text
        assert "pipe.yaml is a pipe, not a file" in text
        assert "not UTF-8" in text
        assert str(odd) not in text
    assert "crowded" in client.get("/phone").text
    for name in ("broken", "crowded", "pipe"):
        assert name in caplog.text.lower()
    warned = [record for record in caplog.records if record.levelname == "WARNING"]
    items_of(client)
    assert warned == [record for record in caplog.records if record.levelname == "WARNING"]  # once is enough
    assert client.get("/own").status_code == 200


def test_a_fault_that_only_the_voice_shows_is_reported_too(
    serve: Serve, few: Callable[..., None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RoutineError("a mark is longer than its hold")

    monkeypatch.setattr("audioguide.web.versions.stream", fail)
    client = serve(shown=TOKENS.page)
    for _ in range(2):
        assert items_of(client) == {}
    assert caplog.text.count("First & <last> is not in the feed: a mark is longer than its hold") == 1
    assert "first</strong>: a mark is longer than its hold" in client.get("/phone").text


def test_a_feed_that_did_not_change_is_not_sent_again(serve: Serve, few: Callable[..., None]) -> None:
    client = serve()
    whole = client.get(f"{FEED}/audioguide.xml")
    etag = whole.headers["etag"]
    assert whole.headers["cache-control"] == "private, no-cache"
    for path in ("audioguide.xml", "first.vtt", "first.chapters.json", "cover.png"):
        tag = client.get(f"{FEED}/{path}").headers["etag"]
        again = client.get(f"{FEED}/{path}", headers={"if-none-match": f'"x", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(f"{FEED}/{path}", headers={"if-none-match": '"x"'}).status_code == 200
        for wanted, status in (('"x"', 412), (f"W/{tag}", 412), (tag, 200), ("*", 200)):
            assert client.get(f"{FEED}/{path}", headers={"if-match": wanted}).status_code == status, wanted
    time.sleep(1.1)
    dated = client.get(f"{FEED}/audioguide.xml").headers["last-modified"]
    assert client.get(f"{FEED}/audioguide.xml", headers={"if-modified-since": dated}).status_code == 304
    old = {"if-modified-since": "Sat, 21 Nov 2020 10:00:00 GMT"}
    assert client.get(f"{FEED}/audioguide.xml", headers=old).status_code == 200
    assert client.get(f"{FEED}/audioguide.xml", headers={"if-modified-since": "soon"}).status_code == 200
    both = {"if-none-match": '"x"', "if-modified-since": dated}
    assert client.get(f"{FEED}/audioguide.xml", headers=both).status_code == 200
    few("9s")
    for headers in ({"if-none-match": etag}, {"if-modified-since": dated}):
        assert client.get(f"{FEED}/audioguide.xml", headers=headers).status_code == 200


def test_files_of_the_page_are_not_sent_again_either(serve: Serve) -> None:
    client = serve()
    tag = client.get("/static/app.css").headers["etag"]
    assert client.get("/static/app.css", headers={"if-none-match": tag}).status_code == 304


def test_chapters_and_words_stand_beside(serve: Serve, few: Callable[..., None]) -> None:
    client = serve()
    item = items_of(client)["audioguide:second"]
    chapters, words = item.find(f"{PODCAST}chapters"), item.find(f"{PODCAST}transcript")
    assert chapters is not None
    assert words is not None
    reported = client.get(path_of(chapters.get("url", ""))).json()
    assert [each["title"] for each in reported["chapters"]][-2:] == ["One", "Two"]
    assert reported["chapters"][-1]["startTime"] > 5
    spoken = client.get(path_of(words.get("url", ""))).text
    assert spoken.startswith("WEBVTT\n")
    assert "Hello there." in spoken
    assert client.get(f"{FEED}/cover.png").content.startswith(b"\x89PNG")


def test_names_stay_when_a_routine_changes(serve: Serve, few: Callable[..., None]) -> None:
    client = serve()
    before = items_of(client)
    few("9s")
    after = items_of(client)
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


def test_the_page_shows_the_feed_only_with_its_token(serve: Serve, few: Callable[..., None]) -> None:
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
        sound = client.get(path_of(enclosure.get("url", ""))).content
        sizes.append(len(sound))
        assert int(enclosure.get("length", "")) == len(sound)
        assert client.get(path_of(chapters.get("url", ""))).json()["chapters"]
    assert sizes[1] - sizes[0] == pytest.approx(12.5 * 12_000, abs=2_000)
    tags = ID3(io.BytesIO(sound))  # type: ignore[no-untyped-call]
    assert (str(tags["TIT2"]), str(tags["TALB"]), str(tags["TRCK"])) == (
        "First & <last>, 3 of 3", "First & <last>: a plan", "3/3",
    )  # fmt: skip


CANNOT_BE = ("sessions=0", "sessions=401", "sessions=3&weeks=4", "sessions=x", "set.hold=99s")


@pytest.mark.parametrize("query", CANNOT_BE)
def test_a_plan_that_cannot_be_is_reported(query: str, serve: Serve, few: Callable[..., None]) -> None:
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
