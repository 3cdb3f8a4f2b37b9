"""The places that audioguide reads and writes: cache, disks, the listener's own files."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audioguide.doctor.finding import Diagnosis, State
from audioguide.listener.listener import this_listener
from audioguide.routine.library import SHIPPED
from audioguide.storage import eviction
from audioguide.storage.cache import LOGGER, Cache, key_of, user_cache

LITTLE_BYTES = 500 * 10**6  # an hour of MP3 and what is made on the way take a tenth of that
HARDLY_BYTES = 50 * 10**6


def cache() -> Iterator[Diagnosis]:
    """Tell what the cache holds, and put something in and take it out again. Raises UsageError."""
    cache = user_cache()
    kept = eviction.amount(cache.folder)
    found = f"{cache.folder}: {kept.files} entries, {kept.size / 1e6:.1f} of {cache.limit / 1e6:.0f} MB"
    if _keeps(cache):
        yield Diagnosis("cache", "fine", found)
    else:
        yield Diagnosis(
            "cache", "note", f"{found}; it cannot be written, so each render speaks and encodes all anew",
            "make room, or make the folder writable, or put it elsewhere (AUDIOGUIDE_CACHE_DIR)",
        )  # fmt: skip


def _keeps(cache: Cache) -> bool:
    key, data = key_of("doctor", os.getpid()), os.urandom(4096)
    logger = logging.getLogger(LOGGER)
    before, logger.disabled = logger.disabled, True  # told by the finding, and once is enough
    try:
        cache.put(key, data)
    finally:
        logger.disabled = before
    kept = cache.get(key) == data
    cache.forget(key)
    return kept


def disks() -> Iterator[Diagnosis]:
    """Tell how much room there is where files are written."""
    for part, folder in (
        ("disk: cache", user_cache().folder),
        ("disk: temporary", Path(tempfile.gettempdir())),
        ("disk: here", Path.cwd()),
    ):
        there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        free = shutil.disk_usage(there).free
        state: State = "fault" if free < HARDLY_BYTES else "note" if free < LITTLE_BYTES else "fine"
        advice = "" if state == "fine" else "make room: an hour of MP3 takes 45 MB"
        yield Diagnosis(part, state, f"{free / 1e9:.1f} GB free at {there}", advice)


def own() -> Iterator[Diagnosis]:
    """Read the personal defaults, and find the routines. Raises RoutineError, UsageError."""
    listener = this_listener()
    library, path = listener.library, listener.defaults.path
    yield Diagnosis("defaults", "fine", str(path) if path.is_file() else f"none ({path} would be read)")
    for folder in library.own:
        if not folder.is_dir():
            advice = "make it, or take it out of AUDIOGUIDE_ROUTINES or of `routines:` in config.yaml"
            yield Diagnosis("routines", "note", f"there is no folder {folder}", advice)
    shipped, every = len(library.shipped), len(library.routines())
    if not shipped:
        yield Diagnosis("routines", "fault", f"none at {SHIPPED}", "install audioguide anew")
        return
    yield Diagnosis("routines", "fine", f"{shipped} that ship, {every - shipped} more of your own")
