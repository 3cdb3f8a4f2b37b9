"""Records what a program does to the files below a folder, and plays back what a power cut may leave of it.

The model is that of POSIX, the weakest there is: data of a file is on the disk after a sync of that file, a
name after a sync of its folder. What was not synced is there, not there, or there in half; a rename is never
in half. Names reach the disk in the order in which they were made.
"""

from __future__ import annotations

import _io
import builtins
import io
import os
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

Data = Literal["lost", "half", "whole"]
DATA: tuple[Data, ...] = ("lost", "half", "whole")
Names = dict[str, int]


@dataclass
class Step:
    """One thing that was done: `kind`, the file's number or -1, paths, and what was written where."""

    kind: str
    file: int = -1
    path: str = ""
    to: str = ""
    place: int = 0
    data: bytes = b""


@dataclass
class _File:
    now: bytearray = field(default_factory=bytearray)
    kept: bytes = b""

    def after_cut(self, data: Data) -> bytes:
        """Return what is found of it: what was not synced is lost, there in half, or whole."""
        if data == "whole" or bytes(self.now) == self.kept:
            return bytes(self.now)
        return self.kept if data == "lost" else bytes(self.now[: len(self.now) // 2])


class Recorder:
    """Watches the calls of the system that change files below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.steps: list[Step] = []
        self.before: dict[str, bytes] = {
            str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }
        self._files: dict[int, int] = {}  # the number of each file by that of its inode
        self._numbers = 0
        self._folders: dict[int, str] = {}
        self._lock = threading.RLock()
        self._known: Names = {}
        for name in self.before:
            self._known[name] = self._number(os.stat(name).st_ino)

    def into(self, patch: pytest.MonkeyPatch) -> None:
        """Put itself in front of the calls of the system for as long as `patch` lasts."""
        for name in ("replace", "rename"):
            patch.setattr(os, name, self._renaming(getattr(os, name)))
        for name in ("unlink", "remove", "mkdir", "rmdir"):
            kind = {"unlink": "gone", "remove": "gone", "mkdir": "folder", "rmdir": "no folder"}[name]
            patch.setattr(os, name, self._named(kind, getattr(os, name)))
        patch.setattr(os, "open", self._opening(os.open))
        patch.setattr(os, "fsync", self._syncing(os.fsync))
        opened = self._files_opened()
        for module in (builtins, io, _io):
            patch.setattr(module, "open", opened)

    # --- what a cut leaves

    def cuts(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """Yield each state that a power cut may leave: how it came to be, and all files by path."""
        for count in range(len(self.steps) + 1):
            names, kept, files = self._until(count)
            for which, found in (("synced names", kept), ("all names", names)):
                for data in DATA:
                    left = {name: files[number].after_cut(data) for name, number in found.items()}
                    yield f"after step {count}, {which}, data {data}", left

    def end(self) -> dict[str, bytes]:
        """Return what is there for certain when the program has ended."""
        _, kept, files = self._until(len(self.steps))
        return {name: files[number].after_cut("lost") for name, number in kept.items()}

    def _until(self, count: int) -> tuple[Names, Names, dict[int, _File]]:
        files = {
            number: _File(bytearray(self.before[name]), self.before[name])
            for name, number in self._known.items()
        }
        names, kept = dict(self._known), dict(self._known)
        waiting: list[Step] = []  # changes of names that are not on the disk yet
        for step in self.steps[:count]:
            if step.kind == "made":
                files[step.file] = _File()
            if step.kind == "write":
                now = files[step.file].now
                now.extend(bytes(max(0, step.place - len(now))))
                now[step.place : step.place + len(step.data)] = step.data
            if step.kind == "cut":
                del files[step.file].now[step.place :]
            if step.kind == "sync":
                files[step.file].kept = bytes(files[step.file].now)
            if step.kind in ("made", "renamed", "gone", "folder", "no folder"):
                _change(names, step)
                waiting.append(step)
            if step.kind == "sync folder":
                for each in [each for each in waiting if os.path.dirname(each.to or each.path) == step.path]:
                    _change(kept, each)
                    waiting.remove(each)
        # A file is found only where its folder is: one that was made, and whose name was not synced, is lost.
        lost = [each.path for each in waiting if each.kind == "folder"]
        kept = {name: number for name, number in kept.items() if not any(_in(name, each) for each in lost)}
        return names, kept, files

    # --- what is recorded

    def _add(self, step: Step) -> None:
        with self._lock:
            self.steps.append(step)

    def _watched(self, path: Any) -> str | None:
        if isinstance(path, int):
            return None
        whole = os.path.abspath(os.fsdecode(path))
        return whole if _in(whole, self.root) else None

    def _number(self, inode: int, *, new: bool = False) -> int:
        if new or inode not in self._files:
            self._numbers += 1
            self._files[inode] = self._numbers
        return self._files[inode]

    def _made(self, path: str, inode: int) -> None:
        with self._lock:
            self._add(Step("made", self._number(inode, new=True), path))

    def _opening(self, call: Callable[..., int]) -> Callable[..., int]:
        def opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
            watched = self._watched(path)
            new = watched is not None and not os.path.lexists(watched)
            handle = call(path, flags, *more, **named)
            if watched is not None:
                found = os.fstat(handle)
                if stat.S_ISDIR(found.st_mode):
                    self._folders[handle] = watched
                else:
                    self._folders.pop(handle, None)
                    if new:
                        self._made(watched, found.st_ino)
                    elif flags & os.O_TRUNC:
                        self._add(Step("cut", self._number(found.st_ino)))
            return handle

        return opened

    def _syncing(self, call: Callable[[int], None]) -> Callable[[Any], None]:
        def synced(handle: Any) -> None:
            number = handle if isinstance(handle, int) else handle.fileno()
            found = os.fstat(number)
            call(handle)
            if stat.S_ISDIR(found.st_mode):
                if number in self._folders:
                    self._add(Step("sync folder", path=self._folders[number]))
            elif found.st_ino in self._files:
                self._add(Step("sync", self._number(found.st_ino)))

        return synced

    def _renaming(self, call: Callable[..., None]) -> Callable[..., None]:
        def renamed(one: Any, other: Any, **named: Any) -> None:
            with self._lock:
                call(one, other, **named)
                if (before := self._watched(one)) and (after := self._watched(other)):
                    self._add(Step("renamed", path=before, to=after))

        return renamed

    def _named(self, kind: str, call: Callable[..., None]) -> Callable[..., None]:
        def done(path: Any, *more: Any, **named: Any) -> None:
            call(path, *more, **named)
            if watched := self._watched(path):
                self._add(Step(kind, path=watched))

        return done

    def _files_opened(self) -> Callable[..., Any]:
        recorder = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                place = self.seek(0, os.SEEK_CUR)
                count = super().write(data)
                inode = os.fstat(self.fileno()).st_ino
                if inode in recorder._files:
                    written = bytes(memoryview(data).cast("B")[:count])
                    recorder._add(Step("write", recorder._number(inode), place=place, data=written))
                return count

            def truncate(self, size: int | None = None) -> int:
                size = super().truncate(size)
                inode = os.fstat(self.fileno()).st_ino
                if inode in recorder._files:
                    recorder._add(Step("cut", recorder._number(inode), place=size))
                return size

        def opened(  # noqa: PLR0917 - as `open` takes them
            file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None,
            errors: str | None = None, newline: str | None = None, closefd: bool = True, opener: Any = None,
        ) -> Any:  # fmt: skip
            watched = recorder._watched(file)
            new = watched is not None and "r" not in mode and not os.path.lexists(watched)
            raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
            inode = os.fstat(raw.fileno()).st_ino
            if new and watched is not None:
                recorder._made(watched, inode)
            elif watched is not None and "w" in mode:
                recorder._add(Step("cut", recorder._number(inode)))
            if not buffering:
                return raw
            kind = (
                io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
            )
            buffered = kind(raw)
            return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)

        return opened


def _change(names: Names, step: Step) -> None:
    if step.kind == "made":
        names[step.path] = step.file
    elif step.kind == "renamed" and step.path in names:
        names[step.to] = names.pop(step.path)
    elif step.kind in ("gone", "no folder"):
        names.pop(step.path, None)


def _in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def named(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files by the last parts of their paths, without those that are still being written."""
    return {os.path.basename(path): data for path, data in files.items() if not path.endswith(".part")}
