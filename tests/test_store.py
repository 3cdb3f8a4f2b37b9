"""What is kept comes back as it was, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.store import Store, cache_folder, key_of

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "one byte short": lambda data: data[:-1],
    "one bit flipped": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    "one byte more": lambda data: data + b"x",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_missing_and_can_be_put_again(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    key = key_of("clip", 1)
    store.put(key, b"sound" * 20)
    assert store.get(key) == b"sound" * 20
    [entry] = [path for path in tmp_path.rglob("*") if path.is_file()]
    entry.write_bytes(DAMAGES[damage](entry.read_bytes()))
    assert store.get(key) is None
    store.put(key, b"again")
    assert store.get(key) == b"again"


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
    store = Store(tmp_path / "file")
    store.put(key_of("a"), b"a")
    assert store.get(key_of("a")) is None


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("AUDIOGUIDE_CACHE_DIR")
    assert cache_folder().name == "audioguide"
