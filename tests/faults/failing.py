"""Calls of the system that fail on request: opening, writing, syncing, renaming and so on."""

from __future__ import annotations

import _io  # tempfile opens through it
import builtins
import errno
import io
import os
import subprocess
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

KINDS = ("open", "read", "write", "fsync", "replace", "unlink", "mkdir", "start")
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.ENOMEM)


class Failing:
    """Lets the `number`-th call of one kind fail with `code`, once or from then on; counts all calls."""

    def __init__(self, kind: str = "", number: int = 0, code: int = 0, *, for_ever: bool = False) -> None:
        self.kind, self.number, self.code, self.for_ever = kind, number, code, for_ever
        self.calls: Counter[str] = Counter()
        self.failed = 0
        self._lock = threading.Lock()  # islands are kept by several threads

    def meet(self, kind: str) -> None:
        """Count a call, and raise OSError where its turn has come."""
        with self._lock:
            self.calls[kind] += 1
            count = self.calls[kind]
            if kind != self.kind or count < self.number or (count > self.number and not self.for_ever):
                return
            self.failed += 1
        raise OSError(self.code, os.strerror(self.code))

    def into(self, patch: pytest.MonkeyPatch) -> None:
        """Put itself in front of the calls of the system, for as long as `patch` lasts."""
        for kind, name in (
            ("fsync", "fsync"),
            ("replace", "replace"),
            ("unlink", "unlink"),
            ("mkdir", "mkdir"),
        ):
            patch.setattr(os, name, self._before(kind, getattr(os, name)))
        patch.setattr(os, "open", self._before("open", os.open))
        patch.setattr(subprocess, "Popen", self._before("start", subprocess.Popen))
        opened = self._opening()
        for module in (builtins, io, _io):
            patch.setattr(module, "open", opened)

    def _before(self, kind: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            self.meet(kind)
            return call(*arguments, **named)

        return called

    def _opening(self) -> Callable[..., Any]:
        failing = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                failing.meet("write")
                return super().write(data)

            def readinto(self, buffer: Any) -> int:
                failing.meet("read")
                return super().readinto(buffer) or 0

            def readall(self) -> bytes:
                failing.meet("read")
                return super().readall()

        def opened(  # noqa: PLR0917 - as `open` takes them
            file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None,
            errors: str | None = None, newline: str | None = None, closefd: bool = True, opener: Any = None,
        ) -> Any:  # fmt: skip
            if isinstance(file, str) and not file.startswith(os.sep):
                file = os.path.abspath(file)
            if not isinstance(file, int):  # a number was opened already
                failing.meet("open")
            raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
            try:
                if not buffering:
                    return raw
                kind = (
                    io.BufferedRandom
                    if "+" in mode
                    else io.BufferedReader
                    if "r" in mode
                    else io.BufferedWriter
                )
                buffered = kind(raw)
                return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)
            except BaseException:
                raw.close()
                raise

        return opened


def sample(counts: Counter[str], most: int, chance: Any) -> list[tuple[str, int, int, bool]]:
    """Return what may fail: each kind, number, code and how long; `most` of them at random."""
    every = [
        (kind, number, code, for_ever)
        for kind in KINDS
        for number in range(1, counts[kind] + 1)
        for code in CODES
        for for_ever in (False, True)
    ]
    return every if most >= len(every) else chance.sample(every, most)
