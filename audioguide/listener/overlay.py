"""An overlay beside its routine: which routine it is for, and what it asks for that is not there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audioguide.controls import file_stem
from audioguide.errors import Fault, RoutineError, UsageError, faulty
from audioguide.listener.personal import Overlay, read_overlay
from audioguide.routine.library import find
from audioguide.routine.load import Routine
from audioguide.routine.settings import choose, dose_of
from audioguide.routine.skipping import nothing_to_skip
from audioguide.routine.source import read_source


def is_overlay(data: Any) -> bool:
    """Tell whether the data of a file are those of an overlay, faulty or not, and of no routine."""
    if not isinstance(data, Mapping) or {"title", "steps"} & set(data):
        return False
    return "routine" in data or (bool(data) and set(data) <= set(Overlay.model_fields))


def routine_of(path: Path) -> str | None:
    """Return the routine that the overlay at `path` is for, its name or path, or None."""
    routine = read_overlay(path).routine
    if routine is None:
        return None
    beside = path.parent / routine
    return str(beside) if beside.is_file() else routine


def check_overlay(path: Path, routine: Routine, *, beyond_bounds: bool = False) -> None:
    """See to it that the overlay at `path` fits to `routine`.

    Raises UsageError where it is for another one, RoutineError with every fault, each in its place.
    """
    overlay, source = read_overlay(path), read_source(path)
    named = routine_of(path)
    here = routine.path
    if named is not None and not (here.exists() and find(named).samefile(here)):
        raise UsageError(
            f"{source.where(('routine',))}: this overlay is for '{overlay.routine}', not for "
            f"'{routine.name}': leave its `routine` out to use it with any"
        )
    faults: list[Fault] = []
    for name, amount in overlay.settings.items():
        try:
            choose(routine.document.settings, {name: str(amount)}, beyond_bounds=beyond_bounds)
        except RoutineError as error:
            place = ("settings", name) if name in routine.document.settings else None
            values = source.data["settings"]
            faults.append(
                source.fault(place, str(error)) if place else source.fault_at_key(values, name, str(error))
            )
    wrong = nothing_to_skip(routine, overlay.skip)
    faults += [
        source.fault(("skip", index), wrong[name]) for index, name in enumerate(overlay.skip) if name in wrong
    ]
    try:
        dose_of(routine.document, overlay.dose)
    except RoutineError as error:
        faults.append(source.fault(("dose",), str(error)))
    if faults:
        raise faulty(str(path), faults)


def named_after(routine: str, path: Path) -> str:
    """Return the name of the files that an overlay makes: "knee-to-chest-anna" for anna.yaml."""
    stem = file_stem(path.stem)
    return stem if stem.startswith(f"{routine}-") else f"{routine}-{stem}"
