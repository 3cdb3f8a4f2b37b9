"""The user's own routines: written in the page, saved in the user's folder, never over one that ships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import AudioguideError, Fault, OutputError, UsageError, faulty
from audioguide.lint.table import warnings_of
from audioguide.routine.language.starter import NAMES, is_name
from audioguide.routine.library import SHIPPED, Library
from audioguide.routine.limits import LARGEST_FILE
from audioguide.routine.load import Routine, load_text
from audioguide.routine.source import parse_source
from audioguide.storage.atomic import write_atomically
from audioguide.untrusted.files import open_regular
from audioguide.web.addresses import can_be_linked

LARGEST = 128 * 1024
LEAVES = "on this page, a path has to lead to a file in your own folder"


@dataclass(frozen=True, slots=True)
class Own:
    """A routine of the user's, by name."""

    name: str
    path: Path


def own_folder(library: Library) -> Path | None:
    """Return the folder that new routines go to: the first of the user's own, None where there is none."""
    return next(iter(library.own), None)


def own_routines(library: Library) -> list[Own]:
    """Return the user's routines that can be edited here, sorted by name."""
    return [
        Own(name, path)
        for name, path in library.routines().items()
        if path.parent != SHIPPED and _is_ours(path) and can_be_linked(name)
    ]


def text_of(library: Library, name: str) -> str:
    """Return the text of the user's routine `name`. Raises UsageError for one that is not there."""
    try:
        with open_regular(_found(library, name)) as file:
            return file.read(LARGEST_FILE).decode("utf-8", errors="replace").replace("\r\n", "\n")
    except OSError as error:
        raise UsageError("that file cannot be read") from error


def checked(library: Library, name: str, text: str) -> dict[str, Any]:
    """Return what is wrong with `text`, line by line, as JSON data. Nothing is kept."""
    name = _fit(library, name)
    path = path_of(library, name)
    if len(text.encode("utf-8", "replace")) > LARGEST:
        return _answer([{"line": 1, "column": 1, "said": f"it is larger than {LARGEST // 1024} KiB"}])
    return _findings_of(library, text.replace("\r\n", "\n"), path)


def save(library: Library, name: str, text: str) -> dict[str, Any]:
    """Save `text` as the user's routine `name` if it has no fault, and return what `checked` does.

    Raises UsageError for a name that cannot be or that ships, OutputError where it cannot be written.
    """
    name = _fit(library, name)
    folder = own_folder(library)
    if folder is None:
        raise UsageError(
            "there is no folder for your own routines yet: *Your own routines* says how to set one"
        )
    if name in library.shipped:
        raise UsageError(f"an included routine is called '{name}': choose another name")
    result = checked(library, name, text)
    if not result["faults"]:
        path = path_of(library, name)
        # A link may lead anywhere: what is saved here is in the folder itself.
        write_atomically(path, text.replace("\r\n", "\n").encode(), follow_links=False)
    return result


def remove(library: Library, name: str) -> None:
    """Remove the user's routine `name`.

    Raises UsageError for one that is not there, OutputError for one that cannot be removed.
    """
    path = _found(library, name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot remove {path}: {error.strerror or error}") from error


def _fit(library: Library, name: str) -> str:
    if not is_name(name) and name not in [own.name for own in own_routines(library)]:
        raise UsageError(f"a name has {NAMES}")
    return name


def _found(library: Library, name: str) -> Path:
    found = next((own.path for own in own_routines(library) if own.name == name), None)
    if found is None:
        raise UsageError("you have no routine with this name")
    return found


def _is_ours(path: Path) -> bool:
    # A link may lead anywhere; what is edited here is in the folder itself.
    return path.is_file() and not path.is_symlink()


def _findings_of(library: Library, text: str, path: Path) -> dict[str, Any]:
    try:
        routine = read_own(library, text, path)
        script = compile(routine)
        estimated(script)
        warnings = warnings_of(routine, script)
    except AudioguideError as error:
        faults = [_fault(fault, path) for fault in getattr(error, "faults", ())]
        return _answer(faults or [{"line": 1, "column": 1, "said": without_path(error.message, path)}])
    return _answer([], [_fault(finding.fault, path) for finding in warnings])


def read_own(library: Library, text: str, path: Path) -> Routine:
    """Return `text` as a routine in the file `path`, which must stay in that folder. Raises RoutineError."""
    source = parse_source(text, str(path))
    if leaving := [source.fault(keys, LEAVES) for keys in _leaving(source.data, ())]:
        raise faulty(path.name, leaving)
    return load_text(text, path, library)


def path_of(library: Library, name: str) -> Path:
    """Return the file of the user's routine `name`, or the one it would have. Raises UsageError."""
    name = _fit(library, name)
    existing = {own.name: own.path for own in own_routines(library)}.get(name)
    return existing or (own_folder(library) or Path()) / f"{name}.yaml"


def without_path(text: str, path: Path) -> str:
    """Return what is said of a file with its name alone."""
    return text.replace(f"{path}", path.name).replace(f"{path.parent}", ".")


def _leaving(node: Any, keys: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    """Yield where a text reads like a path out of the folder: the page opens no file elsewhere."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaving(value, (*keys, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaving(value, (*keys, index))
    elif isinstance(node, str):
        text = node.strip()
        parts = text.replace("\\", "/").split("/")
        if len(parts) > 1 and (text[0] in "/~\\" or ".." in parts or PureWindowsPath(text).drive):
            yield keys


def _answer(faults: list[dict[str, Any]], warnings: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"faults": faults, "warnings": warnings or []}


def _fault(fault: Fault, path: Path) -> dict[str, Any]:
    said = fault.found + (f" ({fault.allowed})" if fault.allowed else "")
    here = Path(fault.file) == path
    line, column = (fault.line, fault.column) if here else (1, 1)
    return {
        "line": line,
        "column": column,
        "said": without_path(said if here else f"{fault.file}: {said}", path),
    }
