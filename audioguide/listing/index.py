"""The list of all routines: read from the cache where their files are as they were, else made.

A routine is compiled once for each version of its text. What is kept is checked by content: the file
itself, every file that it includes, and every sound of the listener's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.errors import AudioguideError
from audioguide.listing.listed import Listed, from_data, listed_as
from audioguide.listing.surroundings import surroundings
from audioguide.routine.library import Library
from audioguide.storage.cache import Cache, key_of, user_cache
from audioguide.untrusted.files import open_regular

if TYPE_CHECKING:
    from audioguide.listener.layers import Layer
    from audioguide.listener.listener import Listener
    from audioguide.listener.options import Options
    from audioguide.script.script import Script

FORMAT = "listing/2"


@dataclass(slots=True)
class Index:
    """What was kept of earlier lists: the own `folders`, and an entry for each path of a routine."""

    folders: tuple[str, ...] | None = None
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Files:
    """The files of one list, each read once; `names` is a hash of which routine has which name."""

    names: str
    digests: dict[str, str] = field(default_factory=dict)

    def digest(self, path: str) -> str:
        """Return the hash of what the file at `path` holds; "" where it cannot be read."""
        if path not in self.digests:
            try:
                with open_regular(Path(path)) as file:
                    self.digests[path] = hashlib.sha256(file.read()).hexdigest()
            except OSError:
                self.digests[path] = ""
        return self.digests[path]

    def fits(self, entry: Mapping[str, Any]) -> bool:
        """Return whether everything that `entry` was made from is as it was."""
        same_names = entry["names"] in (self.names, "")
        return same_names and all(self.digest(path) == digest for path, digest in entry["files"].items())


@dataclass(frozen=True, slots=True)
class Shelf:
    """The routines of a server: its `library`, and the `options` that are below those of a link."""

    library: Library
    options: Options


@dataclass(frozen=True)
class _WhoseList:
    """Whose routines are listed: those of a shelf, or of this listener, who is read only where it must be."""

    shelf: Shelf | None = None

    @cached_property
    def listener(self) -> Listener:
        from audioguide.listener.listener import this_listener

        return this_listener()

    @property
    def own(self) -> tuple[Path, ...]:
        return (self.shelf or self.listener).library.own

    @cached_property
    def layers(self) -> list[Layer]:
        from audioguide.listener.layers import Layer

        return [Layer("defaults", self.shelf.options)] if self.shelf else self.listener.layers

    @property
    def key(self) -> str:
        """Return a hash of the shelf; "" for this listener, whom the surroundings know."""
        return key_of(self.shelf.library.own, self.shelf.options) if self.shelf else ""


def listed(
    left_out: Callable[[str, AudioguideError], None],
    cache: Cache | None = None,
    shelf: Shelf | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> list[Listed]:
    """Return all routines of this listener, or of a `shelf`, sorted by name, each with its length.

    One that cannot be read or rendered is given to `left_out` with its name. Once `go_on` says no, no more
    are compiled. Raises RoutineError for faulty defaults, UsageError as `Library.routines` does.
    """
    cache = cache or user_cache()
    reader = _WhoseList(shelf)
    key = key_of(FORMAT, surroundings(), reader.key)
    index = _read(cache.get(key))
    if index.folders is None:
        index.folders = tuple(map(str, reader.own))
    library = Library(tuple(map(Path, index.folders)))
    routines = library.routines()
    files = Files(key_of(*sorted((name, str(path)) for name, path in routines.items())))
    kept: dict[str, dict[str, Any]] = {}
    found: list[Listed] = []
    for name, path in routines.items():
        entry = index.entries.get(str(path))
        if entry is None or not files.fits(entry):
            if not go_on():
                break
            try:
                entry = _entry(path, library, reader, files)
            except AudioguideError as error:
                left_out(name, error)
                continue
        kept[str(path)] = entry
        found.append(from_data(entry["listed"]))
    if kept != index.entries and go_on():
        cache.put(key, json.dumps({"folders": index.folders, "entries": kept}).encode())
    return found


def _read(data: bytes | None) -> Index:
    if data is None:
        return Index()
    kept = json.loads(data)
    return Index(tuple(kept["folders"]), kept["entries"])


def _entry(path: Path, library: Library, reader: _WhoseList, files: Files) -> dict[str, Any]:
    from audioguide.compiler.estimate import estimated
    from audioguide.listener.request import request
    from audioguide.pipeline.build import build
    from audioguide.routine.load import load

    routine = load(path, library)
    # A length of its own comes first, where it can be reached.
    script = build(request(routine, reader.layers))
    length = script.fit.asked if script.fit else estimated(script).length
    used = sorted({str(each.path) for each in routine.whole()} | set(_sounds(script)))
    made_of = {name: files.digest(name) for name in used}
    return {
        # What a name of an include stands for depends on all names; a routine without any needs none.
        "names": files.names if routine.includes else "",
        "files": made_of,
        "listed": listed_as(routine, length, key_of(sorted(made_of.items()))).as_data(),
    }


def _sounds(script: Script) -> Iterator[str]:
    """Yield the paths of sounds that do not ship: their lengths may move what follows them."""
    from audioguide.script.names import is_path
    from audioguide.script.script import Sounded

    yield from (ref.sound for ref in script.clips if isinstance(ref, Sounded) and is_path(ref.sound))
