"""The routines, read once and again when their files change. A name is looked up, never joined."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import AudioguideError, RoutineError, UsageError
from audioguide.listener.options import Options
from audioguide.listing.listed import Listed, listed_as
from audioguide.listing.search import found as searched
from audioguide.routine.library import Library
from audioguide.routine.load import Routine, load
from audioguide.script.text import one_line
from audioguide.web.addresses import can_be_linked

LOGGER = logging.getLogger("audioguide.web")

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A routine, its length in ticks (its own, or as estimated), and the stamp of its files."""

    routine: Routine
    length: int
    stamp: Stamp

    @property
    def listed(self) -> Listed:
        """Return it as it stands in lists."""
        return listed_as(self.routine, self.length)

    def is_for(self, body: str) -> bool:
        """Tell whether it is for this part of the body; "" is any."""
        return not body or any(body.lower() in part.lower() for part in self.routine.document.body)


@dataclass(slots=True)
class Routines:
    """All routines by name; threads may share it. Once `closing`, no more are read."""

    library: Library
    options: Options
    closing: threading.Event = field(default_factory=threading.Event)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _left_out: dict[str, AudioguideError] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def entry(self, name: str) -> Entry:
        """Return the routine called `name`. Raises UsageError for an unknown one, RoutineError."""
        path = self.library.routines().get(name)
        if path is None:
            raise UsageError("no routine is called so")
        return self._entry(name, path)

    def _entry(self, name: str, path: Path) -> Entry:
        with self._lock:
            found = self._entries.get(name)
            if found is None or found.routine.path != path or found.stamp != _stamp(found.routine):
                found = self._entries[name] = self._read(path)
        return found

    def entries(self) -> list[Entry]:
        """Return all routines, sorted by title; a faulty file of one's own hides no other."""
        return sorted(self._all(), key=lambda entry: entry.routine.document.title.lower())

    def found(self, words: str, body: str) -> list[Entry]:
        """Return the routines that a search for `words` finds and that are for `body`, sorted by title."""
        entries = [entry for entry in self.entries() if entry.is_for(body)]
        names = {each.name for each in searched([entry.listed for entry in entries], words.split())}
        return [entry for entry in entries if entry.routine.name in names]

    def left_out(self) -> dict[str, AudioguideError]:
        """Return the routines that could not be read when all were looked at last, and why."""
        return dict(self._left_out)

    def body_parts(self) -> list[str]:
        """Return the parts of the body that routines are for."""
        return sorted({part for entry in self._all() for part in entry.routine.document.body})

    def _all(self) -> list[Entry]:
        found: list[Entry] = []
        left_out: dict[str, AudioguideError] = {}
        for name, path in self.library.routines().items():
            if self.closing.is_set():
                break
            try:
                found.append(self._linked(name, path))
            except AudioguideError as error:
                left_out[one_line(name.encode("utf-8", "replace").decode())] = error
        for name, why in left_out.items():
            if str(why) != str(self._left_out.get(name, "")):
                LOGGER.warning("%s is left out: %s", name, why)
        self._left_out = left_out
        return found

    def _linked(self, name: str, path: Path) -> Entry:
        if not can_be_linked(name):
            raise RoutineError("the name of its file is not UTF-8: rename it")
        return self._entry(name, path)

    def _read(self, path: Path) -> Entry:
        routine = load(path, self.library)
        own = routine.document.length
        length = own.default.value if own else estimated(compile(routine, self.options)).length
        return Entry(routine, length, _stamp(routine))


def _stamp(routine: Routine) -> Stamp:
    return tuple(_stamp_of(each.path) for each in routine.whole())


def _stamp_of(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
