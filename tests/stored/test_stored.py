"""What earlier versions stored: this one reads it, or says in one line why it does not."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

from audioguide import __version__
from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.errors import OutputError, RoutineError
from audioguide.export.script_json import dump
from audioguide.listener.config import CONFIG, CONFIG_VARIABLE
from audioguide.listener.files import read_defaults, read_overlay
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.reading.lexicon import read_saying
from audioguide.routine.library import Library
from audioguide.routine.load import load
from audioguide.script.layout import lay_out
from audioguide.script.script import ClipRef, Script, VoiceChoice
from audioguide.script.script_file import SUFFIX
from audioguide.storage.cache import Cache, key_of
from audioguide.verifier.promise import read_promise
from audioguide.web.app import make_app
from audioguide.web.security.access import TOKENS_FILE, kept_tokens
from audioguide.web.security.hosts import Hosts
from audioguide.web.service import Service
from tests.cli.conftest import Run, run
from tests.conftest import Write
from tests.stored.store import ENTRY, HOST, PARTS, PHRASE, TOKENS, store_script, store_tokens

__all__ = ["run"]  # a fixture

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "stored.yaml").is_file())
SPEAKING = """title: Hello
safety: {notice: none, closing: none}
steps:
  - say: Hi.
  - gap: 1s
