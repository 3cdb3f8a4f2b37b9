"""Writing files so that a final name never holds half of one."""

from __future__ import annotations

import glob
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from audioguide.errors import OutputError

OLD_SECONDS = 24 * 3600.0


@contextmanager
def published(path: Path, *, durable: bool = True) -> Iterator[IO[bytes]]:
    """Open a temporary file beside `path`; on success sync it and rename it to `path`.

    On any failure the temporary file is removed and `path` is as it was.
    Raises OutputError where the folder cannot be written or the disk is full.
    """
    # Told now: of several files that appear together, none may come before the refusal. And by `os.path`:
    # `Path` raises in a folder that may not be entered.
    if os.path.isdir(path):
        raise OutputError(f"cannot write {path}: a folder is in its place")
    made = [folder for folder in path.parents if not os.path.exists(folder)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        _remove_empty(made)
        raise OutputError(f"cannot write {path}: {_blocker(path) or error.strerror or error}") from error
    _remove_old_parts(path)
    temporary = Path(name)
    written = False
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            written = True
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        # Of several files that are open at once, any may be the one that could not be written.
        where = path if written else f"into {path.parent}"
        raise OutputError(f"cannot write {where}: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)
        _remove_empty(made)


def publish(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write `data` to `path`, whole or not at all. Raises OutputError."""
    with published(path, durable=durable) as file:
        file.write(data)


def _blocker(path: Path) -> str | None:
    files = (each for each in path.parents if os.path.exists(each) and not os.path.isdir(each))
    return next((f"{each} is a file, not a folder" for each in files), None)


def _remove_empty(folders: list[Path]) -> None:
    # A failed write leaves no folders behind that were made for it; one that holds something stays.
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _remove_old_parts(path: Path) -> None:
    # What a process that was killed has left beside the same file; a young one may still be written to.
    long_ago = time.time() - OLD_SECONDS
    for part in path.parent.glob(f".{glob.escape(path.name[:40])}.*.part"):
        with suppress(OSError):
            if part.stat().st_mtime < long_ago:
                part.unlink()


def _umask() -> int:
    # The mask can only be read by setting it; mkstemp makes files that only the owner may read.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
