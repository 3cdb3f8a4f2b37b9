"""A folder of small files, each named by a hash of what made it and checked when it is read."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from audioguide.errors import OutputError
from audioguide.publish import publish

DIGEST_BYTES = 32


def cache_folder() -> Path:
    """Return the user's cache folder; the variable AUDIOGUIDE_CACHE_DIR overrides it."""
    chosen = os.environ.get("AUDIOGUIDE_CACHE_DIR")
    if chosen:
        return Path(chosen)
    import platformdirs  # here, so that commands without a cache do not pay for it

    return Path(platformdirs.user_cache_dir("audioguide", appauthor=False))


def key_of(*parts: object) -> str:
    """Return the hash that names what was made from `parts`."""
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode()
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """Entries of bytes under `folder`; a damaged entry counts as missing."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None where it is missing or damaged."""
        try:
            entry = self._path(key).read_bytes()
        except OSError:
            return None
        digest, data = entry[:DIGEST_BYTES], entry[DIGEST_BYTES:]
        return data if hashlib.sha256(data).digest() == digest else None

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`. A cache that cannot be written is no reason to fail."""
        try:
            publish(self._path(key), hashlib.sha256(data).digest() + data, durable=False)
        except OutputError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key
