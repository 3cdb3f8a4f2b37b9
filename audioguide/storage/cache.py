"""A folder of small files, each named by a hash of what made it and checked when it is read.

Many processes may share it: an entry appears whole or not at all, and one that vanishes is missing,
never an error.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from audioguide.errors import UsageError
from audioguide.storage import eviction
from audioguide.storage.places import NOWHERE, user_folder
from audioguide.untrusted.files import without_waiting

DIGEST_BYTES = 32
LIMIT = 10**9
LOCK_SECONDS = 180.0  # a phrase that fails twice takes less, on a busy machine, too
LIMIT_VARIABLE = "AUDIOGUIDE_CACHE_LIMIT"
FOLDER_VARIABLE = "AUDIOGUIDE_CACHE_DIR"
LOGGER = "audioguide.storage.cache"
Value = TypeVar("Value")
_REPORTED: set[Path] = set()
_TELLING = threading.Lock()
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([KMGT]?)(I?)B?")


def user_cache() -> Cache:
    """Return the user's cache. Raises UsageError as `cache_limit` does."""
    return Cache(cache_folder(), cache_limit())


def cache_folder() -> Path:
    """Return the user's cache folder; AUDIOGUIDE_CACHE_DIR overrides it. Raises UsageError."""
    return user_folder(FOLDER_VARIABLE, "cache")


def cache_limit() -> int:
    """Return how many bytes the user's cache may hold: AUDIOGUIDE_CACHE_LIMIT, or 1 GB.

    Raises UsageError where the variable holds no size.
    """
    chosen = os.environ.get(LIMIT_VARIABLE)
    try:
        return parse_size(chosen) if chosen else LIMIT
    except UsageError as error:
        raise UsageError(f"{LIMIT_VARIABLE}: {error}") from error


def parse_size(text: str) -> int:
    """Read a number of bytes: `500MB`, `1.5 GB`, `2GiB`, `1000000`. Raises UsageError."""
    if not (match := _SIZE.fullmatch(text.strip().upper())):
        raise UsageError(f"'{text}' is not a size such as 500MB or 2GB")
    number, unit, binary = match.groups()
    return int(float(number) * (1024 if binary else 1000) ** " KMGT".index(unit or " "))


def key_of(*parts: object) -> str:
    """Return the hash that names what was made from `parts`."""
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")  # a file may have any name
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries under `folder`, about `limit` bytes at most; a damaged entry counts as missing.

    What was used longest ago goes first when the limit is reached.
    """

    folder: Path
    limit: int = LIMIT

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None where it is missing or damaged."""
        path = self._path(key)
        try:
            with open(path, "rb", buffering=0, opener=without_waiting) as file:
                found = os.fstat(file.fileno())
                if not stat.S_ISREG(found.st_mode):  # somebody else put it there
                    return None
                entry = file.read()
        except OSError:
            return None
        digest, data = entry[:DIGEST_BYTES], entry[DIGEST_BYTES:]
        if _digest(key, data) != digest:
            return None
        if time.time() - found.st_mtime > eviction.FRESH_SECONDS:
            with suppress(OSError):  # it may belong to somebody else, or be gone by now
                os.utime(path)
        return data

    def get_as(self, key: str, read: Callable[[bytes], Value | None]) -> Value | None:
        """Return what `read` makes of what was put under `key`; None where it is missing or unfit."""
        data = self.get(key)
        return None if data is None else read(data)

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`. A cache that cannot be written is not a reason to fail."""
        path = self._path(key)
        part = f"{path}.{os.getpid()}-{threading.get_ident()}.part"
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            _write(part, _digest(key, data) + data)
            os.replace(part, path)
            if eviction.is_due(self.folder, self.limit, len(data)):
                eviction.prune(self.folder, self.limit)
        except OSError as error:
            with suppress(OSError):
                os.unlink(part)
            if not isinstance(error, FileNotFoundError):  # somebody clears it at this moment
                _report_once(self.folder, error)

    def forget(self, key: str) -> None:
        """Remove what is under `key`, if anything does."""
        with suppress(OSError):
            os.unlink(self._path(key))

    @contextmanager
    def alone(self, key: str, patient: Callable[[], bool] = lambda: True) -> Iterator[None]:
        """Let one process at a time make what belongs under `key`; the others wait, and find it made.

        Where the folder cannot hold locks, one is held for longer than three minutes, or `patient` says
        no, all go on.
        """
        from filelock import FileLock, Timeout  # here: only what is made again pays for it

        lock = FileLock(os.path.join(self.folder, f"{key[:2]}.lock"))
        ends = time.monotonic() + LOCK_SECONDS
        try:
            with suppress(OSError, NotImplementedError):
                os.makedirs(self.folder, exist_ok=True)
                while not lock.is_locked and patient() and time.monotonic() < ends:
                    with suppress(Timeout):
                        lock.acquire(timeout=0.05, poll_interval=0.01)
            yield
        finally:
            lock.release()

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, key[:2], key)


def _report_once(folder: Path, error: OSError) -> None:
    # Some render goes on for minutes without its cache, and does so again tomorrow: worth a line, not more.
    import logging  # here: most commands never come to this

    with _TELLING:
        if folder in _REPORTED:
            return
        _REPORTED.add(folder)
    if folder == NOWHERE:
        said = (
            f"there is no home folder for the cache: continuing without one "
            f"(set {FOLDER_VARIABLE} to a folder)"
        )
    else:
        said = f"the cache in {folder} cannot be written ({error.strerror or error}): continuing without it"
    logging.getLogger(LOGGER).warning("%s", said)


def _digest(key: str, data: bytes) -> bytes:
    # The name belongs to it: a whole entry under another name is damage like any other.
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return digest.digest()


def _write(path: str, data: bytes) -> None:
    with open(path, "wb", buffering=0, opener=without_waiting) as file:
        left = memoryview(data)
        while left:  # a disk that fills up takes a part at first; only the next write says why
            left = left[file.write(left) :]
