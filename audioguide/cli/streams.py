"""Standard output and error: what cannot be printed is lost, and the work goes on.

No control character of a title, a file name or an error reaches the terminal; styles are put around a text
after it was made harmless.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from audioguide.untrusted.characters import escaped

CLOSED: set[str] = set()  # of the standard streams, those that the caller closed
BOLD, DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
DISK = 5


class EscapedStream:
    """A text stream that escapes control characters and never raises; `failure` is its first error."""

    def __init__(self, stream: Any, *, escapes: bool = True) -> None:
        """Print to `stream`; without `escapes`, as it is: only for what draws on a terminal itself."""
        self.stream = stream
        self.escapes = escapes
        self.failure: OSError | None = None

    def write(self, text: str) -> int:
        """Write `text` without its control characters."""
        self._write(escaped(text) if self.escapes else text)
        return len(text)

    def styled(self, text: str, style: str) -> None:
        """Write a line in `style`, where that can be seen."""
        shown = escaped(text)
        plain = not self.isatty() or bool(os.environ.get("NO_COLOR"))
        self._write(f"{shown}\n" if plain else f"{style}{shown}{_RESET}\n")
        self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        self._attempt(self.stream.flush)

    def isatty(self) -> bool:
        """Return whether a person reads it."""
        return bool(self.stream.isatty())

    def write_bytes(self, data: Any) -> int:
        """Write bytes as they are."""
        self._attempt(lambda: self.stream.buffer.write(data))
        return len(data)

    def __getattr__(self, name: str) -> Any:
        """Be like the stream, but for its bytes: those would pass by."""
        if name in ("buffer", "stream"):
            raise AttributeError(name)
        return getattr(self.stream, name)

    def _write(self, text: str) -> None:
        self._attempt(lambda: self.stream.write(text))

    def _attempt(self, call: Any) -> None:
        if self.failure is not None:
            return
        try:
            call()
        except (OSError, ValueError) as error:  # a stream that is closed is a ValueError
            self.failure = error if isinstance(error, OSError) else OSError(errno.EBADF, str(error))
            with suppress(OSError, ValueError):  # what is still waiting would fail again at exit
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())


class OutputBytes(io.RawIOBase):
    """Standard output for bytes, that never raises."""

    def writable(self) -> bool:
        """Say that bytes can be written."""
        return True

    def write(self, data: Any) -> int:
        """Write `data`."""
        return (
            sys.stdout if isinstance(sys.stdout, EscapedStream) else EscapedStream(sys.stdout)
        ).write_bytes(data)


@contextmanager
def shown() -> Iterator[None]:
    """Put both streams through `EscapedStream` for as long as a command runs.

    A reader that went away ends nothing and changes no exit code; output that could not be written for
    another reason makes a success exit code 5.
    """
    _open_closed()
    before = sys.stdout, sys.stderr
    out, err = EscapedStream(sys.stdout), EscapedStream(sys.stderr)
    sys.stdout, sys.stderr = out, err
    try:
        yield
    except SystemExit as ended:
        if ended.code:
            raise
    finally:
        out.flush()
        if lost := _lost(out):
            err.write(f"audioguide: cannot write to standard output: {lost}\n")
        err.flush()
        sys.stdout, sys.stderr = before
    sys.exit(DISK if lost else 0)


def unheard() -> bool:
    """Return whether nobody reads standard output any more."""
    return getattr(sys.stdout, "failure", None) is not None


def print_styled(text: str, style: str) -> None:
    """Print a line in `style`."""
    (sys.stdout if isinstance(sys.stdout, EscapedStream) else EscapedStream(sys.stdout)).styled(text, style)


def terminal(stream: Any) -> Any:
    """Return `stream` for what draws on a terminal by itself: a bar, a code of squares."""
    return EscapedStream(stream.stream if isinstance(stream, EscapedStream) else stream, escapes=False)


def _lost(out: EscapedStream) -> str:
    if out.failure is None or out.failure.errno == errno.EPIPE:
        return ""
    return out.failure.strerror or str(out.failure)


def _open_closed() -> None:
    """Let a stream that the caller closed (`>&-`) lead nowhere.

    Otherwise the next file that is opened would get its number, and what a child process prints.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            CLOSED.add(name)
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a sign that a terminal does not know is not a reason to fail
            stream.reconfigure(errors="replace")
        with suppress(OSError, ValueError, AttributeError):  # a pipe of another program may not wait
            if not os.get_blocking(number := stream.fileno()):
                os.set_blocking(number, True)
