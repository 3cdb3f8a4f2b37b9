"""A cache that keeps what was used last in memory: for many files in a row that share most of their parts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from audioguide.storage.cache import Cache, Value

MEMORY = 96 * 1024 * 1024  # bytes


@dataclass(slots=True)
class _Memory:
    """Entries of `most` bytes together at most, the last used ones: as stored, or as read."""

    most: int = MEMORY
    size: int = 0
    entries: OrderedDict[object, tuple[Any, int]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: object) -> Any:
        with self.lock:
            found = self.entries.get(key)
            if found is None:
                return None
            self.entries.move_to_end(key)
            return found[0]

    def put(self, key: object, value: Any, size: int) -> None:
        with self.lock:
            self._drop(key)
            self.entries[key] = (value, size)
            self.size += size
            while self.size > self.most:
                self._drop(next(iter(self.entries)))

    def forget(self, key: object) -> None:
        with self.lock:
            self._drop(key)

    def _drop(self, key: object) -> None:
        self.size -= self.entries.pop(key, (None, 0))[1]


@dataclass(frozen=True, slots=True)
class RememberedCache(Cache):
    """The entries of a folder, with the last used ones in memory as well; threads may share it."""

    memory: _Memory = field(default_factory=_Memory, compare=False, repr=False)

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None where it is missing or damaged."""
        data: bytes | None = self.memory.get(key)
        if data is None and (data := Cache.get(self, key)) is not None:
            self.memory.put(key, data, len(data))
        return data

    def get_as(self, key: str, read: Callable[[bytes], Value | None]) -> Value | None:
        """Return what `read` makes of an entry; the same object each time, while it is in memory."""
        value: Value | None = self.memory.get((key, read))
        if value is None and (data := Cache.get(self, key)) is not None:
            value = read(data)
            if value is not None:
                self.memory.put((key, read), value, len(data))
        return value

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, in memory even where the folder cannot be written."""
        self.memory.put(key, data, len(data))
        Cache.put(self, key, data)

    def forget(self, key: str) -> None:
        """Remove what is stored under `key`, if anything is."""
        self.memory.forget(key)
        Cache.forget(self, key)
