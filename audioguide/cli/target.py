"""`-o`: a folder, one file, or `-` for standard output."""

from __future__ import annotations

import mimetypes
import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from audioguide.cli.streams import CLOSED, OutputBytes
from audioguide.errors import OutputError, UsageError
from audioguide.storage.places import expanded

STANDARD_OUTPUT = "-"
LONGEST_NAME = 240  # bytes: file systems allow 255, and a file has another ending while it is written
# Suffixes of files that Python's own table lacks; the table of the system differs from machine to machine.
_MORE = (".flac", ".m4b", ".oga", ".ogg", ".opus", ".wma", ".yaml", ".yml", ".lrc", ".srt", ".vtt", ".mka")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a command writes: into `folder`; one `file` in it; or, with `standard_output`, nowhere on disk.

    `suffix` is that of the file, in small letters and with all its dots: ".script.json".
    """

    text: str
    folder: Path
    file: str = ""
    suffix: str = ""
    standard_output: bool = False

    @property
    def stem(self) -> str:
        """Return the name of the file without its suffix; "" for a folder."""
        return self.file[: -len(self.suffix)] if self.file else ""

    @property
    def single(self) -> bool:
        """Return whether there is room for one result only."""
        return bool(self.file) or self.standard_output

    def check_count(self, names: Sequence[object]) -> None:
        """Raise UsageError where more than one result would go to one file."""
        if self.single and len(names) > 1:
            where = "standard output" if self.standard_output else self.text
            raise UsageError(f"{len(names)} results do not fit in {where}: name a folder, such as -o out")

    @property
    def out(self) -> Path | IO[bytes]:
        """Return the folder, or standard output for bytes."""
        return OutputBytes() if self.standard_output else self.folder  # type: ignore[return-value]


def _check_length(path: Path) -> None:
    if long := next((part for part in path.parts if len(os.fsencode(part)) > LONGEST_NAME), ""):
        raise UsageError(f"-o: the name {long[:20]}… is too long: {LONGEST_NAME} bytes is the limit")


def target_of(text: str, suffixes: Collection[str] = (), *, pipe: bool = False, what: str = "") -> Target:
    """Read the value of `-o`: a path that ends with one of `suffixes` is a file, unless it is a folder.

    A path that ends with a slash is a folder. `pipe` allows standard output. `what` says what is written, for
    errors. Raises UsageError for an empty text, for a file of a kind that is not written here, and for
    standard output where that makes no sense; OutputError where standard output is closed.
    """
    if not text.strip():
        raise UsageError("-o is empty: name a folder, such as -o out")
    if text == STANDARD_OUTPUT:
        if not pipe:
            raise UsageError(f"-o -: {what or 'this'} cannot go to standard output; name a folder (-o ./-)")
        if "stdout" in CLOSED:
            raise OutputError("-o -: standard output is closed")
        if sys.stdout.isatty():
            raise UsageError("-o -: standard output is a terminal; add `> FILE` or `| PROGRAM`")
        return Target(text, Path(), standard_output=True)
    path = expanded(text, "-o")
    _check_length(path)
    if text.endswith(("/", os.sep)) or path.is_dir():
        return Target(text, path)
    name = path.name.lower()
    fitting = [suffix for suffix in suffixes if name.endswith(suffix)]
    if suffix := max(fitting, key=len, default=""):
        if name == suffix:
            raise UsageError(f"-o {text}: write a name before {suffix}, such as mine{suffix}")
        return Target(text, path.parent, path.name, suffix)
    if _looks_like_file(path):
        known = ", ".join(sorted(suffixes))
        found = (
            f"{what or 'this'} cannot be written as {path.suffix}; use {known}"
            if suffixes
            else f"{what or 'this'} can only be written to a folder, and that looks like a file"
        )
        raise UsageError(f"-o {text}: {found}; for a folder of that name, end it with a slash: -o {text}/")
    return Target(text, path)


def _looks_like_file(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in _MORE or suffix in mimetypes.MimeTypes(filenames=()).types_map[True]
