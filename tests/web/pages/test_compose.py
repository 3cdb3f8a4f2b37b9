"""Make me a session, without a browser: the form, its faults, the session, and where it is saved."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audioguide.compiler.estimate import estimated
from audioguide.compose.wishes import Asked
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.routine.load import load
from audioguide.web.composed import Sessions, asked_of, name_of
from tests.compose.few import few_stock
from tests.tables import every
from tests.web.conftest import TOKENS, Serve

MINUTE = 15_000  # ticks
SESSION = "/compose?for=neck&for=shoulders&length=10&position=on+a+chair&make=1"


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sessions, "stock", lambda _: few_stock())


def made(page: TestClient, link: str = SESSION) -> str:
    """Return the address of the session that a form leads to."""
    answer = page.get(link, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@every(
    "asked",
    [
        Asked(), Asked(body="neck, stiff back", length="12m", seed=7),
        Asked(body="neck", mind="\"high\" = blood pressure?", like="child's pose", variety=5, aim="sleep"),
    ],
)  # fmt: skip
def test_the_name_of_a_session_says_what_it_is_made_from(asked: Asked) -> None:
    assert asked_of(name_of(asked)) == asked


def test_wishes_lead_to_a_session_that_says_why_and_lasts_exactly_as_long(page: TestClient) -> None:
    text = unescape(page.get(made(page)).text)
    assert "<h1>Neck and shoulders, 10 minutes</h1>" in text
    assert '<strong id="clock">10:00</strong>' in text
    why = text.partition('<ol class="why">')[2].partition("</ol>")[0]
    assert re.search(r'<a href="/routine/neck-[a-z]+">Neck [a-z]+</a>: for your neck', why)
    assert "done lying on your back: " in text.partition("What was left out")[2].partition("</details>")[0]


def test_the_page_says_whom_to_ask_and_when_to_stop(page: TestClient) -> None:
    minded = SESSION.replace("&make", "&mind=high+blood+pressure&make")
    text = unescape(page.get(made(page, minded)).text)
    before = text.partition("Before you begin")[2].partition("</section>")[0]
    assert "Ask your doctor before you follow it: you named high blood pressure." in before
    assert "Stop and get help if your chest hurts, or you are short of breath." in before
    lying = "/compose?for=back&length=15&avoid=kneeling&position=lying&make=1"
    assert "get up from it without kneeling" in page.get(made(page, lying)).text
    safety = text.partition('id="safety-title"')[2].partition("</ul>")[0]
    assert "<li>Pain stops the movement.</li>" in safety
    assert "<li>For information only; not medical advice.</li>" in safety
    assert "you named" not in page.get(made(page)).text


def test_another_one_is_another_session_and_the_same_link_is_the_same_one(page: TestClient) -> None:
    first = made(page, "/compose?for=back&length=15&make=1")
    text = unescape(page.get(first).text)
    another = re.findall(r'<a class="button" href="(/compose[^"]+)">Another one', text)[0]
    assert page.get(made(page, another)).text.partition("why-title")[2] != text.partition("why-title")[2]
    assert unescape(page.get(first).text) == text
    change = re.findall(r'href="(/compose[^"]+)">Change what you asked for', text)[0]
    assert '<input type="checkbox" name="for" value="back" checked>' in page.get(change).text


def test_every_fault_is_shown_at_once_at_its_field_in_the_words_of_the_page(page: TestClient) -> None:
    answer = page.get(
        "/compose?for=nekc&length=3&mind=foo&level=x&aim=y&like=kne-to-chest&variety=9&seed=one&position=moon"
        "&without=chiar&avoid=sun&make=1"
    )
    text = unescape(answer.text)
    assert answer.status_code == 422
    assert text.count('aria-invalid="true"') == 11
    assert "“Parts of the body”: unknown word 'nekc'; did you mean 'neck'?" in text
    assert "“Number”: 'one' is not a whole number" in text
    assert "--" not in text.partition("<main")[2]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("", "Say what it is for with “Parts of the body”, such as"),
        ("for=neck&position=on+a+chair&without=chair", "change “Only in these positions” or “What you do"),
        ("for=hands", "No exercise for 'hands' fits: the library has no exercise for it"),
        ("for=neck&length=90&position=on+a+chair", "possible with these limits: "),
        ("for=neck&length=90&position=on+a+chair", "What helps: change “Length”, remove limits"),
        ("for=neck&like=" + "x" * 301, "300 characters is the limit"),
    ],
)
def test_what_stands_in_the_way_is_said_without_options(link: str, said: str, page: TestClient) -> None:
    answer = page.get(f"/compose?{link}&make=1")
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert "--" not in unescape(answer.text).partition("<main")[2]


def test_what_was_asked_for_is_still_there_after_a_fault(page: TestClient) -> None:
    text = page.get("/compose?for=neck&for=lats&length=3&without=wall&make=1").text
    assert '<input type="checkbox" name="for" value="neck" checked>' in text
    assert 'value="lats"' in text
    assert '<input type="checkbox" name="without" value="wall" checked>' in text
    assert "<details open>" in text


@pytest.mark.parametrize(
    "name", ["made~for=nekc", "made~x=1", "made~seed=x", "made~for=neck;length=1m", "today~2026-11-29"]
)
def test_a_link_to_no_session_says_so(name: str, page: TestClient) -> None:
    answer = page.get(f"/routine/{name}")
    assert answer.status_code == 422
    assert "--" not in unescape(answer.text).partition("<main")[2]


def test_a_session_is_downloaded_as_a_file_that_renders_to_its_length(
    page: TestClient, tmp_path: Path
) -> None:
    name = made(page).removeprefix("/routine/")
    answer = page.get(f"/made/{name}.yaml")
    assert 'filename="neck-and-shoulders-10-minutes.yaml"' in answer.headers["content-disposition"]
    path = tmp_path / "session.yaml"
    path.write_bytes(answer.content)
    assert estimated(build(request(load(path), []))).length == 10 * MINUTE


def test_a_session_is_saved_as_yours_and_the_folder_is_shown(
    serve: Serve, change: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    page = serve(shown=TOKENS.page)
    name = made(page).removeprefix("/routine/")
    saved = page.post(f"/api/keep/{name}", json={"name": "my-neck"}, headers=change)
    path = tmp_path / "config" / "routines" / "my-neck.yaml"
    assert saved.json() == {"page": "/routine/my-neck", "edit": "/own/my-neck", "file": str(path)}
    assert path.read_bytes() == page.get(f"/made/{name}.yaml").content
    assert page.get("/routine/my-neck").status_code == 200
    again = page.post(f"/api/keep/{name}", json={"name": "my-neck"}, headers=change)
    assert (again.status_code, again.json()) == (
        409, {"error": "there is already a routine called 'my-neck': choose another name"},
    )  # fmt: skip
    for wrong in ("knee-to-chest", "../x", ""):
        assert page.post(f"/api/keep/{name}", json={"name": wrong}, headers=change).status_code in (404, 409)


def test_only_who_has_the_link_saves(page: TestClient, change: dict[str, str]) -> None:
    name = made(page).removeprefix("/routine/")
    assert page.post(f"/api/keep/{name}", json={"name": "mine"}, headers=change).status_code == 403
