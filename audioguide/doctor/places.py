"""The places that audioguide reads and writes: cache, disks, the listener's own files."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audioguide.doctor.finding import Finding, State
from audioguide.listener.personal import read_defaults
from audioguide.routine import library
from audioguide.storage import eviction
from audioguide.storage.cache import LOGGER, Store, key_of, user_store

LITTLE_BYTES = 500 * 10**6  # an hour of MP3 and what is made on the way take a tenth of that
HARDLY_BYTES = 50 * 10**6


def cache() -> Iterator[Finding]:
    """Tell what the cache holds, and put something in and take it out again. Raises UsageError."""
    store = user_store()
    kept = eviction.amount(store.folder)
    found = f"{store.folder}: {kept.files} entries, {kept.size / 1e6:.1f} of {store.limit / 1e6:.0f} MB"
    if _keeps(store):
        yield Finding("cache", "fine", found)
    else:
        yield Finding(
            "cache", "note", f"{found}; it cannot be written, so each render speaks and encodes all anew",
            "make room, or make the folder writable, or put it elsewhere (AUDIOGUIDE_CACHE_DIR)",
        )  # fmt: skip


def _keeps(store: Store) -> bool:
    key, data = key_of("doctor", os.getpid()), os.urandom(4096)
    logger = logging.getLogger(LOGGER)
    before, logger.disabled = logger.disabled, True  # told by the finding, and once is enough
    try:
        store.put(key, data)
    finally:
        logger.disabled = before
    kept = store.get(key) == data
    store.forget(key)
    return kept


def disks() -> Iterator[Finding]:
    """Tell how much room there is where files are written."""
    for part, folder in (
        ("disk: cache", user_store().folder),
        ("disk: temporary", Path(tempfile.gettempdir())),
        ("disk: here", Path.cwd()),
    ):
        there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        free = shutil.disk_usage(there).free
        state: State = "fault" if free < HARDLY_BYTES else "note" if free < LITTLE_BYTES else "fine"
        advice = "" if state == "fine" else "make room: an hour of MP3 takes 45 MB"
        yield Finding(part, state, f"{free / 1e9:.1f} GB free at {there}", advice)


def own() -> Iterator[Finding]:
    """Read the personal defaults, and find the routines. Raises RoutineError, UsageError."""
    _, path = read_defaults()
    yield Finding("defaults", "fine", str(path) if path.is_file() else f"none ({path} would be read)")
    for folder in library.own_folders():
        if not folder.is_dir():
            advice = "make it, or take it out of AUDIOGUIDE_ROUTINES or of `routines:` in config.yaml"
            yield Finding("routines", "note", f"there is no folder {folder}", advice)
    shipped, every = len(library.names()), len(library.all_routines())
    if not shipped:
        yield Finding("routines", "fault", f"none at {library.SHIPPED}", "install audioguide anew")
        return
    yield Finding("routines", "fine", f"{shipped} that ship, {every - shipped} more of your own")
