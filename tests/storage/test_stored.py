"""What an earlier version stored is read by this one, or refused in one clear line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError
from audioguide.listener.files import read_defaults, read_overlay
from audioguide.routine.library import Library
from audioguide.routine.load import load
from audioguide.storage.cache import Cache, key_of
from audioguide.verifier.promise import read_promise
from audioguide.web.security.access import TOKENS_FILE, kept_tokens
from tests.stored import store

VERSIONS = sorted(path for path in store.HERE.iterdir() if re.match(r"\d", path.name))


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of what a version stored."""
    return Path(shutil.copytree(request.param, tmp_path / "stored"))


def test_a_timed_script_keeps_every_cue_at_its_time(stored: Path) -> None:
    facts = json.loads((stored / "stored.facts.json").read_text(encoding="utf-8"))
    promise = read_promise(stored / "stored.script.json")
    assert promise.length == facts["length"]
    script = read_script(stored / "stored.script.json")
    assert (script.title, script.voice.rate, script.voice.warm) == (facts["title"], 110, True)
    kinds = [timed.cue.kind for timed in estimated(script).cues]
    assert kinds == [kind for kind, _, _ in facts["cues"]]
    holds = [cue.length for cue in script.cues if cue.kind == "hold"]
    assert holds == [length for kind, _, length in facts["cues"] if kind == "hold"]


@pytest.mark.parametrize("read", [read_script, read_promise])
def test_a_timed_script_of_a_later_format_is_refused_by_its_format(stored: Path, read: object) -> None:
    path = stored / "stored.script.json"
    path.write_text(path.read_text(encoding="utf-8").replace("script/1", "script/2"), encoding="utf-8")
    assert callable(read)
    with pytest.raises(RoutineError, match=r"script/2, and this version of audioguide reads .*script/1"):
        read(path)


def test_a_routine_and_what_a_person_wrote_are_read(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(stored / "stored.yaml", Library()).document.title == "Stored – gespeichert 保存"
    overlay = read_overlay(stored / "anna.yaml")
    assert (overlay.routine, dict(overlay.options.settings)) == ("knee-to-chest", {"hold": "25s"})
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(stored))
    options = read_defaults().options
    assert (options.rate, options.voice, options.engine) == (110, "en-gb", "tone")


def test_an_entry_of_the_cache_is_found_or_made_again(stored: Path) -> None:
    cache = Cache(stored / "cache")
    assert cache.get(key_of(*store.PARTS)) == store.ENTRY
    [entry] = (stored / "cache").glob("??/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert cache.get(key_of(*store.PARTS)) is None


def test_links_on_phones_go_on_working(stored: Path) -> None:
    assert kept_tokens(stored) == store.TOKENS


def test_damaged_links_are_replaced_and_the_log_says_so(
    stored: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (stored / TOKENS_FILE).write_text('{"page": 3', encoding="utf-8")
    assert kept_tokens(stored) != store.TOKENS
    assert "holds no links that can be read" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("feed", ["feed", "plan"])
def test_episodes_of_a_feed_keep_their_identity(stored: Path, feed: str, tmp_path: Path) -> None:
    """Podcast apps know an episode by its guid, and sort by its date: neither may change."""
    made = tmp_path / "made"
    made.mkdir()
    store.store_feeds(made)

    def episodes(path: Path) -> dict[str, str]:
        items = ElementTree.fromstring(path.read_bytes()).iter("item")
        return {item.findtext("guid") or "": item.findtext("pubDate") or "" for item in items}

    before, now = episodes(stored / f"{feed}.xml"), episodes(made / f"{feed}.xml")
    assert before
    assert before.items() <= now.items()
