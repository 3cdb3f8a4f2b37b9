"""The file of a timed script: how it is called, and how large it may be."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import RoutineError

FORMAT = "audioguide.script/1"
SUFFIX = ".script.json"
LARGEST_BYTES = 16 * 1024 * 1024  # twelve hours of fast speech in 20,000 cues take less


def read_bytes(path: Path) -> bytes:
    """Return what the file at `path` holds.

    Raises RoutineError where it cannot be read, is larger than 16 MiB, or is no file.
    """
    if path.is_dir():
        raise RoutineError(f"{path} is a folder, not a timed script")
    if path.exists() and not path.is_file():  # whoever opens a pipe may wait for ever
        raise RoutineError(f"{path} is a device, not a timed script")
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise RoutineError(f"{path} is larger than {LARGEST_BYTES >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise RoutineError(f"cannot read {path}: {error.strerror or error}") from error