"""

every_version = pytest.mark.parametrize("version", VERSIONS)


@pytest.fixture
def stored(version: str, tmp_path: Path) -> Path:
    """Copy what `version` stored, so that a test may change it."""
    return shutil.copytree(HERE / version, tmp_path / version)


def test_what_this_version_stores_is_here() -> None:
    """A release without its fixtures fails here: run tests/stored/store.py."""
    assert __version__ in VERSIONS


def test_this_version_still_stores_the_same(tmp_path: Path) -> None:
    """A change of what is stored belongs into a new version, with fixtures of its own."""
    store_script(tmp_path)
    store_tokens(tmp_path)
    for name in ("stored.script.json", "stored.facts.json", TOKENS_FILE):
        assert (tmp_path / name).read_text() == (HERE / __version__ / name).read_text()


@every_version
def test_nothing_stored_names_a_person_or_a_machine(stored: Path) -> None:
    for path in stored.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(each in data for each in (b"/home/", b"/Users/", b"/tmp/", b"C:\\"))


# A timed script


@every_version
def test_a_timed_script_is_read_with_every_moment_where_it_was(stored: Path) -> None:
    facts = json.loads((stored / "stored.facts.json").read_text(encoding="utf-8"))
    path = stored / f"stored{SUFFIX}"
    script = read_script(path)
    assert (script.title, script.notes) == (facts["title"], ())
    timeline = lay_out(script, dict(_lengths(script, facts["cues"])))
    found = [[timed.cue.kind, timed.start, timed.length] for timed in timeline.cues]
    assert found == facts["cues"]
    assert timeline.length == facts["length"]
    assert json.loads(dump(timeline))["voice"] == json.loads(path.read_text(encoding="utf-8"))["voice"]
    assert read_promise(path).length == facts["length"]


def _lengths(script: Script, cues: list[list[Any]]) -> Iterator[tuple[ClipRef, int]]:
    """Yield how long each clip was: the estimates of this version may be others."""
    for cue, (_, _, length) in zip(script.cues, cues, strict=True):
        for ref in cue.clips:
            yield ref, length if cue.length is None or ref == cue.tone else 1


def _newer(text: str) -> str:
    return text.replace("audioguide.script/1", "audioguide.script/2")


SCRIPTS: dict[str, tuple[Callable[[str], str], str]] = {
    "newer": (_newer, "has the format audioguide.script/2, but this version of audioguide reads"),
    "newer and with keys of its own": (
        lambda text: _newer(text).replace('"tick_ms"', '"ticks_ms"'), "has the format audioguide.script/2"
    ),
    "cut off": (lambda text: text[: len(text) // 2], "1 fault"),
    "empty": (lambda _: "", "not valid JSON"),
    "not a script": (lambda _: '{"format": "something/else"}', "format"),
    "an unknown key": (lambda text: text.replace('"tick_ms"', '"loops": 3, "tick_ms"'), "loops"),
    "other bytes": (lambda text: text.replace('"kind"', "\0", 1), "\\u0000"),
}  # fmt: skip


@every_version
@pytest.mark.parametrize("damage", SCRIPTS)
def test_a_damaged_or_newer_timed_script_is_an_error_that_says_why(
    run: Run, stored: Path, damage: str
) -> None:
    path, (change, words) = stored / f"stored{SUFFIX}", SCRIPTS[damage]
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    for call in (("render", str(path), "-o", "made"), ("show", str(path)), ("check", str(path))):
        ran = run(*call)
        assert ran.code == 3, ran
        assert words in ran.err + ran.out
        assert path.name in (ran.err + ran.out).splitlines()[0]
        assert "Traceback" not in ran.err
    if damage.startswith("newer"):
        assert len(run("render", str(path)).err.splitlines()) == 1
        with pytest.raises(RoutineError, match="update audioguide"):
            read_promise(path)
    assert not Path("made").exists()


# The cache


@every_version
def test_a_stored_cache_is_used_or_counts_as_empty(stored: Path, write: Write) -> None:
    script = replace(compile(load(write(SPEAKING))), voice=VoiceChoice(engine="tone", rate=PHRASE.rate))
    fresh = render(script, stored / "fresh", cache=Cache(stored / "empty"))
    kept = render(script, stored / "kept", cache=Cache(stored / "cache"))
    assert kept.mp3.read_bytes() == fresh.mp3.read_bytes()
    if version_of(stored) == __version__:
        assert Cache(stored / "cache").get(key_of(*PARTS)) == ENTRY
        assert (kept.phrases_reused, fresh.phrases_reused) == (1, 0)


@every_version
@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "of another name", "a folder"])
def test_a_damaged_entry_counts_as_missing(stored: Path, damage: str) -> None:
    cache, key = Cache(stored / "cache"), key_of(*PARTS)
    path = stored / "cache" / key[:2] / key
    data = path.read_bytes()
    path.unlink()
    changed = {"cut": data[:-1], "flipped": data[:40] + b"!" + data[41:], "empty": b""}
    if damage == "a folder":
        path.mkdir()
    elif damage == "of another name":
        other = next(
            each for each in (stored / "cache").rglob("*") if each.is_file() and len(each.name) == 64
        )
        path.write_bytes(other.read_bytes())
    else:
        path.write_bytes(changed[damage])
    assert cache.get(key) is None
    if damage != "a folder":
        cache.put(key, ENTRY)
        assert cache.get(key) == ENTRY


# A person's files


@every_version
def test_an_overlay_asks_for_the_same(stored: Path) -> None:
    overlay = read_overlay(stored / "client.yaml")
    assert overlay.routine == "knee-to-chest"
    assert overlay.options == Options(
        settings={"hold": "25s"}, say_as={"psoas": read_saying("SOH-as")}, rate=100, warm=True, bed="brown",
        bed_volume=-3, chime_volume=-3.0, profile="quiet", guidance="short", player_check=False,
        note="for a client, since March",
    )  # fmt: skip


@every_version
def test_defaults_ask_for_the_same(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, str(stored))
    defaults = read_defaults()
    assert defaults.folders == (stored / "own",)
    assert defaults.options == Options(
        say_as={"psoas": read_saying({"en": "SOH-as"})}, rate=110, voice="en-gb", guidance="fade", bed="rain",
        bed_volume=-3, chime_volume=-3.0, profile="standard", player_check=True, engine="tone",
    )  # fmt: skip


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a key of a newer version": (lambda data: data + b"breathing_room: 3\n", "breathing_room"),
    "a value of a newer version": (lambda data: data.replace(b"rate: 1", b"rate: fast-1"), "rate"),
    "cut off": (lambda data: data[: data.index(b": {") + 4], "client.yaml"),
    "other bytes": (lambda data: data.replace(b"warm", b"\xff\xfe"), "UTF-8"),
    "zeros": (lambda data: bytes(len(data)), "U+0000"),
}


@every_version
@pytest.mark.parametrize("damage", FILES)
def test_damaged_or_newer_files_of_a_person_are_errors_that_say_why(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    change, words = FILES[damage]
    path = stored / "client.yaml"
    path.write_bytes(changed := change(path.read_bytes()))
    ran = run("show", "knee-to-chest", "--with", str(path))
    assert (ran.code, "Traceback" in ran.err) == (3, False), ran
    assert words in ran.err
    assert "client.yaml" in ran.err.splitlines()[0]
    (stored / CONFIG).write_bytes(changed.replace(b"routine:", b"routines:"))
    monkeypatch.setenv(CONFIG_VARIABLE, str(stored))
    ran = run("show", "knee-to-chest")
    assert ran.code == 3
    assert CONFIG in ran.err.splitlines()[0]


# The links of serve, and what a podcast app remembers


@every_version
def test_the_links_of_serve_are_the_same_tomorrow(stored: Path) -> None:
    assert kept_tokens(stored) == TOKENS
    path = stored / TOKENS_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), "since": "a newer version"}))
    assert kept_tokens(stored) == TOKENS


@every_version
@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"page": "x", "feed": "y"}', b"\xff\xfe", b'{"page": 1}']
)
def test_damaged_links_are_replaced_and_one_line_says_so(
    stored: Path, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    (stored / TOKENS_FILE).write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        found = kept_tokens(stored)
    assert found != TOKENS
    assert kept_tokens(stored) == found
    [line] = caplog.messages
    assert "new ones are made" in line


@every_version
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_in_place_of_the_links_blocks_nobody(stored: Path) -> None:
    (stored / TOKENS_FILE).unlink()
    os.mkfifo(stored / TOKENS_FILE)
    with pytest.raises(OutputError, match="it is a pipe, not a file"):
        kept_tokens(stored)


@pytest.mark.slow
@every_version
def test_a_podcast_app_finds_every_episode_again(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def not_now(*_: object) -> None:
        """Leave sizes as they are estimated."""

    monkeypatch.setattr("audioguide.web.pages.feed._measure", not_now)
    service = Service(Options(engine="tone"), Library(), kept_tokens(stored), lan=True, warm=False)
    with TestClient(make_app(service, Hosts(frozenset({HOST}))), base_url=f"http://{HOST}") as client:
        for name in ("feed", "plan"):
            before = Xml.parse(stored / f"{name}.xml").getroot()
            link = before.find("channel/{http://www.w3.org/2005/Atom}link")
            assert link is not None
            answer = client.get(link.get("href", ""))
            assert answer.status_code == 200
            old, new = _episodes(before), _episodes(Xml.fromstring(answer.content))
            assert old.keys() <= new.keys()
            assert {guid: date for guid, (date, _) in old.items()} == {guid: new[guid][0] for guid in old}
            for _, addresses in list(old.values())[:1]:
                assert [client.head(address).status_code for address in addresses] == [200] * len(addresses)


def _episodes(feed: Xml.Element) -> dict[str, tuple[str, list[str]]]:
    """Return the date and the addresses of each episode, by its guid."""
    return {
        item.findtext("guid", ""): (
            item.findtext("pubDate", ""),
            [each.get("url", "") for each in item if each.get("url")],
        )
        for item in feed.iter("item")
    }


def version_of(stored: Path) -> str:
    """Return the version that stored what is in this folder."""
    return stored.name
