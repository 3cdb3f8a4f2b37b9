"""What is in a cache folder: counted, pruned, cleared, and never more than that."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from audioguide.storage import eviction
from audioguide.storage.cache import Cache, key_of

PART = "123-456.part"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return a store with ten entries of 1,000 bytes, from the one used longest ago to the newest."""
    cache = Cache(tmp_path / "cache")
    now = time.time()
    for number in range(10):
        cache.put(key_of(number), bytes(968))
        os.utime(_entry(cache, number), (now, now - 5000 + number))
    return cache


def _entry(cache: Cache, number: int) -> Path:
    key = key_of(number)
    return cache.folder / key[:2] / key


def test_backups_leave_the_folder_out(cache: Cache) -> None:
    tag = (cache.folder / "CACHEDIR.TAG").read_bytes()
    assert tag.startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")


def test_the_longest_unused_go_first(cache: Cache) -> None:
    cache.get(key_of(0))  # used just now
    gone = eviction.prune(cache.folder, 3200)
    assert gone == eviction.Usage(7, 7000)
    kept = [number for number in range(10) if cache.get(key_of(number)) is not None]
    assert kept == [0, 8, 9]


def test_within_the_limit_nothing_goes(cache: Cache) -> None:
    assert eviction.prune(cache.folder, 20_000) == eviction.Usage(0, 0)
    assert eviction.amount(cache.folder) == eviction.Usage(10, 10_000)


def test_pruning_is_due_once_a_sixteenth_of_the_limit_has_been_written(cache: Cache) -> None:
    limit = 16 * 10 * eviction.COUNTED_BYTES
    eviction.prune(cache.folder, limit)
    due = [eviction.is_due(cache.folder, limit, eviction.COUNTED_BYTES) for _ in range(12)]
    assert due == [False] * 10 + [True] * 2
    eviction.prune(cache.folder, limit)
    assert not eviction.is_due(cache.folder, limit, 1)


def test_leftovers_of_killed_processes_go_when_they_are_old(cache: Cache) -> None:
    old, young, older_kind = (
        _entry(cache, 3).with_name(name)
        for name in (f"{key_of(3)}.{PART}", f"{key_of(3)}.9-{PART}", f".{key_of(3)[:40]}.x1_y.part")
    )
    for path in (old, young, older_kind):
        path.write_bytes(b"half")
    for path in (old, older_kind):
        os.utime(path, (0, time.time() - 4000))
    assert eviction.prune(cache.folder, 20_000).files == 2
    assert (old.exists(), young.exists(), older_kind.exists()) == (False, True, False)


def test_clear_removes_what_is_ours_and_the_folders_that_are_empty_then(cache: Cache) -> None:
    _entry(cache, 3).with_name(f"{key_of(3)}.{PART}").touch()
    assert eviction.clear(cache.folder) == eviction.Usage(11, 10_000)
    assert list(cache.folder.iterdir()) == []


def test_what_others_put_there_stays(cache: Cache) -> None:
    shelf = _entry(cache, 3).parent
    theirs = [
        cache.folder / "notes.txt",
        cache.folder / key_of("theirs"),  # such a name, but on no shelf
        cache.folder / "photos" / key_of("theirs"),
        shelf / "readme.part",
        shelf / ("f" * 64 if shelf.name != "ff" else "e" * 64),  # on a shelf that is not its own
        shelf / f"{key_of(3)}.bak",
    ]
    for path in theirs:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"precious")
    (cache.folder / "CACHEDIR.TAG").write_bytes(
        b"Signature: 8a477f597d28d172789f06886806bc55\n# somebody else"
    )
    eviction.prune(cache.folder, 0)
    eviction.clear(cache.folder)
    assert all(path.read_bytes() == b"precious" for path in theirs)
    assert eviction.amount(cache.folder).files == 0
    assert b"somebody else" in (cache.folder / "CACHEDIR.TAG").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed(cache: Cache, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / key_of(1)[:2]
    real.mkdir(parents=True)
    (real / key_of(1)).write_bytes(b"precious")
    _entry(cache, 2).unlink()
    _entry(cache, 2).symlink_to(real / key_of(1))
    for name in os.listdir(cache.folder):
        if name == real.name:
            for path in (cache.folder / name).iterdir():
                path.unlink()
            (cache.folder / name).rmdir()
    (cache.folder / real.name).symlink_to(real)
    eviction.clear(cache.folder)
    assert (real / key_of(1)).read_bytes() == b"precious"


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    for folder in (tmp_path / "nothing", Path("/proc/nowhere")):
        assert (
            eviction.amount(folder)
            == eviction.prune(folder, 0)
            == eviction.clear(folder)
            == eviction.Usage(0, 0)
        )
