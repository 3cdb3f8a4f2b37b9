"""A child process that answers one JSON line with one JSON line, within a time limit."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import rmtree
from typing import IO, Any

from audioguide.errors import EngineError

Lines = queue.SimpleQueue[bytes | None]
_WAIT_SECONDS = 1.0


class ChildLost(EngineError):  # noqa: N818
    """The child died, hung or gave no sense; a fresh one may do better."""


class Child:
    """One running child with a temporary folder of its own; both end with `end()`, or with this object."""

    def __init__(self, command: Sequence[str], prefix: str) -> None:
        """Start `command` plus the folder's path. Raises ChildLost."""
        self._heard = 0
        self._lines: Lines = queue.SimpleQueue()
        with ExitStack() as undo:  # for a start that fails half way
            try:
                self.folder = Path(tempfile.mkdtemp(prefix=prefix))
                undo.callback(rmtree, self.folder, ignore_errors=True)
                self._log = undo.enter_context(tempfile.TemporaryFile())
                self._process = _start([*command, str(self.folder)], self._log)
            except OSError as error:
                raise ChildLost(f"the voice process cannot start: {error}") from error
            undo.pop_all()
        reader = threading.Thread(target=_read, args=(self._process.stdout, self._lines), daemon=True)
        reader.start()
        self.end = weakref.finalize(self, _end, self._process, reader, self._log, self.folder)
        self.greeting: dict[str, Any] = {}

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    def greet(self, limit: float) -> dict[str, Any]:
        """Return its first answer, which may take `limit` seconds. Raises ChildLost as `ask` does."""
        self.greeting = self._answer(limit)
        return self.greeting

    def ask(self, job: dict[str, Any], limit: float) -> dict[str, Any]:
        """Return the answer to `job`, which may take `limit` seconds.

        Raises ChildLost; this child has then ended and is of no more use.
        """
        if not self.end.alive or self._process.stdin is None:
            raise ChildLost("the voice process has stopped")
        self._heard = os.fstat(self._log.fileno()).st_size
        with suppress(OSError):  # if it died, the missing answer shows how
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.flush()
        return self._answer(limit)

    def _answer(self, limit: float) -> dict[str, Any]:
        try:
            line = _waited_for(self._lines, limit)
            if line is None:
                raise ChildLost(self._obituary())
            return _object(line)
        except BaseException as error:  # Ctrl-C too: a late answer would meet the wrong question
            self.end()
            if isinstance(error, queue.Empty):
                raise ChildLost(f"the voice process gave no answer within {limit:g} s") from None
            raise

    def _obituary(self) -> str:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "the voice process closed its answers"
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return "the voice process took too long for one phrase"
        how = f"by signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"with exit code {code}"
        self._log.seek(self._heard)
        last_words = self._log.read().decode(errors="replace").split("\n")
        return ": ".join([f"the voice process ended {how}", *filter(None, last_words[-3:])])


def _waited_for(lines: Lines, limit: float) -> bytes | None:
    """Return the next of `lines`. Raises queue.Empty after `limit` seconds in which this program ran."""
    # In short waits: when a program and its child were stopped for a while, the child gets its time.
    while limit > _WAIT_SECONDS:
        with suppress(queue.Empty):
            return lines.get(timeout=_WAIT_SECONDS)
        limit -= _WAIT_SECONDS
    return lines.get(timeout=limit)


def _object(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ChildLost(f"the voice process sent an invalid answer: {line.decode(errors='replace')!r}")
    return answer


def _start(command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own command)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,  # its own process group: Ctrl-C reaches the parent alone
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _read(source: IO[bytes], lines: Lines) -> None:
    # A thread, since a pipe cannot be read with a time limit on every system.
    with source:
        for line in source:
            lines.put(line)
    lines.put(None)


def _end(process: subprocess.Popen[bytes], reader: threading.Thread, log: IO[bytes], folder: Path) -> None:
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    if reader is not threading.current_thread():  # an object may be collected in any thread
        reader.join()
    if process.stdin is not None:
        with suppress(OSError):  # bytes that nobody will read any more
            process.stdin.close()
    log.close()
    rmtree(folder, ignore_errors=True)
