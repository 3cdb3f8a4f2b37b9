"""What the page that builds asks the server: states, drafts, fields, sounds; guarded as all changes are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from starlette.testclient import TestClient

from audioguide.listener.listener import this_listener
from audioguide.routine.language.starter import starter
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import load
from audioguide.web.own_sounds import own_sounds
from audioguide.web.security.guard import LARGEST_BODY
from tests.tables import every
from tests.web.conftest import TOKENS, Serve

GOOD = starter("mine")
LEAFLET = "Knee to chest\nLie on your back. Pull one knee to your chest. Hold for 20 seconds. Repeat 3 times."


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of the user's own."""
    folder = tmp_path / "own"
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(folder))
    return folder


@pytest.fixture
def writer(serve: Serve, change: dict[str, str], own: Path) -> TestClient:
    client = serve(shown=TOKENS.page)
    client.headers.update(change)
    return client


def built(client: TestClient, text: str, edit: Any = None) -> dict[str, Any]:
    answer = client.post("/api/build/mine", json={"text": text, "edit": edit})
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


def test_an_edit_comes_back_as_text_and_is_heard_before_it_is_saved(writer: TestClient, own: Path) -> None:
    state = built(writer, GOOD, {"do": "copy", "at": ["steps", 0]})
    assert len(state["cards"]) == len(built(writer, GOOD)["cards"]) + 1
    assert not own.exists()
    heard = writer.get(f"/audio/{state['heard']}.mp3")
    assert heard.status_code == 200
    assert heard.content[:3] == b"ID3"


@every(
    ("body", "status"),
    [
        ({}, 400), ([], 400), ({"text": 5}, 400), ({"text": GOOD, "edit": {"do": "burn"}}, 409),
        ({"text": GOOD, "edit": {"do": "copy", "at": ["steps", 99]}}, 409),
        ({"text": "title: [", "edit": {"do": "copy", "at": ["steps", 0]}}, 422),
        ({"text": "#" * (130 * 1024)}, 413),
    ],
)  # fmt: skip
def test_what_is_no_edit_is_refused(body: Any, status: int, writer: TestClient) -> None:
    answer = writer.post("/api/build/mine", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_pasted_text_comes_back_as_a_routine(writer: TestClient) -> None:
    answer = writer.post("/api/draft", json={"text": LEAFLET}).json()
    assert [each["title"] for each in answer["found"]] == ["Knee to chest"]
    assert [each for each in built(writer, answer["text"])["findings"] if each["level"] == "error"] == []
    refused = writer.post("/api/draft", json={"text": "The roses are red."})
    assert refused.status_code == 422
    assert "no exercise" in refused.json()["error"]
    assert "--" not in refused.json()["error"]


def test_fields_offer_sounds_and_routines(writer: TestClient) -> None:
    found = writer.get("/api/fields").json()
    assert "knee-to-chest" in found["suggested"]["include"]
    assert "bell" in found["suggested"]["chime"]
    assert found["steps"]["hold"]["fields"][0]["key"] == "hold"


def test_a_routine_that_ships_is_made_mine(writer: TestClient, own: Path) -> None:
    assert 'href="/own/my-cat-stretch?from=cat-stretch"' in writer.get("/routine/cat-stretch").text
    page = writer.get("/own/my-cat-stretch?from=cat-stretch").text
    assert "title: Cat stretch" in page
    text = (SHIPPED / "cat-stretch.yaml").read_text(encoding="utf-8")
    assert writer.put("/api/own/my-cat-stretch", json={"text": text}).json()["faults"] == []
    assert load(own / "my-cat-stretch.yaml").document.title == "Cat stretch"
    assert "my-cat-stretch-2?from" in writer.get("/routine/cat-stretch").text
    assert 'href="/own/my-cat-stretch"' in writer.get("/routine/my-cat-stretch").text


@pytest.mark.slow
def test_every_routine_that_ships_can_be_made_mine(writer: TestClient) -> None:
    for path in sorted(SHIPPED.glob("*.yaml")):
        state = built(writer, path.read_text(encoding="utf-8"))
        assert [each["said"] for each in state["findings"] if each["level"] == "error"] == [], path.stem
        assert state["cards"]


def tone(path: Path, length: float = 1.0, rate: int = 48_000) -> bytes:
    moments = np.arange(int(length * rate)) / rate
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * 440 * moments), rate)
    return path.read_bytes()


