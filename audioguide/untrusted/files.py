"""Opening files that may be anything: a pipe, a device or a socket never blocks the reader."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO

# On Windows a file that is opened without O_BINARY has its line ends changed.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_KINDS = {
    stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}  # fmt: skip


class NotRegular(OSError):  # noqa: N818
    """What was to be opened is not a regular file; `kind` names what it is, such as "a pipe"."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"it is {kind}, not a file")
        self.kind = kind


def without_waiting(path: str, flags: int) -> int:
    """Open `path` as `open` asks for it, but for a pipe: that is opened at once. An opener for `open`.

    Raises OSError: a pipe that is opened to write has no reader.
    """
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0), 0o666)


def open_regular(path: Path) -> IO[bytes]:
    """Open the regular file at `path` to read bytes.

    Opening a pipe waits for a writer, and opening a device may change it, so anything else is rejected
    before it is opened, and checked again afterwards: another program may have replaced it.
    Raises NotRegular for anything else, OSError as `open` does.
    """
    _check(os.stat(path))
    handle = os.open(os.fspath(path), _FLAGS)
    try:
        _check(os.fstat(handle))
        return os.fdopen(handle, "rb")
    except BaseException:
        with suppress(OSError):
            os.close(handle)
        raise


def _check(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotRegular(_KINDS.get(stat.S_IFMT(found.st_mode), "something else"))
