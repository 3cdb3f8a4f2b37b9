"""The sound: ranges and conditions as RFC 9110 has them, and the file that `render` writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audioguide.listener.layers import Layer
from audioguide.listener.options import Options
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.pipeline.render import render
from audioguide.routine.library import SHIPPED, SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.web import versions
from audioguide.web.jobs import Busy, Jobs
from audioguide.web.pages.audio import disposition
from audioguide.web.pages.ranges import Answer, answer_to
from audioguide.web.query import Query, read_query
from audioguide.web.routines import Entry, Routines
from audioguide.web.versions import Versions
from tests.tables import every
from tests.web.conftest import TOKENS

LINK = "/audio/knee-to-chest.mp3?set.hold=17"


@pytest.fixture
def rendered(tmp_path: Path) -> bytes:
    options = Options(settings={"hold": "17s"}, engine="tone")
    script = build(request(load(SHIPPED / "knee-to-chest.yaml"), [Layer("the command line", options)]))
    return render(script, tmp_path).mp3.read_bytes()


def test_the_whole_is_what_render_writes(page: TestClient, rendered: bytes) -> None:
    answer = page.get(LINK)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.content == rendered


def test_a_head_tells_all_but_the_body(page: TestClient, rendered: bytes) -> None:
    head, whole = page.head(LINK), page.get(LINK)
    assert head.status_code == 200
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(rendered)
    assert head.headers["etag"] == whole.headers["etag"]


def test_a_range_is_a_part(page: TestClient, rendered: bytes) -> None:
    size = len(rendered)
    for wanted, start, stop in (
        ("0-0", 0, 1), ("100-", 100, size), ("-1", size - 1, size), (f"-{size * 2}", 0, size),
        (f"{size - 1}-{size * 9}", size - 1, size), ("5000-99999", 5000, 100_000),
    ):  # fmt: skip
        answer = page.get(LINK, headers={"range": f"bytes={wanted}"})
        assert answer.status_code == 206, wanted
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"
        assert answer.content == rendered[start:stop]


def test_versions_are_kept_by_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    options, jobs = Options(engine="tone"), Jobs()
    made = Versions(Routines(SHIPPED_LIBRARY, options), options, jobs)
    routine = made.shelf.entry("knee-to-chest").routine
    for hold, most, kept in (("17", 10**9, 1), ("18", 10**9, 2), ("17", 10**9, 2), ("19", 1, 1)):
        monkeypatch.setattr(versions, "MOST_BYTES", most)
        asyncio.run(_heard(made, read_query(routine, {"set.hold": hold}, ())))
        made._begun(read_query(routine, {"set.hold": hold}, ()))
        assert len(made._made) == kept
    jobs.close()


async def _heard(made: Versions, wish: Query) -> int:
    return (await made.streamed(wish)).mp3.size


def test_conditions(page: TestClient) -> None:
    etag = page.head(LINK).headers["etag"]
    assert not etag.startswith("W/")
    assert page.get(LINK, headers={"if-none-match": etag}).status_code == 304
    assert page.get(LINK, headers={"if-none-match": f'"other", W/{etag}'}).status_code == 304
    assert page.get(LINK, headers={"if-none-match": '"other"'}).status_code == 200
    part = {"range": "bytes=0-9"}
    assert page.get(LINK, headers=part | {"if-range": etag}).status_code == 206
    assert page.get(LINK, headers=part | {"if-range": f"W/{etag}"}).status_code == 200
    assert page.get(LINK, headers=part | {"if-range": "Sat, 21 Nov 2026 10:00:00 GMT"}).status_code == 200
    other = page.head("/audio/knee-to-chest.mp3?set.hold=18").headers["etag"]
    assert page.get(LINK, headers=part | {"if-range": other}).status_code == 200


def test_a_condition_that_does_not_hold_is_answered_with_412(page: TestClient) -> None:
    etag = page.head(LINK).headers["etag"]
    for wanted, status in (
        (etag, 200), ("*", 200), (f'"other", {etag}', 200), ('"other"', 412), (f"W/{etag}", 412),
    ):  # fmt: skip
        answer = page.get(LINK, headers={"if-match": wanted})
        assert answer.status_code == status, wanted
        assert bool(answer.content) == (status == 200)
    both = {"if-match": '"other"', "if-none-match": etag, "range": "bytes=0-9"}
    assert page.get(LINK, headers=both).status_code == 412


def test_a_range_behind_the_end_is_reported(page: TestClient, rendered: bytes) -> None:
    answer = page.get(LINK, headers={"range": f"bytes={len(rendered)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(rendered)}"


@every("wanted", ["bytes=5-2", "bytes=-", "bytes=a-b", "seconds=1-2", "bytes=0-1,4-5", "bytes=²-3"])
def test_what_is_not_a_range_gets_the_whole(wanted: str) -> None:
    assert answer_to({"range": wanted}, 100, "x") == Answer(200, 0, 100)


def test_the_last_bytes_of_none_are_no_range() -> None:
    assert answer_to({"range": "bytes=-0"}, 100, "x").status == 416


def test_a_bed_streams_too(page: TestClient) -> None:
    whole = page.get(f"{LINK}&bed=brown")
    part = page.get(f"{LINK}&bed=brown", headers={"range": "bytes=70000-70099"})
    assert part.content == whole.content[70_000:70_100]
    assert whole.headers["etag"] != page.head(LINK).headers["etag"]


@every(
    ("name", "plain", "whole"),
    [
        ("Knee to chest 3.48.mp3", "Knee to chest 3.48.mp3", "Knee%20to%20chest%203.48.mp3"),
        ("Schönheit.mp3", "Schonheit.mp3", "Sch%C3%B6nheit.mp3"),
        ('a"b\r\nX: y/../..mp3', "a b X y .. ..mp3", "a%20b%20X%20y%20..%20..mp3"),
        ("\ud800.mp3", "mp3", "mp3"),
        ("глаза.mp3", ".mp3", "%D0%B3%D0%BB%D0%B0%D0%B7%D0%B0.mp3"),
    ],
)
def test_a_name_to_save_under(name: str, plain: str, whole: str) -> None:
    assert disposition(name) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"


def test_a_download_has_a_good_name(page: TestClient) -> None:
    answer = page.head("/download/knee-to-chest.mp3?set.hold=17")
    assert answer.headers["content-disposition"].startswith('attachment; filename="Knee to chest 5.')


@pytest.mark.parametrize(
    "link",
    [
        LINK,
        "/download/knee-to-chest.mp3",
        "/api/words/knee-to-chest",
        f"/feed/{TOKENS.feed}/knee-to-chest.vtt",
    ],
)
def test_while_a_routine_is_read_others_are_answered(
    link: str, page: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, blocked = Routines.entry, []

    def read(shelf: Routines, name: str) -> Entry:
        with suppress(RuntimeError):  # in a thread of its own, there is none
            blocked.append(asyncio.get_running_loop())
        return entry(shelf, name)

    monkeypatch.setattr(Routines, "entry", read)
    assert page.get(link).status_code == 200
    assert not blocked


def test_what_cannot_be_made_is_reported(page: TestClient) -> None:
    assert page.get("/audio/nothing.mp3").status_code == 404
    assert page.get("/audio/knee-to-chest.mp3?set.hold=99").status_code == 422
    assert page.get("/audio/knee-to-chest.mp3?set.hodl=9").status_code == 422
    assert page.get("/audio/knee-to-chest.mp3?bed=/etc/passwd").status_code == 422
    assert page.get("/audio/knee-to-chest.mp3?minutes=1e2").status_code == 422
    assert "15s to 26s" in page.get("/api/look/knee-to-chest?set.hold=99").json()["error"]


def test_two_at_once_eight_wait_and_the_eleventh_comes_again_later() -> None:
    import threading

    jobs, gate, begun = Jobs(), threading.Event(), []

    def work() -> None:
        begun.append(1)
        gate.wait(10)

    first = [jobs.begin(work) for _ in range(10)]
    with pytest.raises(Busy):
        jobs.begin(work)
    assert len(begun) <= 2
    gate.set()
    for job in first:
        job.result(10)
    jobs.begin(work).result(10)
    jobs.close()


def test_anyone_who_comes_too_many_is_reported_when_to_come_again(
    serve: Callable[..., TestClient],
) -> None:
    answer = serve(jobs=_Full()).get(LINK)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


class _Full(Jobs):
    def begin(self, _: object) -> object:  # type: ignore[override]
        raise Busy
