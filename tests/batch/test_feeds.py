"""A private feed for each client, as plain files."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from audioguide.batch.feeds import FOLDER, NEEDED, write_feeds
from audioguide.batch.run import BatchRun
from audioguide.errors import UsageError
from audioguide.export.sidecars import named_sidecars
from audioguide.pipeline.output import Output
from tests.batch.conftest import Studio, thread_crew

URL = "https://example.org/feeds/"


def feeds(studio: Studio) -> dict[str, str]:
    rows = ("Anna,short.yaml,2s", "Anna,other.yaml,", "Bo,short.yaml,3s")
    table = studio.rows("client,routine,hold", *rows)
    batch = studio.batch(table, output=Output(sidecars=named_sidecars(NEEDED)))
    run = BatchRun(batch, crew := thread_crew())
    run.run()
    crew.close()
    return dict(write_feeds(studio.folder / "out", URL, batch.orders, run.manifest))


def home(studio: Studio, address: str) -> Path:
    return studio.folder / "out" / FOLDER / address.removeprefix(URL).removesuffix("/feed.xml")


def test_a_feed_names_what_is_next_to_it(studio: Studio) -> None:
    found = feeds(studio)
    assert found.keys() == {"Anna", "Bo"}
    folder = home(studio, found["Anna"])
    parsed = feedparser.parse((folder / "feed.xml").read_bytes())
    assert sorted(entry.title for entry in parsed.entries) == ["Other", "Short"]
    for entry in parsed.entries:
        sound = folder / entry.enclosures[0].href.rpartition("/")[2]
        assert sound.stat().st_size == int(entry.enclosures[0].length)
        assert sound.with_suffix(".vtt").exists()
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<audio ") == 2
    assert "short-Anna.mp3" in page


def test_an_address_cannot_be_guessed_and_stays(studio: Studio) -> None:
    found = feeds(studio)
    token = found["Anna"].split("/")[-2]
    assert len(token) == 32
    assert "Bo" not in found["Bo"].removeprefix(URL)
    assert feeds(studio) == found


def test_an_address_is_one() -> None:
    with pytest.raises(UsageError, match="--feed ftp://x"):
        write_feeds(Path(), "ftp://x", (), None)  # type: ignore[arg-type]
