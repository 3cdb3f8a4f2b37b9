"""The power goes at any moment: each file is the old one or the new one, and what was reported is there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.containers.formats import FORMATS
from audioguide.pipeline.output import Output
from audioguide.pipeline.render import render, write_script
from audioguide.script.script import Script, VoiceChoice
from audioguide.storage import atomic
from audioguide.storage.atomic import write_atomically
from audioguide.storage.cache import Cache, key_of
from audioguide.web.security.access import TOKENS_FILE, kept_tokens
from tests.faults.recorder import Recorder, named
from tests.faults.tally import tally
from tests.slow import first

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot sync a folder")

Write = Callable[[], None]
Files = dict[str, bytes]


def recorded(root: Path, write: Write) -> Recorder:
    """Record what `write` does below `root`."""
    with pytest.MonkeyPatch.context() as patch:
        recorder = Recorder(root)
        recorder.into(patch)
        write()
    return recorder


def survives(root: Path, write: Write, *, old: Files, new: Files) -> None:
    """Cut the power at each step of `write`: each of the files is old or new, and at the end new."""
    recorder = recorded(root, write)
    cuts = list(recorder.cuts())
    for how, left in cuts:
        found = named(left)
        for name, data in new.items():
            assert found.get(name) in (old.get(name), data), f"{name} is half written {how}"
    assert {name: named(recorder.end()).get(name) for name in new} == new, "reported, and not on the disk"
    tally("power cuts", len(cuts))


@pytest.fixture
def guided(script: Callable[..., Script]) -> Callable[[str], Script]:
    """Compile a routine with a hold of some length, with tones for words."""

    def guided(hold: str) -> Script:
        made = script(f"  - say: Lie down.\n  - hold: {hold}\n    chime: none")
        return replace(made, voice=VoiceChoice(engine="tone"), name="a")

    return guided


def files(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("there", [True, False], ids=["over old files", "into a new folder"])
@pytest.mark.parametrize("format_", first(1, list(FORMATS)))
def test_a_render(guided: Callable[[str], Script], tmp_path: Path, *, there: bool, format_: str) -> None:
    cache, output = Cache(tmp_path / "cache"), Output(format=format_)
    render(guided("5s"), tmp_path / "right", output, cache=cache)
    new = files(tmp_path / "right")
    disk = tmp_path / "disk"
    disk.mkdir()
    out = disk / "out" if there else disk / "deep" / "er" / "out"
    old: Files = {}
    if there:
        render(guided("6s"), out, output, cache=cache)
        old = files(out)
        assert not any(old[name] == new[name] for name in new)
    survives(disk, lambda: void(render(guided("5s"), out, output, cache=cache)), old=old, new=new)
    assert files(out) == new


def void(_: object) -> None:
    """Take a result that is not looked at."""


def test_a_timed_script(guided: Callable[[str], Script], tmp_path: Path) -> None:
    for hold, folder in (("5s", "right"), ("6s", "disk")):
        list(write_script(guided(hold), tmp_path / folder, estimate=True))
    new, old = files(tmp_path / "right"), files(tmp_path / "disk")
    disk = tmp_path / "disk"
    survives(disk, lambda: void(list(write_script(guided("5s"), disk, estimate=True))), old=old, new=new)


def test_a_routine_an_overlay_and_defaults(tmp_path: Path) -> None:
    for name in ("mine.yaml", "client.yaml", "config.yaml"):
        (tmp_path / name).write_bytes(b"old " * 3000)
        survives(
            tmp_path, lambda name=name: write_atomically(tmp_path / name, b"new" * 9000),  # type: ignore[misc]
            old={name: b"old " * 3000}, new={name: b"new" * 9000},
        )  # fmt: skip


def test_a_file_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("disk/real")
    survives(
        tmp_path / "disk", lambda: write_atomically(tmp_path / "link", b"new"), old={"real": b"old"},
        new={"real": b"new"},
    )  # fmt: skip


@pytest.mark.parametrize("there", [True, False])
def test_the_tokens_of_the_links(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "disk" / "config"
    (tmp_path / "disk").mkdir()
    if there:
        kept_tokens(folder)
    old = files(folder) if there else {}
    recorder = recorded(tmp_path / "disk", lambda: void(kept_tokens(folder, renew=True)))
    new = files(folder)[TOKENS_FILE]
    assert set(json.loads(new)) >= {"page", "feed"}
    for how, left in recorder.cuts():
        assert named(left).get(TOKENS_FILE) in (old.get(TOKENS_FILE), new), how
    assert named(recorder.end())[TOKENS_FILE] == new


def test_an_entry_of_the_cache_is_whole_or_counts_as_missing(tmp_path: Path) -> None:
    disk, again = tmp_path / "disk", tmp_path / "again"
    cache, keys = Cache(disk), [key_of("power", number) for number in range(3)]
    data = {key: key.encode() * (100 + number) for number, key in enumerate(keys)}
    cache.put(keys[0], b"another" * 50)
    before = cache.get(keys[0])

    def write() -> None:
        for key in keys:
            cache.put(key, data[key])

    found, states = set(), set()
    for _, left in recorded(disk, write).cuts():
        state = frozenset((os.path.relpath(path, disk), kept) for path, kept in left.items())
        if state in states:
            continue
        states.add(state)
        for path, kept in state:
            (again / path).parent.mkdir(parents=True, exist_ok=True)
            (again / path).write_bytes(kept)
        for key in keys:
            entry = Cache(again).get(key)
            assert entry in (None, data[key], before if key == keys[0] else None)
            found.add((key, entry))
            (again / key[:2] / key).unlink(missing_ok=True)
    assert {entry for _, entry in found} >= {None, *data.values()}
    tally("power cuts", len(states))


def test_the_test_itself_finds_a_missing_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sync of the data, of a name or of a new folder, a cut leaves half a file or none."""

    def halves(path: Path, **more: bool) -> set[bytes | None]:
        recorder = recorded(tmp_path, lambda: write_atomically(path, b"new!", **more))
        return {named(left).get(path.name) for _, left in recorder.cuts()}

    (tmp_path / "a").write_bytes(b"old!")
    assert halves(tmp_path / "a") == {b"old!", b"new!"}
    (tmp_path / "b").write_bytes(b"old!")
    assert halves(tmp_path / "b", durable=False) == {b"old!", b"new!", b"ne", b""}
    monkeypatch.setattr(atomic, "sync_folder", lambda _: None)
    recorder = recorded(tmp_path, lambda: write_atomically(tmp_path / "c", b"new!"))
    assert "c" not in named(recorder.end())
