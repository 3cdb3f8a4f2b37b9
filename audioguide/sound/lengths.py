"""How long a sound is, without reading more of it than needed. Light: `check` and `show` need it."""

from __future__ import annotations

import wave
from functools import lru_cache
from pathlib import Path

from audioguide.errors import OutputError
from audioguide.script.shipped import is_shipped
from audioguide.units import SAMPLE_RATE, ticks_for


def sound_ticks(path: Path) -> int:
    """Return how many ticks the clip of the sound at `path` has, exactly as `segments.load` makes it.

    Raises RoutineError or OutputError where it cannot be loaded.
    """
    try:
        changed = path.stat()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
    return _ticks(path.absolute(), changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=256)
def _ticks(path: Path, _changed: int, _size: int) -> int:
    if is_shipped(path):
        return _header_ticks(path)
    # Only the samples show how much silence is trimmed off a user's sound. Imported here: the
    # decoders are needed by those routines alone that bring sounds of their own.
    from audioguide.sound.own_sound import load

    return load(path).ticks


def _header_ticks(path: Path) -> int:
    try:
        with wave.open(str(path), "rb") as file:
            frames, rate = file.getnframes(), file.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        raise OutputError(f"cannot read {path}: {error}") from error
    if rate != SAMPLE_RATE:
        raise OutputError(f"cannot use {path}: a sound of audioguide must have {SAMPLE_RATE} Hz, not {rate}")
    return ticks_for(frames)
