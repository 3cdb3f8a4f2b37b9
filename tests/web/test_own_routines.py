"""The user's own routines: checked at their lines, saved whole, and never over one that ships."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audioguide.listener.listener import this_listener
from audioguide.routine.language.starter import starter
from audioguide.routine.library import SHIPPED
from tests.web.conftest import TOKENS, Serve

GOOD = starter("mine")
FAULTY = (
    "title: Mine\nsettings:\n  hold: {default: 5s}\nsteps:\n  - say: Hello.\n    setle: 5s\n  - hold: $hodl\n"
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of the user's own, with a file that is none of the page's business beside it."""
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "secret.yaml").write_text("title: Secret\nsteps:\n  - say: Of nobody's business.\n")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(folder))
    return folder


@pytest.fixture
def writer(serve: Serve, change: dict[str, str], own: Path) -> TestClient:
    client = serve(shown=TOKENS.page)
    client.headers.update(change)
    return client


@pytest.mark.slow
def test_a_routine_is_saved_and_heard_of(writer: TestClient, own: Path) -> None:
    answer = writer.put("/api/own/mine", json={"text": GOOD})
    assert (answer.status_code, answer.json()["faults"]) == (200, [])
    assert (own / "mine.yaml").read_text() == GOOD
    assert "Mine" in writer.get("/").text
    assert GOOD.splitlines()[10] in writer.get("/own/mine").text
    changed = GOOD.replace("title: Mine", "title: Mine, again")
    assert writer.put("/api/own/mine", json={"text": changed}).status_code == 200
    assert "Mine, again" in writer.get("/routine/mine").text


def test_a_change_elsewhere_is_not_overwritten(writer: TestClient, own: Path) -> None:
    new = {"if-none-match": "*"}
    saved = writer.put("/api/own/mine", json={"text": GOOD}, headers=new)
    assert saved.status_code == 200
    etag = saved.headers["etag"]
    assert etag.strip('"') in writer.get("/own/mine").text
    again = writer.put("/api/own/mine", json={"text": GOOD + "# mine\n"}, headers={"if-match": etag})
    (own / "mine.yaml").write_text(GOOD + "# from an editor\n")
    for headers in ({"if-match": again.headers["etag"]}, {"if-match": etag}, new):
        refused = writer.put("/api/own/mine", json={"text": GOOD}, headers=headers)
        assert refused.status_code == 412
        assert "reload" in refused.json()["error"]
    assert writer.request("DELETE", "/api/own/mine", json={}, headers={"if-match": etag}).status_code == 412
    assert (own / "mine.yaml").read_text().endswith("# from an editor\n")


def test_a_file_with_another_name_can_still_be_edited(writer: TestClient, own: Path) -> None:
    path = own / "knees & hips.yaml"
    path.write_text(GOOD)
    assert writer.get("/own/knees%20%26%20hips").status_code == 200
    assert writer.post("/api/check/knees%20%26%20hips", json={"text": GOOD}).json()["faults"] == []
    assert writer.put("/api/own/knees%20%26%20hips", json={"text": GOOD + "#\n"}).status_code == 200
    assert path.read_text() == GOOD + "#\n"


def test_faults_are_reported_at_their_lines_and_nothing_is_saved(writer: TestClient, own: Path) -> None:
    reported = writer.put("/api/own/mine", json={"text": FAULTY})
    assert reported.status_code == 422
    assert [(each["line"], each["column"]) for each in reported.json()["faults"]] == [(6, 5), (7, 11)]
    assert "did you mean 'settle'" in reported.json()["faults"][0]["said"]
    assert list(own.iterdir()) == []
    assert writer.post("/api/check/mine", json={"text": FAULTY}).json() == reported.json()
    assert writer.post("/api/check/mine", json={"text": "title: [\n"}).json()["faults"][0]["line"] >= 1


def test_a_check_saves_nothing(writer: TestClient, own: Path) -> None:
    assert writer.post("/api/check/mine", json={"text": GOOD}).json()["faults"] == []
    assert list(own.iterdir()) == []


