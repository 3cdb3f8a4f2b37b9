"""The routines: listed from what is kept of them, read one by one. A name is looked up, never joined."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from audioguide.errors import AudioguideError, RoutineError, UsageError
from audioguide.listener.options import Options
from audioguide.listing.index import Shelf
from audioguide.listing.index import listed as listed_by_index
from audioguide.listing.listed import Listed, by_section
from audioguide.listing.search import Search, search
from audioguide.routine.library import Library
from audioguide.routine.load import Routine, load
from audioguide.script.text import one_line
from audioguide.vocabulary.vocabulary import vocabulary
from audioguide.web.addresses import can_be_linked

LOGGER = logging.getLogger("audioguide.web")

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A routine, and the stamp of its files."""

    routine: Routine
    stamp: Stamp


@dataclass(slots=True)
class Routines:
    """All routines by name; threads may share it. Once `closing`, no more are read.

    What has no file, `made` returns by its name: a session that is composed.
    """

    library: Library
    options: Options
    closing: threading.Event = field(default_factory=threading.Event)
    made: Callable[[str], Entry | None] = lambda _: None
    _entries: dict[str, Entry] = field(default_factory=dict)
    _left_out: dict[str, AudioguideError] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _listing: threading.Lock = field(default_factory=threading.Lock)

    def entry(self, name: str) -> Entry:
        """Return the routine called `name`. Raises UsageError for an unknown one, RoutineError."""
        path = self.library.routines().get(name)
        if path is None:
            if made := self.made(name):
                return made
            raise UsageError("there is no routine with this name")
        with self._lock:
            found = self._entries.get(name)
            if found is None or found.routine.path != path or found.stamp != stamp_of(found.routine):
                routine = load(path, self.library)
                found = self._entries[name] = Entry(routine, stamp_of(routine))
        return found

    def listed(self) -> list[Listed]:
        """Return all routines, sorted by title; a faulty file of the user hides no other."""
        left_out: dict[str, AudioguideError] = {}

        def leave_out(name: str, error: AudioguideError) -> None:
            left_out[one_line(name.encode("utf-8", "replace").decode())] = error

        shelf = Shelf(self.library, self.options)
        with self._listing:  # what one thread compiles, the next one finds
            found = listed_by_index(leave_out, shelf=shelf, go_on=lambda: not self.closing.is_set())
        for each in found:
            if not can_be_linked(each.name):
                leave_out(each.name, RoutineError("the name of its file is not UTF-8: rename it"))
        for name, why in left_out.items():
            if str(why) != str(self._left_out.get(name, "")):
                LOGGER.warning("%s is left out: %s", name, why)
        self._left_out = left_out
        linked = (each for each in found if can_be_linked(each.name))
        return sorted(linked, key=lambda each: each.title.lower())

    def left_out(self) -> dict[str, AudioguideError]:
        """Return the routines that could not be read when all were looked at last, and why."""
        return dict(self._left_out)


@dataclass(frozen=True, slots=True)
class Shown:
    """The routines that a visitor looks for, out of all that are `listed`."""

    listed: list[Listed]
    search: Search
    body: str

    @property
    def matches(self) -> list[Listed]:
        """Return what is found and is for this part of the body, sorted by title."""
        return [each for each in self.search.matches if each.is_for(self.body)]

    @property
    def sections(self) -> list[tuple[str, list[Listed]]]:
        """Return what is found, by section."""
        return by_section(self.matches)

    @property
    def body_parts(self) -> list[str]:
        """Return the parts of the body that routines are for, in the order of the vocabulary."""
        named = {part for each in self.listed for part in each.body}
        known = [part for part in vocabulary().names["body"] if part in named]
        return known + sorted(named - set(known))


def shown(listed: list[Listed], words: str, body: str) -> Shown:
    """Look for `words` and a part of the body in what is listed; "" is any."""
    return Shown(listed, search(listed, words.split()), body)


def stamp_of(routine: Routine) -> Stamp:
    """Return path, time and size of all files of a routine."""
    return tuple(_stamp_of(each.path) for each in routine.whole())


def _stamp_of(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
