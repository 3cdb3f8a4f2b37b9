"""The manifest: one line of JSON for each sound file, written as soon as it is complete."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audioguide.batch.made import Failed, Made, MadeFile
from audioguide.batch.orders import Order
from audioguide.batch.place import is_there
from audioguide.errors import OutputError
from audioguide.storage.atomic import opened_atomically

NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """A finished sound: part `part` of the `of` sounds of its row, with its `files`, the sound first."""

    part: int
    of: int
    title: str
    length_s: float
    files: tuple[MadeFile, ...]

    @property
    def sound(self) -> MadeFile:
        """Return the file with the sound."""
        return self.files[0]


@dataclass(slots=True)
class EarlierRuns:
    """What earlier runs made: the sounds of each row by its hash, and the hashes of rows that failed."""

    files: dict[str, dict[int, ManifestLine]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def has(self, order: Order, folder: Path | None, sizes: Mapping[str, int] | None) -> bool:
        """Return whether every file of `order` was made and is still there with the same size."""
        parts = self.files.get(order.hash, {})
        if not parts or len(parts) != next(iter(parts.values())).of:
            return False
        return all(is_there(each, folder, sizes) for line in parts.values() for each in line.files)


class Manifest:
    """The manifest at `path`; a line that was added stays, however the program ends."""

    def __init__(self, path: Path) -> None:
        """Read what is there already. Raises OutputError where it cannot be read or written."""
        self.path = path
        self.known = EarlierRuns()
        self._twice = False  # some line is no longer the last word on its file
        self._paths: set[str] = set()
        try:
            for line in _lines(path):
                self._take(line)
        except OSError as error:
            raise OutputError(f"cannot read {path}: {error.strerror or error}") from error

    def begin(self) -> None:
        """Get ready for more lines. Raises OutputError."""
        try:
            _ended(self.path)
        except OSError as error:
            raise OutputError(f"cannot write {self.path}: {error.strerror or error}") from error

    def add(self, order: Order, made: Made) -> None:
        """Note what was made for `order`, unless the worker has noted it."""
        if made.noted:
            for line in lines_of(order, made):
                self._take(line)
        else:
            self._write(lines_of(order, made))

    def fail(self, order: Order, failed: Failed) -> None:
        """Note that `order` failed."""
        line = {"status": "failed", "row": order.row, "client": order.client, "hash": order.hash}
        self._write([{**line, "reason": failed.reason}])

    def close(self) -> None:
        """Leave it in order: of several lines for one file, only the last stays. Raises OutputError."""
        # A worker that died may have noted what another one made again.
        if self._twice or _count(self.path) != len(self._paths) + len(self.known.failed):
            self._tidied()

    def _write(self, lines: Iterable[Mapping[str, Any]]) -> None:
        listed = list(lines)
        append(self.path, listed)
        for line in listed:
            self._take(line)

    def _take(self, line: Mapping[str, Any]) -> None:
        known, name = self.known, str(line.get("hash", ""))
        if line.get("status") == "failed":
            self._twice = self._twice or name in known.failed
            known.failed.add(name)
            return
        with suppress(KeyError, TypeError):  # not a line of this program
            files = tuple(
                MadeFile(path=each["path"], size=each["size"], sha256=each["sha256"])
                for each in (line, *line["beside"])
            )
            parts = known.files.setdefault(name, {})
            self._twice = self._twice or name in known.failed or self._older(line["path"])
            parts[line["part"]] = ManifestLine(
                line["part"], line["of"], line["title"], line["length_s"], files
            )
            known.failed.discard(name)

    def _older(self, path: str) -> bool:
        older = path in self._paths
        self._paths.add(path)
        return older

    def _tidied(self) -> None:
        last: dict[str, int] = {}
        for number, line in enumerate(_lines(self.path)):
            last[_key(line)] = number
        done = {str(line.get("hash")) for line in _lines(self.path) if line.get("status") != "failed"}
        with opened_atomically(self.path) as file:
            for number, line in enumerate(_lines(self.path)):
                failed = line.get("status") == "failed"
                if last[_key(line)] == number and not (failed and line.get("hash") in done):
                    file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def append(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Add `lines` to the manifest `path`, all with one write: several processes may do so at once.

    Raises OutputError.
    """
    data = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab", buffering=0) as file:
            file.write(data)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def lines_of(order: Order, made: Made) -> Iterator[dict[str, Any]]:
    """Yield the line of each sound that was made for `order`."""
    for part, sound in enumerate(made.sounds, start=1):
        beside = (*sound.beside, *(made.others if part == len(made.sounds) else ()))
        yield {
            "status": "done", "row": order.row, "client": order.client, "hash": order.hash, "part": part,
            "of": len(made.sounds), **sound.file.as_json(), "length_s": sound.length_s, **sound.about,
            "beside": [each.as_json() for each in beside],
        }  # fmt: skip


def _key(line: Mapping[str, Any]) -> str:
    return str(line.get("path") or f"failed {line.get('hash')}")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield each whole line; one that was cut off when a run was killed counts as not written."""
    try:
        with path.open("rb") as file:
            for line in file:
                with suppress(ValueError):
                    value = json.loads(line)
                    if isinstance(value, dict):
                        yield value
    except FileNotFoundError:
        return


def _count(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for _ in file)
    except FileNotFoundError:
        return 0


def _ended(path: Path) -> None:
    """End the last line, where a run was killed while it was written."""
    with suppress(FileNotFoundError), path.open("r+b") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