def upload(client: TestClient, name: str, data: bytes) -> Any:
    return client.put(
        f"/api/sound/{name}", content=data, headers={"content-type": "application/octet-stream"}
    )


def test_a_bell_is_uploaded_offered_and_heard(writer: TestClient, own: Path, tmp_path: Path) -> None:
    data = tone(tmp_path / "a.wav")
    assert upload(writer, "My%20Bell%20%C3%A9.WAV", data).json() == {"name": "sounds/my-bell-e.wav"}
    assert upload(writer, "My%20Bell%20%C3%A9.WAV", data).json() == {"name": "sounds/my-bell-e.wav"}
    other = tone(tmp_path / "b.wav", 2.0)
    assert upload(writer, "my-bell-e.wav", other).json() == {"name": "sounds/my-bell-e-2.wav"}
    assert writer.get("/api/sound/my-bell-e.wav").content == data
    assert "sounds/my-bell-e.wav" in writer.get("/api/fields").json()["suggested"]["chime"]
    state = built(writer, "title: A\nsteps:\n  - chime: sounds/my-bell-e.wav\n  - say: Go on.\n")
    assert [each for each in state["findings"] if each["level"] == "error"] == []


def test_music_that_is_too_long_for_a_bell_is_kept_as_a_bed(
    writer: TestClient, own: Path, tmp_path: Path
) -> None:
    data = tone(tmp_path / "long.flac", 70.0, 8000)
    assert upload(writer, "music.flac", data).json() == {"name": "sounds/music.flac"}
    state = built(writer, "title: A\nbed: sounds/music.flac\nsteps:\n  - say: Go on.\n")
    assert [each for each in state["findings"] if each["level"] == "error"] == []


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.wav", b"RIFF nothing"), ("a.exe", b"MZ"), ("noend", b"x"), ("..%5c..%5cx.txt", b"x")],
)
def test_what_is_no_sound_is_not_kept(name: str, data: bytes, writer: TestClient, own: Path) -> None:
    answer = upload(writer, name, data)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert str(own) not in answer.json()["error"]
    assert not list(own.rglob("*"))


def test_a_name_stays_in_the_folder(writer: TestClient, own: Path, tmp_path: Path) -> None:
    assert upload(writer, "..%5c..%5cx.wav", tone(tmp_path / "a.wav")).json() == {"name": "sounds/x.wav"}
    (own / "sounds" / "sly.wav").symlink_to(tmp_path / "a.wav")
    assert writer.get("/api/sound/sly.wav").status_code == 404
    assert writer.get("/api/sound/..%2f..%2fa.wav").status_code == 404
    assert list(own_sounds(this_listener().library)) == ["x.wav"]


def test_without_the_token_nothing_is_built_or_uploaded(
    serve: Serve, change: dict[str, str], own: Path
) -> None:
    client = serve()
    client.headers.update(change)
    assert client.post("/api/build/mine", json={"text": GOOD}).status_code == 403
    assert client.post("/api/draft", json={"text": LEAFLET}).status_code == 403
    assert upload(client, "a.wav", b"x").status_code == 403


def test_only_a_sound_may_be_large_and_no_json(writer: TestClient) -> None:
    assert upload(writer, "a.wav", b"x" * (LARGEST_BODY + 1)).status_code == 422
    assert writer.put("/api/sound/a.wav", json={}).status_code == 403
    body = b'{"text": "' + b"x" * LARGEST_BODY + b'"}'
    assert writer.post("/api/build/mine", content=body).status_code == 413
