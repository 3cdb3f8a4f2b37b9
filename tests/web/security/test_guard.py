"""Who is let in: every host, origin and token, with every method."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audioguide.routine.language.starter import starter
from audioguide.web.security.access import Wrong
from audioguide.web.security.guard import CSP
from tests.slow import first
from tests.tables import every
from tests.web.conftest import HOST, PORT, TOKENS, Serve

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
GOOD = (HOST, f"LOCALHOST:{PORT}", f"[::1]:{PORT}", f"192.168.7.7:{PORT}")
EVIL = (
    "", f"evil.example:{PORT}", f"10.0.0.9:{PORT}", f"localhost.evil.example:{PORT}", f"localhost.:{PORT}",
    "evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8766", f"laptop.local.:{PORT}",
    f"127.0.0.1:{PORT}:{PORT}", f"127.0.0.1:{PORT}@evil.example", f" {HOST},evil.example", f"[::2]:{PORT}",
)  # fmt: skip
TOKENS_SHOWN = (TOKENS.page, "", "wrong-token-of-128-bits")
PATHS = (
    "/", "/routine/knee-to-chest", "/static/app.css", "/api/look/knee-to-chest", "/audio/knee-to-chest.mp3",
    "/download/knee-to-chest.mp3", "/phone", "/plan/knee-to-chest", "/nowhere",
    f"/feed/{TOKENS.feed}/cover.png",
)  # fmt: skip


def _origins(host: str) -> tuple[str | None, ...]:
    return (
        None,
        "null",
        f"http://{host}",
        "http://evil.example",
        f"https://{host}",
        f"http://{host}.evil.example",
    )


def _asked(client: TestClient, method: str, host: str, origin: str | None, token: str) -> int:
    headers = {"host": host, "x-audioguide": "1", "content-type": "application/json"}
    if origin is not None:
        headers["origin"] = origin
    if token:
        headers["cookie"] = f"audioguide={token}"
    return client.request(method, "/static/app.css", headers=headers, content=b"{}").status_code


@pytest.mark.parametrize("lan", first(1, [True, False]))
def test_every_foreign_host_and_origin_and_every_change_without_token_is_refused(
    lan: bool, serve: Serve
) -> None:
    client = serve(lan=lan)
    query = 0
    for method, host, token in itertools.product(METHODS, (*GOOD[:2], *EVIL[:7]), TOKENS_SHOWN):
        for origin in _origins(host):
            status = _asked(client, method, host, origin, token)
            query += 1
            reading = method in ("GET", "HEAD")
            at_home = host in GOOD and origin in (None, f"http://{host}")
            allowed = at_home and (token == TOKENS.page or (reading and not lan))
            if not reading and origin is None:
                allowed = False
            case = (method, host, origin, token, lan)
            if allowed:
                assert status == (200 if reading else 405), case
            elif at_home and token.startswith("wrong"):
                assert status in (403, 429), case
            else:
                assert status == 403, case
    assert query > 400


@every("host", EVIL)
def test_a_foreign_host_is_refused_on_every_route(host: str, serve: Serve) -> None:
    client = serve(shown=TOKENS.page)
    assert {client.get(path, headers={"host": host}).status_code for path in PATHS} == {403}


@every("path", PATHS[:-1])
def test_in_a_network_nothing_is_shown_without_the_token(path: str, serve: Serve) -> None:
    client = serve(lan=True)
    answer = client.get(path)
    assert answer.status_code == 403
    assert "Knee" not in answer.text
    client.cookies.set("audioguide", TOKENS.feed)  # it reads the feed, nothing else
    assert client.get(path).status_code == 403


@pytest.mark.slow
def test_the_link_lets_in_and_leaves_a_cookie_that_no_script_reads(serve: Serve) -> None:
    client = serve(lan=True)
    assert client.get("/?token=wrong").status_code == 403
    answer = client.get(f"/?token={TOKENS.page}")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKENS.page not in answer.text
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("missing", ["origin", "x-audioguide", "content-type"])
def test_a_change_needs_every_sign_of_the_page(missing: str, serve: Serve, change: dict[str, str]) -> None:
    client = serve(shown=TOKENS.page)
    del change[missing]
    assert client.post("/static/app.css", headers=change, content=b"{}").status_code == 403
    forms = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/static/app.css", headers=change | forms, content=b"").status_code == 403


def test_two_hosts_are_none() -> None:
    from starlette.datastructures import Headers

    from audioguide.web.security.guard import _only

    assert _only(Headers(raw=[(b"host", HOST.encode()), (b"host", b"evil")]).getlist("host")) is None


@pytest.mark.slow
def test_wrong_tokens_are_limited_and_the_right_one_is_not(serve: Serve) -> None:
    client = serve(lan=True)
    statuses = [client.get("/", headers={"cookie": f"audioguide=wrong{n}"}).status_code for n in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    refused = client.get("/?token=wrong")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert client.get("/", headers={"cookie": f"audioguide={TOKENS.page}"}).status_code == 200


def test_a_minute_later_the_count_begins_again() -> None:
    now = 0.0
    wrong = Wrong(now=lambda: now)
    assert [wrong.again("a") for _ in range(11)] == [False] * 10 + [True]
    assert not wrong.again("b")
    now = 61.0
    assert not wrong.again("a")


@every("path", [*PATHS, "/routine/none-of-these", "/audio/none.mp3", "/?token=wrong"])
def test_every_answer_carries_the_headers(path: str, page: TestClient) -> None:
    for headers in ({}, {"host": "evil.example"}):
        answer = page.get(path, headers=headers)
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_no_page_has_a_script_or_style_of_its_own(page: TestClient) -> None:
    for path in ("/", "/routine/knee-to-chest", "/routine/none-of-these"):
        text = page.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick" not in text


def test_a_body_is_limited(serve: Serve, change: dict[str, str]) -> None:
    client = serve(shown=TOKENS.page)
    assert client.post("/", headers=change, content=b"x" * (256 * 1024 + 1)).status_code == 413
    assert client.post("/", headers=change, content=b"x" * (256 * 1024)).status_code == 405


TRAVERSALS = [
    "../", "..%2f", "%2e%2e%2f", "....//", "..\\", "..%5c", "%00", "C:%5C", "/etc/passwd", "%2Fetc%2Fpasswd",
    "..%252f", "~root", "CON", ".", "..", "%c0%ae%c0%ae/", "file:%2F%2F%2Fetc%2Fpasswd",
]  # fmt: skip


@pytest.mark.slow
def test_names_are_looked_up_and_never_lead_to_a_file(
    page: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outside.yaml").write_text(starter("outside"))
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    for path, before, name in itertools.product(
        ("/routine/{}", "/api/look/{}", "/audio/{}.mp3", "/static/{}"),
        TRAVERSALS,
        ("outside", "outside.yaml", ""),
    ):
        answer = page.get(path.format(before + name))
        assert answer.status_code in (404, 405) or answer.url.path in ("", "/"), (path, before, name)
        assert "Outside" not in answer.text
    absolute = str(tmp_path / "outside.yaml").replace("/", "%2F")
    assert page.get(f"/routine/{absolute}").status_code == 404


@pytest.mark.slow
def test_reading_changes_nothing(page: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.yaml").write_text(starter("mine"))
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    before = {path: path.read_bytes() for path in own.rglob("*")}
    for path in (*PATHS, "/routine/mine", "/own", "/own/mine", "/own/new", "/api/own/mine"):
        page.get(path)
    assert {path: path.read_bytes() for path in own.rglob("*")} == before
    assert not (tmp_path / "config").exists()
