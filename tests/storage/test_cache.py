"""What is kept comes back as it was, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.errors import UsageError
from audioguide.storage import eviction
from audioguide.storage.cache import LIMIT, Cache, cache_folder, cache_limit, key_of, parse_size
from tests.tables import every

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "one byte short": lambda data: data[:-1],
    "one bit flipped": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    "one byte more": lambda data: data + b"x",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_missing_and_can_be_put_again(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    key = key_of("clip", 1)
    cache.put(key, b"sound" * 20)
    assert cache.get(key) == b"sound" * 20
    [entry] = tmp_path.glob("??/*")
    entry.write_bytes(DAMAGES[damage](entry.read_bytes()))
    assert cache.get(key) is None
    cache.put(key, b"again")
    assert cache.get(key) == b"again"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
@pytest.mark.timeout(20)
@pytest.mark.parametrize("place", ["{key:.2}/{key}", eviction.COUNTER, eviction.TAG])
def test_a_pipe_in_the_folder_blocks_nothing(tmp_path: Path, place: str) -> None:
    key = key_of("clip", 1)
    pipe = tmp_path / place.format(key=key)
    pipe.parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    cache = Cache(tmp_path)
    assert cache.get(key) is None
    cache.put(key, b"sound")
    assert cache.get(key) == b"sound"
    eviction.prune(tmp_path, 10)
    eviction.clear(tmp_path)
    assert cache.get(key) is None


def test_keys_tell_their_parts_apart() -> None:
    assert (
        len(
            {
                key_of("ab", "c"),
                key_of("a", "bc"),
                key_of("abc"),
                key_of("a", "b", "c"),
                key_of("ab", "c", ""),
            }
        )
        == 5
    )


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    cache.put(key_of("a"), b"a")
    assert cache.get(key_of("a")) is None


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("AUDIOGUIDE_CACHE_DIR")
    assert cache_folder().name == "audioguide"


def test_the_limit_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIOGUIDE_CACHE_LIMIT", raising=False)
    assert cache_limit() == LIMIT
    monkeypatch.setenv("AUDIOGUIDE_CACHE_LIMIT", "500MB")
    assert cache_limit() == 500_000_000
    monkeypatch.setenv("AUDIOGUIDE_CACHE_LIMIT", "plenty")
    with pytest.raises(UsageError, match="AUDIOGUIDE_CACHE_LIMIT: 'plenty' is not a size"):
        cache_limit()


SIZES = {
    "0": 0,
    "1000000": 10**6,
    "1kB": 1000,
    "500 MB": 5 * 10**8,
    "1.5gb": 15 * 10**8,
    "2GiB": 2**31,
    "3m": 3 * 10**6,
}


@every(("text", "size"), SIZES.items())
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@every("text", ["", "MB", "-1MB", "1e9", "1 2MB", "5 bananas", "9999999999"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(UsageError, match="is not a size such as 500MB"):
        parse_size(text)


def test_the_cache_stays_below_its_limit_and_keeps_what_was_written_last(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=2_000_000)
    long_ago = time.time() - 10_000
    seen: set[Path] = set()
    for number in range(100):
        cache.put(key_of(number), bytes(100_000))
        for path in set(tmp_path.glob("??/*")) - seen:  # each is older than the next, as on a slow day
            os.utime(path, (long_ago + number, long_ago + number))
            seen.add(path)
        assert eviction.amount(tmp_path).size <= 2_000_000
    assert cache.get(key_of(99)) == bytes(100_000)
    assert cache.get(key_of(0)) is None


def test_a_use_is_noted_once_an_hour(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(key_of("a"), b"a")
    [entry] = tmp_path.glob("??/*")
    for age, noted in ((7200, True), (60, False)):
        before = time.time() - age
        os.utime(entry, (before, before))
        assert cache.get(key_of("a")) == b"a"
        assert (entry.stat().st_mtime > before + 30) is noted


SHARING = """
import sys, random
from pathlib import Path
from audioguide.storage.cache import Cache, key_of
store, chance, whole = Cache(Path(sys.argv[1]), limit=400_000), random.Random(sys.argv[2]), 0
for _ in range(300):
    number = chance.randrange(40)
    data = key_of("content", number).encode() * 300
    kept = store.get(key_of(number))
    assert kept is None or kept == data, number
    whole += kept is not None
    if kept is None or chance.random() < 0.3:
        store.put(key_of(number), data)
print(whole)
"""


def test_many_processes_share_a_cache_that_is_pruned_all_the_time(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", SHARING, str(tmp_path), str(number)], stdout=subprocess.PIPE)
        for number in range(4)
    ]
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert int(out) > 0
    assert eviction.amount(tmp_path).size <= 400_000 + 4 * 20_000
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {eviction.TAG, eviction.COUNTER}
    assert all(len(path.name) == 64 for path in tmp_path.glob("??/*"))


FULL = """
import resource, sys
from pathlib import Path
from audioguide.storage.cache import Cache, key_of
store = Cache(Path(sys.argv[1]))
store.put(key_of("before"), bytes(900))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
store.put(key_of("large"), bytes(5000))
assert store.get(key_of("large")) is None
assert store.get(key_of("before")) == bytes(900)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of a file")
def test_a_disk_that_fills_up_leaves_no_half_entry(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], check=True)
    assert len(list(tmp_path.glob("??/*"))) == 1
