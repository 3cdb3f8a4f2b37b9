"""What is in a folder of entries: found, counted, and removed when it is too much.

An entry is a file named by 64 hexadecimal digits, in a folder (its shelf) named by the first two of
them. Nothing with another name is ever touched. Many processes may do this at once: what has vanished
meanwhile is not an error.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audioguide.untrusted.files import open_regular, without_waiting

FRESH_SECONDS = 3600.0  # a file that young may still be written to; a use is noted as often

# What backup programs look for (bford.info/cachedir): they leave such a folder out.
TAG = "CACHEDIR.TAG"
TAG_TEXT = b"Signature: 8a477f597d28d172789f06886806bc55\n# The cache of audioguide; it may be deleted.\n"
# A byte for each 64 KiB written since the last pruning. Appending is atomic, so all processes count
# together, and none has to look through the folder to know when it may have grown too large.
COUNTER = "written.count"
COUNTED_BYTES = 64 * 1024
SLACK = 16  # pruning leaves a sixteenth of the limit free, and is due when that has been written

_SHELF = re.compile(r"[0-9a-f]{2}")
_LOCK = re.compile(r"(?:[0-9a-f]{2}|model-\w+)\.lock")
_ENTRY = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(r"\.?[0-9a-f]{40,64}\..*\.part")


@dataclass(frozen=True, slots=True)
class Usage:
    """So many files of so many bytes together."""

    files: int
    size: int


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    size: int
    used: float


def amount(folder: Path) -> Usage:
    """Count the entries in `folder`."""
    return _sum(_files(folder, _ENTRY))


def is_due(folder: Path, limit: int, written: int) -> bool:
    """Note that `written` bytes have been added, and return whether it is time to prune. Raises OSError."""
    units = -(-written // COUNTED_BYTES)
    with open(folder / COUNTER, "ab", buffering=0, opener=without_waiting) as counter:
        counter.write(b"." * units)
        counted = counter.tell()
    if counted == units and not (folder / TAG).exists():
        (folder / TAG).write_bytes(TAG_TEXT)
    return counted * COUNTED_BYTES > limit // SLACK


def prune(folder: Path, limit: int) -> Usage:
    """Remove what was used longest ago until `limit` bytes hold the rest; return what was removed.

    Leftovers of processes that were killed go too, once they are an hour old.
    """
    with suppress(OSError):
        os.truncate(folder / COUNTER, 0)
    long_ago = time.time() - FRESH_SECONDS
    gone = [found for found in _files(folder, _UNFINISHED) if found.used < long_ago and _removed(found)]
    entries = sorted(_files(folder, _ENTRY), key=lambda found: found.used)
    excess = sum(found.size for found in entries) - (limit - limit // SLACK)
    for found in entries:
        if excess <= 0:
            break
        if _removed(found):
            gone.append(found)
            excess -= found.size
    return _sum(gone)


def clear(folder: Path) -> Usage:
    """Remove every entry and all else that was written next to them; return what was removed."""
    ours = [*_files(folder, _ENTRY), *_files(folder, _UNFINISHED)]
    gone = _sum(found for found in ours if _removed(found))
    for name in (COUNTER, *_locks(folder)):
        with suppress(OSError):
            os.unlink(folder / name)
    with suppress(OSError):
        with open_regular(folder / TAG) as tag:
            ours_too = tag.read(len(TAG_TEXT) + 1) == TAG_TEXT
        if ours_too:
            os.unlink(folder / TAG)
    for shelf in _shelves(folder):
        with suppress(OSError):  # it holds something of somebody else
            os.rmdir(shelf)
    return gone


def _files(folder: Path, name: re.Pattern[str]) -> Iterator[_Found]:
    for shelf in _shelves(folder):
        for file in _listed(shelf):
            # What stands on a shelf that is not its own was put there by somebody else.
            if not name.fullmatch(file.name) or not file.name.lstrip(".").startswith(shelf.name):
                continue
            with suppress(OSError):  # gone meanwhile
                if file.is_file(follow_symlinks=False):
                    found = file.stat(follow_symlinks=False)
                    yield _Found(file.path, found.st_size, found.st_mtime)


def _shelves(folder: Path) -> list[os.DirEntry[str]]:
    return [
        entry
        for entry in _listed(folder)
        if _SHELF.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
    ]


def _locks(folder: Path) -> list[str]:
    return [entry.name for entry in _listed(folder) if _LOCK.fullmatch(entry.name)]


def _listed(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _removed(found: _Found) -> bool:
    try:
        os.unlink(found.path)
    except OSError:
        return False
    return True


def _sum(files: Iterable[_Found]) -> Usage:
    sizes = [found.size for found in files]
    return Usage(len(sizes), sum(sizes))
