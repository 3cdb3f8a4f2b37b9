"""Where routines are found: by name in the library that ships, or by path."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import RoutineError, UsageError
from audioguide.routine.references import nearest

SUFFIXES = (".yaml", ".yml")
SHIPPED = Path(__file__).parent.parent / "routines"


def names() -> list[str]:
    """Return the names of the routines that ship, sorted."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def find(name: str, beside: Path | None = None) -> Path:
    """Return the file of the routine `name`: a path, or a name in the library.

    Paths are taken from the folder `beside`, or the working directory.
    Raises UsageError for a name that is unknown, RoutineError for a path that leads nowhere.
    """
    path = (beside or Path()) / Path(name).expanduser()
    if _is_path(name) or path.is_file():
        if path.is_dir():
            raise RoutineError(f"{name} is a folder, not a routine file")
        if not path.is_file():
            raise RoutineError(f"there is no file {name}")
        return path
    shipped = SHIPPED / f"{name}.yaml"
    if name in names():
        return shipped
    if path.is_dir():
        raise RoutineError(f"{name} is a folder, not a routine file")
    raise UsageError(
        f"no routine is called '{name}'{nearest(name, names())}; `audioguide list` shows all, "
        "and a file of your own is named with its ending, such as my-stretch.yaml"
    )


def _is_path(name: str) -> bool:
    return Path(name).suffix.lower() in (*SUFFIXES, ".json") or "/" in name or "\\" in name
