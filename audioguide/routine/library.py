"""Where routines are found: by path, or by name in the listener's own folders and among those that ship."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from audioguide.errors import RoutineError, UsageError
from audioguide.script.names import is_path
from audioguide.script.script_file import SUFFIX
from audioguide.untrusted.files import NotRegular, open_regular

SUFFIXES = (".yaml", ".yml", ".json")
SHIPPED = Path(__file__).parent.parent / "routines"


@dataclass(frozen=True, slots=True)
class Library:
    """Folders of routines: the listener's `own`, in order, before those that ship."""

    own: tuple[Path, ...] = ()

    @property
    def shipped(self) -> tuple[str, ...]:
        """Return the names of the routines that ship, sorted."""
        return tuple(_shipped())

    def routines(self) -> dict[str, Path]:
        """Map each name to its file, own routines before those that ship, sorted by name.

        Raises UsageError where two own folders have the same name.
        """
        own: dict[str, Path] = {}
        for folder in self.own:
            for path in sorted(each for suffix in SUFFIXES for each in folder.glob(f"*{suffix}")):
                if path.suffix == ".json" and not is_routine_file(path):
                    continue
                if path.stem in own and not path.samefile(own[path.stem]):
                    raise UsageError(
                        f"two of your own routines are called '{path.stem}': {own[path.stem]} and {path}; "
                        "rename one of them"
                    )
                own[path.stem] = path
        return dict(sorted({**_shipped(), **own}.items()))

    def shadowed(self, path: Path) -> str:
        """Say that the user's own routine hides an included one, or return ""."""
        own = any(path.parent.samefile(folder) for folder in self.own if folder.is_dir())
        if not own or path.stem not in self.shipped or path.parent.samefile(SHIPPED):
            return ""
        return f"'{path.stem}' is your own {path}; it hides the included routine with that name"

    def find(self, name: str, beside: Path | None = None) -> Path:
        """Return the file of the routine `name`: a path, or a name among one's own and those that ship.

        What is a path, `is_path` says; a file without a suffix is one too. It starts at the folder
        `beside`, or at the working directory. Raises UsageError for an unknown name,
        RoutineError for a path that leads nowhere.
        """
        path = _path(name, beside or Path())
        if (is_path(name) and name not in self.routines()) or path.is_file():
            if path.is_dir():
                raise RoutineError(f"{name} is a folder, not a file")
            if not path.is_file():
                raise RoutineError(_not_there(name, path))
            return path
        known = self.routines()
        dashed = as_name(name)
        if found := known.get(name) or known.get(dashed):
            return found
        if path.is_dir():
            raise RoutineError(f"{name} is a folder, not a file")
        from audioguide.routine.walk import nearest  # here: the list of names alone needs no YAML

        files = _files_in(beside or Path())
        near = nearest(dashed, [*known, *files])
        for stem in files.keys() - known.keys():
            near = near.replace(f"'{stem}'", f"'{files[stem]}'")
        raise UsageError(
            f"no routine is called '{name}'{near}",
            hint=(
                "`audioguide list` shows all; for your own file, include the "
                "extension, such as my-stretch.yaml"
            ),
        )

    def find_beside(self, name: str, folder: Path) -> Path:
        """Return the file of a routine that a file in `folder` includes: a name, or a path inside `folder`.

        A routine comes from anywhere, so it opens nothing but what is next to it and in the libraries.
        Raises as `find` does, and RoutineError for a path that leads elsewhere.
        """
        shipped = SHIPPED / f"{name}.yaml"
        # What ships fits together: the user's own routine hides no part of it.
        inside = folder.resolve() == SHIPPED.resolve() and shipped.is_file()
        path = shipped if inside else self.find(name, folder)
        homes = [folder, SHIPPED, *self.own]
        if not any(path.resolve().is_relative_to(home.resolve()) for home in homes):
            raise RoutineError(
                f"'{name}' is in another folder: include a routine by its name, or one from the same folder"
            )
        return path


def as_name(text: str) -> str:
    """Return a title as the name of a routine: "Knee to chest" is knee-to-chest."""
    return "-".join(text.lower().split())


SHIPPED_LIBRARY = Library()


def _shipped() -> Mapping[str, Path]:
    """Map the names of the routines that ship to their files, sorted."""
    try:
        return _yaml_in(SHIPPED, SHIPPED.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=4)  # a server looks a name up for each request, and a folder of 200 files takes 2 ms
def _yaml_in(folder: Path, _changed: int) -> Mapping[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem)}


def is_routine_file(path: Path) -> bool:
    """Return whether the JSON file at `path` holds a routine: a mapping with `steps`, and no timed script."""
    if path.name.lower().endswith(SUFFIX):
        return False
    from audioguide.routine.limits import LARGEST_FILE

    try:
        with open_regular(path) as file:
            data = json.loads(file.read(LARGEST_FILE + 1))
    except (NotRegular, OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "steps" in data and "cues" not in data


def _files_in(folder: Path) -> dict[str, str]:
    """Return the names of the routine files in `folder`, by their stems; none where it cannot be read."""
    try:
        return {path.stem: path.name for path in folder.iterdir() if path.suffix in (".yaml", ".yml")}
    except OSError:
        return {}


def _not_there(name: str, path: Path) -> str:
    if path.exists():  # such as /dev/stdin, and what bash makes of <(...)
        return f"{name} is a pipe or a device, not a file: to read a routine from a pipe, name it -"
    return f"there is no file {name}"


def _path(name: str, folder: Path) -> Path:
    try:
        path = folder / Path(name).expanduser()
        path.exists()
    except (OSError, ValueError, RuntimeError) as error:  # far too long, a null byte, "~nobody"
        raise UsageError(f"no routine can be found at '{name[:100]}': {error}") from error
    return path
