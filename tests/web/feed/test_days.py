"""The session of each day: in the feed, on the page, the same all day, another one tomorrow."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from audioguide.compose.wishes import Asked
from audioguide.listener.options import Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.web.composed import Sessions
from audioguide.web.feed.days import of_days
from audioguide.web.query import BadQuery
from audioguide.web.routines import Routines
from tests.compose.few import few_stock
from tests.web.conftest import TOKENS, Serve
from tests.web.feed_of import FEED, ITUNES, items_of, path_of

DAY = date(2026, 11, 29)
BACK = Asked(body="back", length="5m")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sessions, "stock", lambda _: few_stock())
    monkeypatch.setattr(Routines, "listed", lambda _: [])
    monkeypatch.setattr("audioguide.web.feed.days.DAYS", 3)
    monkeypatch.setattr("audioguide.web.pages.feed.PATIENCE", 0.0)


def sessions(today: date = DAY, daily: Asked | None = BACK) -> Sessions:
    return Sessions(SHIPPED_LIBRARY, Options(engine="tone"), daily, lambda: today)


def test_each_day_has_a_session_of_its_own_and_keeps_it() -> None:
    found = list(of_days(sessions()))
    assert [each.guid for each in found] == [
        "audioguide:today~2026-11-29", "audioguide:today~2026-11-28", "audioguide:today~2026-11-27",
    ]  # fmt: skip
    assert [each.title for each in found][:2] == [
        "Back, 5 minutes: 29 November",
        "Back, 5 minutes: 28 November",
    ]
    assert [each.length for each in found] == [5 * 15_000] * 3
    texts = [sessions().made(each.query.name).session.text for each in found]
    assert len(set(texts)) == 3
    tomorrow = list(of_days(sessions(DAY + timedelta(days=1))))
    assert tomorrow[1:] == found[:2]


def test_a_day_is_dated_at_its_start_in_local_time() -> None:
    for each in of_days(sessions()):
        assert each.date.astimezone().replace(tzinfo=None).time() == datetime.min.time()


def test_without_daily_there_is_none_and_no_day_of_the_future() -> None:
    assert list(of_days(sessions(daily=None))) == []
    for name in ("today~2026-11-30", "today~1999-12-31", "today~x"):
        with pytest.raises(BadQuery):
            sessions().made(name)
    with pytest.raises(BadQuery):
        sessions(daily=None).made("today~2026-11-29")


def test_a_day_without_a_session_leaves_the_others_in_the_feed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = Sessions.made

    def some(self: Sessions, name: str) -> object:
        if name.endswith("28"):
            raise BadQuery("nothing fits")
        return made(self, name)

    monkeypatch.setattr(Sessions, "made", some)
    assert len(list(of_days(sessions()))) == 2
    assert "no session for 2026-11-28: nothing fits" in caplog.text


def test_the_feed_has_the_days_and_is_sent_once(serve: Serve) -> None:
    client = serve(daily=BACK)
    today = date.today()
    items = items_of(client)
    assert next(iter(items)) == f"audioguide:today~{today.isoformat()}"
    assert len(items) == 3
    item = items[f"audioguide:today~{today.isoformat()}"]
    assert item.findtext(f"{ITUNES}duration") == "300"
    assert parsedate_to_datetime(item.findtext("pubDate", "")).astimezone().date() == today
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert client.head(path_of(enclosure.get("url", ""))).status_code == 200
    for _ in range(2):  # its size may be known by now
        answer = client.get(f"{FEED}/audioguide.xml")
    known = {"if-none-match": answer.headers["etag"]}
    assert client.get(f"{FEED}/audioguide.xml", headers=known).status_code in (304, 200)


def test_the_feed_composes_nothing_else(serve: Serve) -> None:
    client = serve(daily=BACK, lan=True)
    assert client.head(f"{FEED}/made~for%3Dneck.mp3").status_code == 404


def test_the_page_shows_today(serve: Serve) -> None:
    client = serve(daily=BACK, shown=TOKENS.page)
    text = client.get("/").text
    link = f"/routine/today~{date.today().isoformat()}"
    assert f'<a class="card" href="{link}">' in text
    assert "<strong>Back, 5 minutes</strong>" in text
    assert '<ol class="why">' in client.get(link).text
    assert "today~" not in client.get("/?q=neck").text
    assert "today~" not in serve().get("/").text
