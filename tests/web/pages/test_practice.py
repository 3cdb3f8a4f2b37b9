"""Done, and what is liked: noted by the page, shown by week, and taken back."""

from __future__ import annotations

import csv
import io
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audioguide.listener.diary import Diary
from audioguide.web.composed import Sessions
from tests.compose.few import few_stock
from tests.web.conftest import TOKENS, Serve


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    """Return the diary of a listener with a folder of their own."""
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(Sessions, "stock", lambda _: few_stock())
    return Diary(tmp_path / "config")


@pytest.fixture
def writer(serve: Serve, change: dict[str, str], diary: Diary) -> TestClient:
    client = serve(shown=TOKENS.page)
    client.headers.update(change)
    return client


def test_done_notes_the_version_that_was_heard(writer: TestClient, diary: Diary) -> None:
    usual = writer.post("/api/done/knee-to-chest").json()["number"]
    longer = writer.post("/api/done/knee-to-chest?set.hold=25").json()["number"]
    found = {each.number: each for each in diary.done()}
    assert found[usual].title == "Knee to chest"
    assert found[longer].seconds > found[usual].seconds > 60
    text = unescape(writer.get("/practice").text)
    assert text.count("<strong>Knee to chest</strong>") == 2
    assert "2 times, " in text
    assert str(diary.path) in text
    rows = list(csv.reader(io.StringIO(writer.get("/practice.csv").text)))
    assert [row[2] for row in rows] == ["routine", "knee-to-chest", "knee-to-chest"]
    assert writer.delete(f"/api/practice/{usual}").status_code == 200
    assert writer.delete(f"/api/practice/{usual}").status_code == 404
    assert [each.number for each in diary.done()] == [longer]


def test_a_session_that_is_composed_can_be_done_and_its_parts_liked(writer: TestClient, diary: Diary) -> None:
    link = "/compose?for=neck&for=shoulders&length=10&position=on+a+chair&make=1"
    address = writer.get(link, follow_redirects=False).headers["location"]
    assert writer.post(address.replace("/routine/", "/api/done/")).status_code == 200
    assert diary.done()[0].seconds == 600
    assert writer.put("/api/taste/neck-turn", json={"taste": "dislike"}).status_code == 200
    text = writer.get("/compose").text
    assert 'aria-label="Neck turn"' in text
    assert 'value="dislike" aria-pressed="true"' in text
    again = writer.get(link).text  # the same form, with what is known now
    assert 'data-name="neck-turn"' not in again
    assert writer.put("/api/taste/neck-turn", json={"taste": ""}).status_code == 200
    assert 'data-name="neck-turn"' in writer.get(link).text


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/taste/nothing-like-it", {"taste": "like"}, 404),
        ("/api/taste/neck-turn", {"taste": "love"}, 400),
        ("/api/taste/neck-turn", {}, 400),
        ("/api/taste/neck-turn", ["like"], 400), ("/api/taste/neck-turn", {"taste": ["like"]}, 400),
    ],
)  # fmt: skip
def test_nothing_else_is_noted(
    path: str, body: object, status: int, writer: TestClient, diary: Diary
) -> None:
    assert writer.put(path, json=body).status_code == status
    assert diary.tastes() == {}


def test_without_the_link_nothing_is_noted(page: TestClient, diary: Diary, change: dict[str, str]) -> None:
    assert page.post("/api/done/knee-to-chest", headers=change).status_code == 403
    assert page.put("/api/taste/neck-turn", json={"taste": "like"}, headers=change).status_code == 403
    assert page.delete("/api/practice/1", headers=change).status_code == 403
    assert "Nothing yet" in page.get("/practice").text
    assert 'id="done-box"' not in page.get("/routine/knee-to-chest").text
