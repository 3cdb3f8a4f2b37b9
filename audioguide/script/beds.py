"""From the name of a bed, or the path of the user's own, to the bed. Light: names are found without numpy."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from audioguide.errors import RoutineError
from audioguide.script.choices import BEDS
from audioguide.script.names import is_path
from audioguide.script.sounds import SUFFIXES, cannot_be_read, kind_of, path_of


def find_bed(bed: str, base: Path) -> str:
    """Return the name of a bed that is made here, or the whole path of a user's own file.

    A path is relative to the folder `base` or absolute; `~` is the home folder.
    Raises RoutineError for a name that does not exist and a path that leads to no sound file.
    """
    if bed in BEDS:
        return bed
    path = path_of(bed, base).absolute()
    kind = kind_of(path)
    if bed.strip() and kind == "folder":
        raise RoutineError(f"'{bed}' is a folder, but a bed has to be a file ({', '.join(SUFFIXES)})")
    if not is_path(bed):
        found = f"no bed is called '{bed}'{_nearest(bed)}; beds: {', '.join(BEDS)}"
        raise RoutineError(f"{found} (for your own file, write its path, such as my/music.mp3)")
    if path.suffix.lower() not in SUFFIXES:
        raise RoutineError(f"the bed '{bed}' {cannot_be_read(path)}")
    if kind == "device":
        raise RoutineError(
            f"'{bed}' is a pipe or a device, but a bed has to be a file ({', '.join(SUFFIXES)})"
        )
    if kind != "file":
        raise RoutineError(f"there is no file '{bed}' for a bed in {base.absolute()}{_nearest(path.stem)}")
    return str(_tidy(path))


def _tidy(path: Path) -> Path:
    """Return `path` without `..`, so that one file has one name, but for links that lead elsewhere.

    It goes into the timed script, and files over one bed are the same to the byte.
    """
    plain = Path(os.path.normpath(path))
    return plain if plain.exists() and plain.samefile(path) else path


def _nearest(bed: str) -> str:
    close = get_close_matches(bed.lower(), BEDS, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
