"""Bells and music of the user's own: kept in `sounds` beside their routines, once they can be decoded."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from audioguide.errors import AudioguideError, UsageError
from audioguide.routine.library import Library
from audioguide.script.sounds import SUFFIXES, cannot_be_read
from audioguide.sound.beds.opening import open_bed
from audioguide.sound.lengths import sound_ticks
from audioguide.storage.atomic import write_atomically
from audioguide.web.own_routines import own_folder

FOLDER = "sounds"
MOST = 200  # files
LARGEST = 32 * 2**20  # bytes; twenty minutes of music as MP3


def own_sounds(library: Library) -> dict[str, Path]:
    """Return the user's sounds that can be heard on the page, by the names of their files."""
    folder = own_folder(library)
    if folder is None or not (folder / FOLDER).is_dir():
        return {}
    found = sorted((folder / FOLDER).iterdir())
    return {
        path.name: path
        for path in found
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink()
    }


def keep(library: Library, name: str, data: bytes) -> str:
    """Keep a sound, and return how a routine names it: sounds/bell.m4a. The same file is kept once.

    Raises UsageError where it cannot be a sound or has no place, RoutineError or OutputError where it
    cannot be decoded: neither as a bell of a minute at most, nor as music.
    """
    folder = own_folder(library)
    if folder is None:
        raise UsageError("there is no folder for your own sounds: *Your own routines* says how to set one")
    stem, suffix = _safe(name)
    known = own_sounds(library)
    for number in range(1, MOST + 1):
        free = f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
        if free not in known:
            break
        if known[free].read_bytes() == data:
            return f"{FOLDER}/{free}"
    if len(known) >= MOST:
        raise UsageError(f"there are already {MOST} sounds: remove one from {folder / FOLDER}")
    _decoded(f"{stem}{suffix}", data)
    write_atomically(folder / FOLDER / free, data, follow_links=False)
    return f"{FOLDER}/{free}"


def _safe(name: str) -> tuple[str, str]:
    """Return stem and suffix of a file name without anything that a path or a text could stumble over."""
    path = PurePath(name.replace("\\", "/"))
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"'{path.name[:80]}' {cannot_be_read(Path(path.name)).partition(' (save')[0]}")
    plain = unicodedata.normalize("NFKD", path.stem.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-") or "sound", suffix


def _decoded(name: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            sound_ticks(path)
        except AudioguideError as error:
            try:
                open_bed(str(path))
            except AudioguideError:
                raise type(error)(error.message.replace(f"{path}", name)) from error
