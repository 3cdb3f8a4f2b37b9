"""The places that audioguide reads and writes: cache, disks, the listener's own files."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audioguide.doctor.finding import Diagnosis, State
from audioguide.listener.config import CONFIG_VARIABLE, routines_folder
from audioguide.listener.listener import this_listener
from audioguide.routine.library import SHIPPED
from audioguide.storage import eviction
from audioguide.storage.cache import FOLDER_VARIABLE, LOGGER, Cache, key_of, user_cache
from audioguide.storage.places import NOWHERE, unwritable

LITTLE_BYTES = 500 * 10**6  # an hour of MP3 and what is made on the way take a tenth of that
HARDLY_BYTES = 50 * 10**6
TOKENS_FILE = "serve.json"  # of the links of `serve`


def cache() -> Iterator[Diagnosis]:
    """Return what the cache holds, and put something in and take it out again. Raises UsageError."""
    cache = user_cache()
    if cache.folder == NOWHERE:
        yield Diagnosis(
            "cache", "note", "there is no home folder for a cache, so each render starts from nothing",
            f"set {FOLDER_VARIABLE} to a writable folder",
        )  # fmt: skip
        return
    kept = eviction.amount(cache.folder)
    found = f"{cache.folder}: {kept.files} entries, {kept.size / 1e6:.1f} of {cache.limit / 1e6:.0f} MB"
    if _keeps(cache):
        yield Diagnosis("cache", "fine", found)
    else:
        yield Diagnosis(
            "cache", "note", f"{found}; it cannot be written, so each render starts from nothing",
            "free some space, make the folder writable, or choose another one (AUDIOGUIDE_CACHE_DIR)",
        )  # fmt: skip


def _keeps(cache: Cache) -> bool:
    key, data = key_of("doctor", os.getpid()), os.urandom(4096)
    logger = logging.getLogger(LOGGER)
    before, logger.disabled = logger.disabled, True  # the finding reports it, and once is enough
    try:
        cache.put(key, data)
    finally:
        logger.disabled = before
    kept = cache.get(key) == data
    cache.forget(key)
    return kept


def disks() -> Iterator[Diagnosis]:
    """Return how much room there is where files are written."""
    folders = {"disk: cache": user_cache().folder, "disk: temporary": Path(tempfile.gettempdir())}
    try:
        folders["disk: here"] = Path.cwd()
    except OSError:
        advice = "change to another folder"
        yield Diagnosis("disk: here", "note", "the current folder was removed, or cannot be read", advice)
    for part, folder in folders.items():
        if folder == NOWHERE:
            continue
        there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        free = shutil.disk_usage(there).free
        state: State = "fault" if free < HARDLY_BYTES else "note" if free < LITTLE_BYTES else "fine"
        advice = "" if state == "fine" else "free some space: an hour of MP3 needs 45 MB"
        yield Diagnosis(part, state, f"{free / 1e9:.1f} GB free at {there}", advice)


def own() -> Iterator[Diagnosis]:
    """Read the personal defaults, and find the routines. Raises RoutineError, UsageError."""
    listener = this_listener()
    library, path = listener.library, listener.defaults.path
    reason = unwritable(path.parent)
    found = str(path) if path.is_file() else f"none (it would be {path})" if not reason else "none"
    if reason and not path.with_name(TOKENS_FILE).is_file():
        yield Diagnosis(
            "defaults", "note", f"{found}; {reason}, so the links of `serve` work only until it stops",
            f"set {CONFIG_VARIABLE} to a writable folder",
        )  # fmt: skip
    else:
        yield Diagnosis("defaults", "fine", found)
    for folder in library.own:
        if not folder.is_dir() and folder != routines_folder():
            advice = "create it, or remove it from AUDIOGUIDE_ROUTINES or from `routines:` in config.yaml"
            yield Diagnosis("routines", "note", f"there is no folder {folder}", advice)
    shipped, every = len(library.shipped), len(library.routines())
    if not shipped:
        yield Diagnosis("routines", "fault", f"none at {SHIPPED}", "pip install --force-reinstall audioguide")
        return
    yield Diagnosis("routines", "fine", f"{shipped} included, {every - shipped} of your own")
