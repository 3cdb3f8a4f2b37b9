"""Dates of episodes: all different, in an order that stays, and never in the future."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.web.feed.dates import FIRST, published_names
from tests.web.conftest import TEXT, Serve
from tests.web.feed_of import FEED, items_of


def _dates(client: TestClient) -> dict[str, datetime]:
    return {
        guid: parsedate_to_datetime(item.findtext("pubDate", "")) for guid, item in items_of(client).items()
    }


def test_dates_differ_and_stay_when_everything_is_installed_again(
    serve: Serve, few: Callable[..., None], tmp_path: Path
) -> None:
    for number in range(30):
        (tmp_path / f"r{number}.yaml").write_text(TEXT.format(title="Same", hold="5s"))
    client = serve()
    before = _dates(client)
    assert len(set(before.values())) == len(before) == 32
    assert max(before.values()) < datetime.now(UTC)
    for path in tmp_path.glob("*.yaml"):  # as `pip install` does
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert _dates(client) == before
    (tmp_path / "another.yaml").write_text(TEXT.format(title="Another", hold="5s"))
    (tmp_path / "r7.yaml").unlink()
    after = _dates(client)
    assert {guid: after[guid] for guid in before if guid in after} == {
        guid: date for guid, date in before.items() if guid != "audioguide:r7"
    }
    assert len(set(after.values())) == len(after)


@pytest.mark.slow
def test_your_own_have_the_dates_of_their_last_changes(serve: Serve, odd: Path) -> None:
    for number in range(40):  # copied at one moment
        (odd / f"c{number}.yaml").write_text(TEXT.format(title="Same", hold="5s"))
        os.utime(odd / f"c{number}.yaml", (1_700_000_000, 1_700_000_000))
    os.utime(odd / "über.yaml", (1_600_000_000, 1_600_000_000))
    os.utime(odd / "a#b.yaml", (4_000_000_000, 4_000_000_000))
    client = serve()
    dates = _dates(client)
    assert len(set(dates.values())) == len(dates)
    assert max(dates.values()) < datetime.now(UTC)
    copied = [dates[f"audioguide:c{number}"] for number in range(40)]
    assert all(0 <= 1_700_000_000 - date.timestamp() <= 86_400 for date in copied)
    assert dates["audioguide:über"] < min(copied)
    (odd / "c41.yaml").write_text(TEXT.format(title="Same", hold="5s"))
    os.utime(odd / "c41.yaml", (1_700_000_000, 1_700_000_000))
    after = _dates(client)
    assert sorted(dates, key=lambda guid: dates[guid]) == sorted(dates, key=lambda guid: after[guid])


def test_sessions_of_a_plan_are_dated_in_their_order_and_not_in_the_future(serve: Serve, odd: Path) -> None:
    document = serve().get(f"{FEED}/plan/50%25.xml?sessions=20&weeks=4").content
    dates = [parsedate_to_datetime(each.text or "") for each in Xml.fromstring(document).iter("pubDate")]
    assert dates == sorted(set(dates))
    assert len(dates) == 20
    assert dates[-1] < datetime.now(UTC)


def test_what_ships_has_a_place_in_the_list() -> None:
    """A new routine goes to the end of the list; the others keep their dates."""
    assert set(SHIPPED_LIBRARY.shipped) <= set(published_names()), "run `python -m library --write`"
    assert list(published_names().values()) == list(range(len(published_names())))
    assert FIRST + timedelta(days=len(published_names())) < datetime.now(UTC)
    assert (published_names()["warm-towel"], published_names()["back-care-habits"]) == (0, 35)
