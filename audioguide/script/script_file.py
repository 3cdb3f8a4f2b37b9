"""The file of a timed script: how it is called, and how large it may be."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import RoutineError
from audioguide.untrusted.files import NotRegular, open_regular

FORMAT = "audioguide.script/1"
_FAMILY = "audioguide.script/"
SUFFIX = ".script.json"
LARGEST_BYTES = 16 * 1024 * 1024  # twelve hours of fast speech in 20,000 cues take less


def check_format(document: object, path: Path) -> None:
    """Raise RoutineError for a timed script of a format that another version of audioguide wrote."""
    found = document.get("format") if isinstance(document, dict) else None
    if isinstance(found, str) and found.startswith(_FAMILY) and found != FORMAT:
        raise RoutineError(
            f"{path} has the format {found}, but this version of audioguide reads {FORMAT}: "
            "render the routine again with this version, or update audioguide"
        )


def read_bytes(path: Path) -> bytes:
    """Return what the file at `path` holds.

    Raises RoutineError where it cannot be read, is larger than 16 MiB, or is not a file.
    """
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST_BYTES + 1)
    except NotRegular as error:
        raise RoutineError(f"{path} is {error.kind}, not a timed script") from error
    except OSError as error:
        raise RoutineError(f"cannot read {path}: {error.strerror or error}") from error
    if len(data) > LARGEST_BYTES:
        raise RoutineError(f"{path} is larger than {LARGEST_BYTES >> 20} MiB")
    return data
