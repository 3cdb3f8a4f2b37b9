"""A version on its way from a link to the ear: what is spoken, what is left, and whether anybody waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from audioguide.pipeline.gather import Progress
from audioguide.pipeline.live import Live
from audioguide.pipeline.stream import Stream
from audioguide.web.jobs import Busy

# What went wrong is reported for this long to everyone who asks; then it is tried again.
FAILED_SECONDS = 5.0
# Nobody has asked or listened for so long: speaking ends. What was spoken is kept.
PATIENCE = 30.0


class Abandoned(Busy):
    """Nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a version is: `spoken` of `phrases`; `left` seconds, as far as that is known."""

    whole: bool
    live: bool
    spoken: int = 0
    phrases: int = 0
    left: float | None = None
    why: str = ""  # it cannot be heard before it is whole

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "whole": self.whole, "live": self.live, "spoken": self.spoken, "phrases": self.phrases,
            "left": self.left, "why": self.why,
        }  # fmt: skip


@dataclass(slots=True, eq=False)
class Making:
    """A version that is made: `heard` is there as soon as anything of it can be heard, `whole` at the end."""

    whole: Future[Stream] = field(default_factory=Future)
    heard: Future[Stream | Live] = field(default_factory=Future)
    live: Live | None = None
    why: str = ""
    _spoken: tuple[int, int] = (0, 0)
    _began: tuple[float, int] | None = None
    _waiting: int = 0
    _failed: float = 0.0
    _asked: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Note that somebody waits for it, or listens."""
        with self._lock:
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
            self.asked()

    def asked(self) -> None:
        """Note that somebody asks how far it is."""
        self._asked = time.monotonic()

    def begun(self, live: Live) -> None:
        """Note what can be heard while it is spoken."""
        self.live = live
        self.heard.set_result(live)

    def done(self, made: Stream) -> None:
        """Note that it is whole."""
        if self.heard.done():
            self.heard = Future()  # who listens to the live one goes on to hold it; nobody else does
        self.heard.set_result(made)
        self.whole.set_result(made)
        self.live = None

    def fail(self, error: BaseException) -> None:
        """Note that it cannot be made."""
        self._failed = time.monotonic()
        for each in (self.heard, self.whole):
            if not each.done():
                each.set_exception(error)

    def progress(self, go_on: Progress) -> Progress:
        """Return what notes the progress and passes it to `go_on`; it raises Abandoned if nobody waits."""

        def note(stage: str, done: int, total: int) -> None:
            if not self.whole.done() and self._is_abandoned():
                raise Abandoned
            if stage == "speaking":
                self._note(done, total)
            go_on(stage, done, total)

        return note

    @property
    def may_be_tried_again(self) -> bool:
        """Return whether it failed a while ago, or for want of a listener or a place."""
        if not self.whole.done() or not (error := self.whole.exception()):
            return False
        return isinstance(error, Busy) or time.monotonic() - self._failed > FAILED_SECONDS

    @property
    def state(self) -> State:
        """Return how far it is. Raises what went wrong with it."""
        if self.whole.done():
            self.whole.result()
            return State(whole=True, live=False)
        (spoken, phrases), began = self._spoken, self._began
        left = None
        if began and spoken > began[1]:
            left = (time.monotonic() - began[0]) / (spoken - began[1]) * (phrases - spoken)
        return State(False, self.live is not None, spoken, phrases, left, self.why)

    def _note(self, done: int, total: int) -> None:
        if total != self._spoken[1]:
            self._began = (time.monotonic(), done)
        self._spoken = (done, total)

    def _is_abandoned(self) -> bool:
        return not self._waiting and time.monotonic() - self._asked > PATIENCE
