"""Writing files so that a final name never holds half of one."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from audioguide.errors import OutputError, UsageError

OLD_SECONDS = 24 * 3600.0
COPIED_BYTES = 1024 * 1024
_PART = re.compile(r"\..+\.[a-z0-9_]{8}\.part", re.DOTALL)  # as `tempfile` names them
ALONE_SECONDS = 5.0  # renaming takes a few milliseconds; a process that was stopped may hold a lock forever


@contextmanager
def opened_atomically(path: Path, *, durable: bool = True) -> Iterator[IO[bytes]]:
    """Open a temporary file beside `path`; on success sync it and rename it to `path`.

    On any failure the temporary file is removed and `path` is as it was.
    Raises OutputError where the folder cannot be written or the disk is full.
    """
    with opened_together([path], durable=durable) as [file]:
        yield file


@contextmanager
def opened_together(
    paths: Sequence[Path], *, durable: bool = True, follow_links: bool = True
) -> Iterator[list[IO[bytes]]]:
    """Open a temporary file beside each of `paths`, of one folder, as `opened_atomically` does.

    All are renamed, or none. A link stays, and the file that it leads to is replaced, as `>` does in a shell;
    without `follow_links` the link itself is replaced.
    Of two processes that write the same names at once, all files are those of the later one.
    Raises OutputError as `opened_atomically` does.
    """
    try:
        with ExitStack() as undo:  # closing writes, too, and may fail as late as that
            parts = [
                _begun(_real(path) if follow_links else _free(path), undo, durable=durable) for path in paths
            ]
            yield [file for file, _, _ in parts]
            for file, _, _ in parts:
                _end(file, durable=durable)
            with _alone_in(paths[0].parent):
                for _, temporary, path in reversed(parts):
                    _appear(temporary, path, durable=durable)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        # Of several files that are open at once, any may be the one that could not be written.
        raise OutputError(f"cannot write into {paths[0].parent}: {error.strerror or error}") from error


@contextmanager
def written_when_whole(to: IO[bytes]) -> Iterator[IO[bytes]]:
    """Open a temporary file; on success write all of it to the open file `to`, which need not seek.

    On any failure nothing is written there. Raises OutputError where `to` or a temporary file cannot be
    written, UsageError where `to` is closed or open for text.
    """
    try:
        _check_is_for_bytes(to)
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            while piece := file.read(COPIED_BYTES):
                _write_all(to, piece)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"cannot write to {_name_of(to)}: {error.strerror or error}") from error


def _check_is_for_bytes(to: IO[bytes]) -> None:
    try:
        to.write(b"")  # fails now where it would fail at the end
    except (TypeError, ValueError) as error:  # open for text, or closed
        if isinstance(error, OSError):  # open for reading
            raise
        raise UsageError(f"{_name_of(to)} does not accept bytes: open the file with mode 'wb'") from error


def _write_all(to: IO[bytes], data: bytes) -> None:
    left = memoryview(data)
    while left:  # a file without a buffer takes a part at a time
        taken = to.write(left)
        left = left[len(left) if taken is None else taken :]


def _name_of(file: IO[bytes]) -> str:
    return str(getattr(file, "name", "the open file"))


def _begun(path: Path, undo: ExitStack, *, durable: bool) -> tuple[IO[bytes], Path, Path]:
    undo.callback(_remove_empty, [folder for folder in path.parents if not os.path.exists(folder)])
    try:
        make_folder(path.parent, durable=durable)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {_blocker(path) or error.strerror or error}") from error
    undo.callback(Path(name).unlink, missing_ok=True)
    file = undo.enter_context(os.fdopen(handle, "w+b"))
    _remove_old_parts(path)
    return file, Path(name), path


def make_folder(folder: Path, *, durable: bool = True) -> None:
    """Make `folder` and those above it; where one is new, its name is put onto the disk. Raises OSError.

    A file that is synced in a folder whose name is not is lost with it when the power goes.
    """
    new = [each for each in (folder, *folder.parents) if not os.path.exists(each)]
    folder.mkdir(parents=True, exist_ok=True)
    for each in reversed(new) if durable else ():
        with suppress(PermissionError):  # a folder that may be written but not read cannot be synced
            sync_folder(each.parent)


def _real(path: Path) -> Path:
    """Return what `path` leads to, through links; raise OutputError where no file can be put there.

    That is said now: of several files that appear together, none may come before the refusal.
    """
    try:  # by `os.path`: `Path` raises in a folder that may not be entered
        target = Path(os.path.realpath(path)) if os.path.islink(path) else path
        if os.path.islink(target):
            raise OutputError(f"cannot write {path}: its links form a loop")
    except ValueError as error:  # a name that cannot be, with a NUL in it
        raise OutputError(f"cannot write {path}: {error}") from error
    return _free(target, path)


def _free(target: Path, named: Path | None = None) -> Path:
    """Return `target`; raise OutputError, with the path as it was `named`, where no file can be put there."""
    link = os.path.islink(target)
    if os.path.isdir(target) and not link:
        raise OutputError(f"cannot write {named or target}: a folder is in its place")
    if os.path.exists(target) and not os.path.isfile(target) and not link:
        raise OutputError(f"cannot write {named or target}: a device or a pipe is in its place")
    return target


def _end(file: IO[bytes], *, durable: bool) -> None:
    file.flush()
    if durable:
        os.fsync(file.fileno())
    file.close()


def _appear(temporary: Path, path: Path, *, durable: bool) -> None:
    try:
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time rename files in `folder`; where that cannot be had, all go on."""
    if os.name == "nt":  # it cannot lock a folder
        yield
        return
    import fcntl

    with ExitStack() as locked:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            locked.callback(os.close, handle)  # that ends the lock, too
            ends = time.monotonic() + ALONE_SECONDS
            while not _locked(handle, fcntl.LOCK_EX | fcntl.LOCK_NB) and time.monotonic() < ends:
                time.sleep(0.01)
        yield


