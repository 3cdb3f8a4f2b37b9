"""Which models are in memory: few at a time, and none that nobody speaks with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

MOST = 2  # each takes up to 400 MB
IDLE_SECONDS = 60.0
YIELD_SECONDS = 0.5  # so long a voice may take between two phrases before another one takes its place
_LOOK_SECONDS = 0.1


class Holder(Protocol):
    """What has a model in memory from its first use on."""

    @property
    def holding(self) -> bool:
        """Tell whether it has a model in memory."""

    def end(self) -> None:
        """Release the model; the next use loads it again."""


class Memory:
    """Room for `most` models; those that were idle for `idle_seconds` are released."""

    def __init__(self, most: int = MOST, idle_seconds: float = IDLE_SECONDS) -> None:
        self.most = most
        self._idle_seconds = idle_seconds
        self._changed = threading.Condition()
        self._busy: set[int] = set()
        self._idle: dict[int, tuple[Holder, float]] = {}
        self._watched = False

    @contextmanager
    def use(self, holder: Holder, wanted: Callable[[], bool] = lambda: True) -> Iterator[None]:
        """Let `holder` have its model; wait for room as long as it is `wanted`.

        What another holder left idle is released for it.
        """
        self._take(holder, wanted)
        try:
            yield
        finally:
            with self._changed:
                self._busy.discard(id(holder))
                if holder.holding:
                    self._idle[id(holder)] = holder, time.monotonic()
                    self._watch()
                self._changed.notify_all()

    def forget(self, holder: Holder) -> None:
        """Note that `holder` has released its model."""
        with self._changed:
            self._idle.pop(id(holder), None)
            self._changed.notify_all()

    @property
    def held(self) -> int:
        """Return how many models are in memory."""
        with self._changed:
            return len(self._busy) + len(self._idle)

    def _take(self, holder: Holder, wanted: Callable[[], bool]) -> None:
        with self._changed:
            while wanted():
                here = self._idle.pop(id(holder), None) is not None
                if here or len(self._busy) + len(self._idle) < self.most or self._released(YIELD_SECONDS):
                    break
                self._changed.wait(_LOOK_SECONDS)
            self._busy.add(id(holder))

    def _released(self, idle_for: float) -> bool:
        # With the lock: it must not be used while it ends.
        long_ago = time.monotonic() - idle_for
        old = [key for key, (_, since) in self._idle.items() if since <= long_ago]
        for key in old[:1]:
            self._idle.pop(key)[0].end()
        return bool(old)

    def _watch(self) -> None:
        # A thread only while something is idle: it ends by itself, and never keeps the program alive.
        if not self._watched:
            self._watched = True
            threading.Thread(target=self._release_idle, daemon=True, name="idle models").start()

    def _release_idle(self) -> None:
        with self._changed:
            while self._busy or self._idle:
                while self._released(self._idle_seconds):
                    pass
                self._changed.wait(min(1.0, self._idle_seconds))
            self._watched = False


MEMORY = Memory()
