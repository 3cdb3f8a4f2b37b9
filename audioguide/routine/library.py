"""Where routines are found: by name in the library that ships, or by path."""

from __future__ import annotations

import os
from pathlib import Path

from audioguide.errors import RoutineError, UsageError
from audioguide.listener.personal import read_defaults
from audioguide.routine.references import nearest
from audioguide.storage.places import expanded

SUFFIXES = (".yaml", ".yml")
SHIPPED = Path(__file__).parent.parent / "routines"
FOLDERS_VARIABLE = "AUDIOGUIDE_ROUTINES"


def names() -> list[str]:
    """Return the names of the routines that ship, sorted."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def own_folders() -> list[Path]:
    """Return the folders of the listener's own routines: from AUDIOGUIDE_ROUTINES, then from the defaults.

    Raises RoutineError where the file of personal defaults is faulty, UsageError for a `~` of nobody.
    """
    chosen = os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep)
    defaults, path = read_defaults()
    folders = [expanded(name, FOLDERS_VARIABLE) for name in chosen if name]
    folders += [path.parent / expanded(name, f"{path}: routines") for name in defaults.routines]
    return folders


def all_routines() -> dict[str, Path]:
    """Map each name to its file, own routines before those that ship, sorted by name.

    Raises UsageError where two own folders have the same name.
    """
    found = {name: SHIPPED / f"{name}.yaml" for name in names()}
    own: dict[str, Path] = {}
    for folder in own_folders():
        for path in sorted(each for suffix in SUFFIXES for each in folder.glob(f"*{suffix}")):
            if path.stem in own and not path.samefile(own[path.stem]):
                raise UsageError(
                    f"two routines of your own are called '{path.stem}': {own[path.stem]} and {path}; "
                    "rename one of them"
                )
            own[path.stem] = path
    return dict(sorted({**found, **own}.items()))


def shadowed(path: Path) -> str:
    """Say that a routine of one's own hides one that ships, or return ""."""
    own = any(path.parent.samefile(folder) for folder in own_folders() if folder.is_dir())
    if not own or path.stem not in names() or path.parent.samefile(SHIPPED):
        return ""
    return f"'{path.stem}' is your own {path}; it hides the routine of that name that ships"


def find(name: str, beside: Path | None = None) -> Path:
    """Return the file of the routine `name`: a path, or a name among one's own and those that ship.

    Paths are taken from the folder `beside`, or the working directory.
    Raises UsageError for a name that is unknown, RoutineError for a path that leads nowhere.
    """
    path = _path(name, beside or Path())
    if _is_path(name) or path.is_file():
        if path.is_dir():
            raise RoutineError(f"{name} is a folder, not a routine file")
        if not path.is_file():
            raise RoutineError(f"there is no file {name}")
        return path
    known = all_routines()
    if name in known:
        return known[name]
    if path.is_dir():
        raise RoutineError(f"{name} is a folder, not a routine file")
    raise UsageError(
        f"no routine is called '{name}'{nearest(name, list(known))}; `audioguide list` shows all, "
        "and a file of your own is named with its ending, such as my-stretch.yaml"
    )


def find_beside(name: str, folder: Path) -> Path:
    """Return the file of a routine that a file in `folder` includes: a name, or a path inside of `folder`.

    A routine comes from anywhere, so it opens nothing but what lies beside it and in the libraries.
    Raises as `find` does, and RoutineError for a path that leads elsewhere.
    """
    shipped = SHIPPED / f"{name}.yaml"
    # What ships fits together: a routine of one's own hides no part of it.
    path = shipped if folder.resolve() == SHIPPED.resolve() and shipped.is_file() else find(name, folder)
    homes = [folder, SHIPPED, *own_folders()]
    if not any(path.resolve().is_relative_to(home.resolve()) for home in homes):
        raise RoutineError(
            f"'{name}' lies elsewhere: a routine includes what lies in its own folder, or by name"
        )
    return path


def _path(name: str, folder: Path) -> Path:
    try:
        path = folder / Path(name).expanduser()
        path.exists()
    except (OSError, ValueError, RuntimeError) as error:  # far too long, a null byte, "~nobody"
        raise UsageError(f"no routine can be found at '{name[:100]}': {error}") from error
    return path


def _is_path(name: str) -> bool:
    return Path(name).suffix.lower() in (*SUFFIXES, ".json") or "/" in name or "\\" in name