def _locked(handle: int, how: int) -> bool:
    import fcntl

    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    return True


def write_atomically(path: Path, data: bytes, *, durable: bool = True, follow_links: bool = True) -> None:
    """Write `data` to `path`, whole or not at all; links as in `opened_together`. Raises OutputError."""
    with opened_together([path], durable=durable, follow_links=follow_links) as [file]:
        file.write(data)


def _blocker(path: Path) -> str | None:
    for each in path.parents:
        if os.path.lexists(each) and not os.path.isdir(each):
            if not os.path.exists(each):
                return f"{each} is a link that leads nowhere, not a folder"
            return f"{each} is a {'file' if os.path.isfile(each) else 'device or a pipe'}, not a folder"
    return None


def _remove_empty(folders: list[Path]) -> None:
    # A failed write leaves no folders behind that were made for it; one that holds something stays.
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _remove_old_parts(path: Path) -> None:
    # What a process that was killed has left beside the same file; a young one may still be written to.
    long_ago = time.time() - OLD_SECONDS
    begin = f".{path.name[:40]}."
    with suppress(OSError), os.scandir(path.parent) as beside:
        for part in beside:
            if part.name.startswith(begin) and part.name.endswith(".part"):
                with suppress(OSError):
                    if part.stat().st_mtime < long_ago:
                        os.unlink(part.path)


def remove_parts(folder: Path) -> None:
    """Remove the temporary files in `folder` of writers that were killed; nobody may be writing there now."""
    for part in folder.glob(".*.part"):
        if _PART.fullmatch(part.name):
            with suppress(OSError):
                part.unlink()


def _umask() -> int:
    # The mask can only be read by setting it; mkstemp makes files that only the owner may read.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` onto the disk: a rename is only then there after a power cut."""
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
