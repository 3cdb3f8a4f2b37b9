"""Versions of what is installed, for fingerprints."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path

from audioguide.speech.process.library import DATA_VARIABLE, LIBRARY_VARIABLE


def version(package: str) -> str:
    """Return the version of an installed `package`, or "none"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def own_library() -> tuple[str, str]:
    """Return what names an espeak-ng of the user's own, with size and time, and its data; else ""."""
    return stamp(os.path.expanduser(os.environ.get(LIBRARY_VARIABLE, ""))), os.environ.get(DATA_VARIABLE, "")


def stamp(path: str) -> str:
    """Return `path` with the size and the time of its file, which change when the file does."""
    try:
        found = Path(path).stat() if path else None
    except OSError:
        found = None
    return f"{path} {found.st_size} {found.st_mtime_ns}" if found else path
