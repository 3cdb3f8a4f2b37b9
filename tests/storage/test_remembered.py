"""A cache in memory in front of the folder: the same answers, the last used ones without the disk."""

from __future__ import annotations

from pathlib import Path

from audioguide.storage.cache import Cache, key_of
from audioguide.storage.remembered import RememberedCache, _Memory

KEY, OTHER = key_of("one"), key_of("two")


def test_what_was_read_once_comes_from_memory(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"data")
    cache = RememberedCache(tmp_path)
    assert cache.get(KEY) == b"data"
    Cache(tmp_path).forget(KEY)
    assert cache.get(KEY) == b"data"
    cache.forget(KEY)
    assert cache.get(KEY) is None


def test_what_is_put_is_on_the_disk_too(tmp_path: Path) -> None:
    RememberedCache(tmp_path).put(KEY, b"data")
    assert Cache(tmp_path).get(KEY) == b"data"


def test_an_entry_is_read_into_one_object(tmp_path: Path) -> None:
    def read(data: bytes) -> list[int] | None:
        return list(data) or None

    cache = RememberedCache(tmp_path)
    cache.put(KEY, b"\1\2")
    first = cache.get_as(KEY, read)
    assert first == [1, 2]
    assert cache.get_as(KEY, read) is first
    assert cache.get_as(OTHER, read) is None
    assert Cache(tmp_path).get_as(KEY, read) == [1, 2]


def test_the_memory_has_a_limit(tmp_path: Path) -> None:
    cache = RememberedCache(tmp_path, memory=_Memory(most=10))
    cache.put(KEY, b"12345678")
    cache.put(OTHER, b"12345678")
    Cache(tmp_path).forget(KEY)
    Cache(tmp_path).forget(OTHER)
    assert cache.get(KEY) is None
    assert cache.get(OTHER) == b"12345678"
    assert cache.memory.size == 8
