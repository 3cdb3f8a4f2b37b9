"""A file that can be made from its start to its end only, read while it is being made."""

from __future__ import annotations

import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

PIECE = 256 * 1024  # bytes that are read at once
OPEN_END = sys.maxsize  # the size of a file that ends where its pieces do


@dataclass(slots=True, kw_only=True, eq=False, weakref_slot=True)
class GrowingFile:
    """A temporary file that grows to `size` as `pieces` are needed; gone with the last who holds it.

    `etag` names the content in advance. Threads may share it: one of them makes the next piece, while the
    others read what is there. With the size OPEN_END, it ends with its last piece.
    """

    size: int
    etag: str
    pieces: Iterator[bytes]
    _file: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    _turn: threading.Condition = field(default_factory=threading.Condition)
    _written: int = 0
    _making: bool = False
    _failed: BaseException | None = None

    def __post_init__(self) -> None:
        weakref.finalize(self, self._file.close)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, in pieces, as soon as they are made.

        Raises what the pieces raise, or OSError for a full disk, and again whenever what is missing is
        asked for.
        """
        stop = min(stop, self.size)
        while start < stop:
            with self._turn:
                self._reach(start + 1)
                if self._written <= start:  # it ends before
                    return
                self._file.seek(start)
                piece = self._file.read(min(PIECE, stop - start, self._written - start))
            yield piece
            start += len(piece)

    def finish(self) -> None:
        """Make all that is missing. Raises as `read` does."""
        with self._turn:
            self._reach(self.size)

    def _reach(self, place: int) -> None:
        while self._written < min(place, self.size):
            if self._failed:
                raise self._failed
            if self._making:
                self._turn.wait()
            else:
                self._make()

    def _make(self) -> None:
        """Add a piece; the lock is let go while it is made."""
        self._making = True
        try:
            self._turn.release()
            try:
                piece = next(self.pieces, None)
            finally:
                self._turn.acquire()
            if piece is None:
                self._end()
                return
            self._file.seek(self._written)
            self._file.write(piece)
            self._file.flush()  # a full disk is reported here, before anybody counts on the piece
            self._written += len(piece)
        except BaseException as error:  # noqa: BLE001 - everybody who waits for it gets it
            self._failed = error
        finally:
            self._making = False
            self._turn.notify_all()

    def _end(self) -> None:
        if self.size != OPEN_END:
            raise ValueError(f"the pieces end after {self._written} bytes of {self.size}")
        self.size = self._written
