"""Errors on the page and in the feed: in words for a person with a phone, who has no command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audioguide.errors import EngineError, Fault, RoutineError, UsageError, faulty
from audioguide.listener.listener import this_listener
from audioguide.web.said import said
from tests.web.conftest import TOKENS, Serve

FEED = f"/feed/{TOKENS.feed}"
SHELL = re.compile(r"(^|\s)--[a-z]|`audioguide|pip install|AUDIOGUIDE_|export ")
SECRET = "Words that only the file holds."
FAULTY = {
    "syntax": f'title: [\nsteps: "{SECRET}"\n',
    "key": f"title: T\nsteps:\n  - say: {SECRET}\n    setle: 4s\n",
    "include": f"title: T\nsteps:\n  - say: {SECRET}\n  - include: nothing-of-that-name\n",
    "sound": f"title: T\nsteps:\n  - say: {SECRET}\n  - chime: none/such.wav\n",
    "value": f"title: T\nsteps:\n  - say: {SECRET}\n  - hold: 99 bananas\n",
}
ASKED = [
    *(f"/routine/{name}" for name in FAULTY),
    *(f"/api/look/{name}" for name in FAULTY),
    *(f"/audio/{name}.mp3" for name in FAULTY),
    *(f"/plan/{name}" for name in FAULTY),
    *(f"{page}?set.hold=99" for page in ("/routine/knee-to-chest", "/api/look/knee-to-chest")),
    *(f"{page}?set.hold=99" for page in ("/plan/knee-to-chest", "/audio/knee-to-chest.mp3")),
    "/api/look/lower-back?minutes=1", "/api/look/lower-back?minutes=200", "/plan/ice-massage?sessions=3",
    "/plan/corpse-pose", "/plan/hot-shower", "/routine/none-of-these", "/own/none of these",
]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Jane Doe" / "own"
    folder.mkdir(parents=True)
    for name, text in FAULTY.items():
        (folder / f"{name}.yaml").write_text(text)
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(folder))
    return folder


def test_no_error_on_the_page_suggests_an_option_or_names_a_folder(serve: Serve, own: Path) -> None:
    client = serve(shown=TOKENS.page)
    for path in ASKED:
        text = client.get(path).text
        shown = " ".join(re.findall(r'class="fault"[^>]*>([^<]*)<', text)) if "<html" in text else text
        assert not SHELL.search(shown), (path, shown)
        assert str(own.parent) not in shown, (path, shown)


def test_a_fault_is_shown_with_its_line_and_what_is_allowed(serve: Serve, own: Path) -> None:
    text = serve().get("/routine/key").text
    assert "key.yaml, line 4: " in text
    assert "did you mean &#39;settle&#39;?" in text
    assert "15s to 26s" in serve().get("/api/look/knee-to-chest?set.hold=99").json()["error"]


def test_who_has_only_the_feed_sees_neither_folders_nor_texts(serve: Serve, own: Path) -> None:
    client = serve(lan=True)
    paths = [f"{FEED}/{name}.{kind}" for name in FAULTY for kind in ("mp3", "vtt", "chapters.json")]
    paths += [f"{FEED}/plan/{name}.xml" for name in FAULTY]
    paths += [f"{FEED}/knee-to-chest.mp3?set.hold=99", f"{FEED}/none.mp3", f"{FEED}/plan/none.xml"]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in (404, 422), path
        assert SECRET not in answer.text
        assert "line" not in answer.text
        assert "/own" not in answer.text
        assert "Jane" not in answer.text
        assert not SHELL.search(answer.text)
        assert answer.headers["content-type"].startswith("text/plain")


def test_a_hint_for_the_command_line_is_no_part_of_the_message() -> None:
    for error in (
        UsageError("not so", hint="--more allows it"),
        EngineError("no voice", hint="pip install it"),
    ):
        assert str(error).endswith(error.hint)
        assert error.hint not in said(error, this_listener().library)
    fault = Fault(file="a/b.yaml", line=3, column=1, found="wrong", source="a: b", hint="`audioguide list`")
    assert "audioguide list" in str(fault)
    assert said(faulty("a/b.yaml", [fault]), this_listener().library) == "b.yaml, line 3: wrong"
    assert (
        said(RoutineError("hold: 9s is too short", hint="--beyond-bounds"), this_listener().library)
        == "hold: 9s is too short"
    )