def test_what_ships_is_never_written_over(writer: TestClient, own: Path) -> None:
    before = (SHIPPED / "knee-to-chest.yaml").read_bytes()
    for answer in (
        writer.put("/api/own/knee-to-chest", json={"text": GOOD}),
        writer.request("DELETE", "/api/own/knee-to-chest", json={}),
        writer.get("/own/knee-to-chest"),
    ):
        assert answer.status_code == 404
    assert (SHIPPED / "knee-to-chest.yaml").read_bytes() == before
    assert list(own.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["..%2fmine", "..%5cmine", "Mine", "con", "lpt1", "a.b", "mine%00", "ä", "a" * 65, "%20"]
)
def test_a_name_is_plain(name: str, writer: TestClient, own: Path) -> None:
    assert writer.put(f"/api/own/{name}", json={"text": GOOD}).status_code == 404
    assert [path.name for path in own.parent.rglob("*.yaml")] == ["secret.yaml"]


def test_a_link_in_the_folder_is_left_alone(writer: TestClient, own: Path) -> None:
    secret = own.parent / "secret.yaml"
    (own / "sly.yaml").symlink_to(secret)
    before = secret.read_text()
    assert "business" not in writer.get("/own/sly").text
    writer.put("/api/own/sly", json={"text": GOOD})
    writer.request("DELETE", "/api/own/sly", json={})
    assert secret.read_text() == before


@pytest.mark.parametrize(
    "path", ["../secret.yaml", "/etc/hosts.yaml", "~/x.yaml", "a/../../secret.yaml", "..\\\\s.yaml"]
)
def test_a_routine_written_here_leads_to_no_file_elsewhere(path: str, writer: TestClient, own: Path) -> None:
    for step in (f'include: "{path}"', f'chime: "{path}"'):
        reported = writer.post("/api/check/mine", json={"text": f"title: Mine\nsteps:\n  - {step}\n"}).json()
        assert len(reported["faults"]) == 1
        assert reported["faults"][0]["line"] == 3
        assert "your own folder" in reported["faults"][0]["said"]


def test_a_file_of_the_folder_may_be_included(writer: TestClient, own: Path) -> None:
    (own / "part.yaml").write_text(starter("part"))
    text = "title: Mine\nsteps:\n  - include: part.yaml\n  - include: knee-to-chest\n"
    assert writer.post("/api/check/mine", json={"text": text}).json()["faults"] == []


def test_a_routine_is_removed(writer: TestClient, own: Path) -> None:
    writer.put("/api/own/mine", json={"text": GOOD})
    assert writer.request("DELETE", "/api/own/mine", json={}).status_code == 200
    assert list(own.iterdir()) == []
    assert writer.request("DELETE", "/api/own/mine", json={}).status_code == 404


def test_one_that_cannot_be_removed_is_reported(
    writer: TestClient, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (own / "mine.yaml").write_text(GOOD)
    monkeypatch.setattr(Path, "unlink", kept)
    answer = writer.request("DELETE", "/api/own/mine", json={})
    assert answer.status_code == 500
    assert answer.json()["error"] == "cannot remove mine.yaml: Permission denied"


def test_without_the_token_nothing_is_written(serve: Serve, change: dict[str, str], own: Path) -> None:
    client = serve()
    assert client.put("/api/own/mine", json={"text": GOOD}, headers=change).status_code == 403
    assert "readonly" in client.get("/own/mine").text
    assert list(own.iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"text": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_change_is_refused(body: bytes, writer: TestClient, own: Path) -> None:
    assert writer.put("/api/own/mine", content=body).status_code == 400
    assert list(own.iterdir()) == []


def test_a_text_that_is_too_large_is_reported(writer: TestClient, own: Path) -> None:
    text = GOOD + "#" * (128 * 1024)
    assert "larger" in writer.put("/api/own/mine", json={"text": text}).json()["faults"][0]["said"]


def test_without_your_own_folder_one_is_made_and_shown(
    serve: Serve, change: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    client = serve(shown=TOKENS.page)
    folder = tmp_path / "config" / "routines"
    assert str(folder) in client.get("/own").text
    assert not folder.exists()
    assert client.put("/api/own/mine", json={"text": GOOD}, headers=change).status_code == 200
    assert (folder / "mine.yaml").read_text() == GOOD
    assert this_listener().library.routines()["mine"] == folder / "mine.yaml"


def test_without_a_home_folder_it_says_how_to_get_one(
    serve: Serve, change: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.listener.listener.routines_folder", lambda: None)
    client = serve(shown=TOKENS.page)
    assert "audioguide config" in client.get("/own").text
    answer = client.put("/api/own/mine", json={"text": GOOD}, headers=change)
    assert answer.status_code == 404
    assert "*Your own routines* says how" in answer.json()["error"]
