"""Which models are in memory: few at a time, shared by all who speak, and none that nobody speaks with."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeVar

from audioguide.speech.neural.places import MOST, TURN_SECONDS, ModelPlace, Places

IDLE_SECONDS = 60.0
YIELD_SECONDS = 0.5  # so long a voice may take between two phrases before another one takes its place
_LOOK_SECONDS = 0.1
_WATCH_SECONDS = 0.5


class Holder(Protocol):
    """What has a model in memory from its first use on."""

    @property
    def holding(self) -> bool:
        """Return whether it has a model in memory."""

    def end(self) -> None:
        """Release the model; the next use loads it again."""


Kept = TypeVar("Kept", bound=Holder)


@dataclass(frozen=True, slots=True)
class _Idle:
    key: Hashable
    holder: Holder
    place: ModelPlace
    since: float = field(default_factory=time.monotonic)


@dataclass(slots=True, eq=False)
class Memory(Generic[Kept]):
    """Room for `most` models; those that were idle for `idle_seconds` are released.

    Who asks first gets a model first, so that several who speak at once take turns, phrase by phrase. Each
    model also needs one of the `places` of the machine, which other programs may want.
    """

    most: int = MOST
    places: Places | None = None
    idle_seconds: float = IDLE_SECONDS
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _busy: int = 0
    _places: int = 0  # on the machine, that this program has or waits for
    _idle: list[_Idle] = field(default_factory=list)  # the one that was used last comes last
    _waiting: deque[object] = field(default_factory=deque)
    _watched: bool = False

    @contextmanager
    def use(
        self, key: Hashable, make: Callable[[], Kept], wanted: Callable[[], bool] = lambda: True
    ) -> Iterator[Kept]:
        """Yield the holder of the model `key`: one that is idle, else a new one from `make`.

        Waits for room as long as it is `wanted`. What was left idle with another model is released for it.
        """
        found = self._room(key, wanted)
        used = found if isinstance(found, _Idle) else None
        try:
            if not isinstance(found, _Idle):
                used = _Idle(key, make(), found or self._waited_for(wanted))
            assert used is not None  # noqa: S101 - for the types
            yield used.holder  # type: ignore[misc] # what `make` made for this key
        finally:
            with self._changed:
                self._busy -= 1
                if used:
                    self._keep(used)
                else:
                    self._places -= 1
                self._changed.notify_all()

    @property
    def held(self) -> int:
        """Return how many models are in memory."""
        with self._changed:
            return self._busy + len(self._idle)

    def _room(self, key: Hashable, wanted: Callable[[], bool]) -> _Idle | ModelPlace | None:
        """Return what is idle, or a place for a new model; None where one has to be waited for."""
        with self._changed:
            turn = object()
            self._waiting.append(turn)
            try:
                while wanted():
                    if self._waiting[0] is turn:
                        if found := next((each for each in reversed(self._idle) if each.key == key), None):
                            self._idle.remove(found)
                            return found
                        if self._busy + len(self._idle) < self.most or self._released(YIELD_SECONDS):
                            # Who has a model waits for that, and takes a second place only where one is free.
                            # A free one is taken here, with the lock: nobody comes in between.
                            place = self._free()
                            if place or not self._places:
                                self._places += 1
                                return place
                    self._changed.wait(_LOOK_SECONDS)
                self._places += 1
                return ModelPlace()
            finally:
                self._busy += 1
                self._waiting.remove(turn)
                self._changed.notify_all()

    def _free(self) -> ModelPlace | None:
        return self.places.free() if self.places else ModelPlace()

    def _waited_for(self, wanted: Callable[[], bool]) -> ModelPlace:
        return self.places.take(wanted) if self.places else ModelPlace()

    def _released(self, idle_for: float) -> bool:
        # With the lock: it must not be used while it ends.
        long_ago = time.monotonic() - idle_for
        old = next((each for each in self._idle if each.since <= long_ago), None)
        if old:
            self._idle.remove(old)
            self._end(old)
        return bool(old)

    def _end(self, used: _Idle) -> None:
        used.holder.end()
        used.place.leave()
        self._places -= 1

    def _keep(self, used: _Idle) -> None:
        if not used.holder.holding or self._is_due(used.place):
            self._end(used)
        else:
            self._idle.append(replace(used, since=time.monotonic()))
            self._watch()

    def _is_due(self, place: ModelPlace) -> bool:
        """Return whether another program is to have it: one of two at once, the only one after a while."""
        if self.places is None or not self.places.wanted():
            return False
        return self._places > 1 or time.monotonic() - place.since > TURN_SECONDS

    def _watch(self) -> None:
        # A thread only while something is idle: it ends by itself, and never keeps the program alive.
        if not self._watched:
            self._watched = True
            threading.Thread(target=self._release_idle, daemon=True, name="idle models").start()

    def _release_idle(self) -> None:
        with self._changed:
            while self._busy or self._idle:
                while self._released(self.idle_seconds):
                    pass
                if self._idle and self.places and self.places.wanted():
                    self._released(YIELD_SECONDS)
                self._changed.wait(min(_WATCH_SECONDS, self.idle_seconds))
            self._watched = False
