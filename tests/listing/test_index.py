"""A list is read from what is kept, and never an old one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide.errors import AudioguideError
from audioguide.listener.request import Request
from audioguide.listing.index import listed
from audioguide.listing.listed import Listed
from audioguide.pipeline import build
from audioguide.routine import library
from audioguide.storage.cache import Cache

HEAD = "safety: {notice: none, closing: none}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put two routines and a session in the place of those that ship, and count what is compiled."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    write(shipped / "one.yaml", "title: One\nbody: [neck]\nsteps: [{rest: 10s}]\n")
    write(shipped / "two.yaml", "title: Two\nsteps: [{rest: 20s}]\n")
    write(shipped / "both.yaml", "title: Both\nsteps: [{include: one}, {include: two}]\n")
    monkeypatch.setattr(library, "SHIPPED", shipped)
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("AUDIOGUIDE_ROUTINES", raising=False)
    return shipped


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the routines that are compiled from now on."""
    names: list[str] = []
    whole = build.build

    def counted(request: Request) -> object:
        names.append(request.routine.name)
        return whole(request)

    monkeypatch.setattr(build, "build", counted)
    return names


def write(path: Path, text: str) -> None:
    path.write_text(HEAD + text, encoding="utf-8")


def all_of(cache: Cache) -> dict[str, Listed]:
    left_out: list[AudioguideError] = []
    found = listed(lambda _, error: left_out.append(error), cache)
    assert left_out == []
    return {each.name: each for each in found}


def test_a_second_list_compiles_nothing_and_says_the_same(
    folder: Path, built: list[str], tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    first = all_of(cache)
    assert built == ["both", "one", "two"]
    assert list(first) == ["both", "one", "two"]
    assert first["both"].length > first["one"].length + first["two"].length - 2000
    assert first["both"].parts == {"one": "One", "two": "Two"}
    assert first["one"].body == ("neck",)
    built.clear()
    assert all_of(cache) == first
    assert built == []


def test_only_what_changed_is_compiled_again(folder: Path, built: list[str], tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = all_of(cache)
    built.clear()
    time = (folder / "two.yaml").stat().st_mtime_ns
    write(folder / "two.yaml", "title: Two\nsteps: [{rest: 25s}]\n")  # as long as before, and as old
    os.utime(folder / "two.yaml", ns=(time, time))
    after = all_of(cache)
    assert built == ["both", "two"]  # the session has it in it
    # A rest is lengthened by less than a frame.
    assert after["two"].length == pytest.approx(before["two"].length + 5 * 250, abs=6)
    assert after["both"].length == pytest.approx(before["both"].length + 5 * 250, abs=6)
    assert after["one"] == before["one"]


def test_a_file_that_is_gone_is_not_listed_and_a_new_one_is(
    folder: Path, built: list[str], tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    all_of(cache)
    (folder / "both.yaml").unlink()
    write(folder / "three.yaml", "title: Three\nsteps: [{rest: 5s}]\n")
    built.clear()
    assert list(all_of(cache)) == ["one", "three", "two"]
    assert built == ["three"]


def test_an_own_routine_takes_the_place_of_one_that_is_included(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    write(mine / "evening.yaml", "title: Evening\nsteps: [{include: one}]\n")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(mine))
    cache = Cache(tmp_path / "cache")
    before = all_of(cache)["evening"]
    write(mine / "one.yaml", "title: My own one\nsteps: [{rest: 40s}]\n")
    after = all_of(cache)["evening"]
    assert after.length == pytest.approx(before.length + 30 * 250, abs=6)
    assert after.parts == {"one": "My own one"}


def test_other_defaults_make_other_lengths(folder: Path, tmp_path: Path) -> None:
    write(folder / "one.yaml", "title: One\nsteps: [{say: Rest both of your hands in your lap.}]\n")
    cache = Cache(tmp_path / "cache")
    before = all_of(cache)["one"]
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text("rate: 90\n", encoding="utf-8")
    slow = all_of(cache)["one"]
    assert slow.length > before.length
    (tmp_path / "config" / "config.yaml").unlink()
    assert all_of(cache)["one"] == before


def test_a_faulty_routine_is_left_out_each_time_and_hides_no_other(folder: Path, tmp_path: Path) -> None:
    write(folder / "two.yaml", "title: Two\n")
    cache = Cache(tmp_path / "cache")
    left_out: list[AudioguideError] = []
    for _ in range(2):
        found = listed(lambda _, error: left_out.append(error), cache)
        assert [each.name for each in found] == ["one"]
    assert len(left_out) == 4
    assert all("two.yaml" in str(error) for error in left_out)


def test_a_damaged_list_is_made_again(folder: Path, built: list[str], tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    first = all_of(cache)
    for path in cache.folder.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-9])
    built.clear()
    assert all_of(cache) == first
    assert built == ["both", "one", "two"]
