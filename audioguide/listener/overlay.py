"""An overlay beside its routine: which routine it is for, and what it asks for that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from audioguide.errors import AudioguideError, Fault, RoutineError, UsageError, faulty
from audioguide.listener.files import Overlay, overlay_keys
from audioguide.listener.length import wanted_length
from audioguide.listener.listener import whole_bed
from audioguide.routine.library import Library
from audioguide.routine.load import Routine
from audioguide.routine.parts import NUMBER, fingerprint
from audioguide.routine.settings import choose, dose_of
from audioguide.routine.skipping import instead_of_number, nothing_to_skip
from audioguide.untrusted.characters import file_stem


def is_overlay(data: Any) -> bool:
    """Return whether the data of a file are those of an overlay, faulty or not, and of no routine."""
    if not isinstance(data, Mapping) or {"title", "steps"} & set(data):
        return False
    return "routine" in data or (bool(data) and set(data) <= overlay_keys())


def routine_of(overlay: Overlay) -> str | None:
    """Return the routine that `overlay` is for, its name or path, or None."""
    if overlay.routine is None:
        return None
    beside = overlay.path.parent / overlay.routine
    return str(beside) if beside.is_file() else overlay.routine


def check_overlay(
    overlay: Overlay, routine: Routine, library: Library, *, beyond_bounds: bool = False
) -> None:
    """See to it that `overlay` fits to `routine`.

    Raises UsageError where it is for another one, RoutineError with every fault, each in its place.
    """
    named = routine_of(overlay)
    here = routine.path
    if named is not None and not (here.exists() and library.find(named).samefile(here)):
        raise UsageError(
            f"{overlay.source.where(('routine',))}: this overlay is for '{overlay.routine}', not for "
            f"'{routine.name}': remove its `routine` to use it with any routine"
        )
    faults = [
        *_settings(overlay, routine, beyond_bounds=beyond_bounds),
        *_others(overlay, routine),
        *_values(overlay, routine, beyond_bounds=beyond_bounds),
    ]
    if faults:
        raise faulty(str(overlay.path), faults)


def _settings(overlay: Overlay, routine: Routine, *, beyond_bounds: bool) -> Iterator[Fault]:
    settings, source = routine.document.settings, overlay.source
    for name, value in overlay.options.settings.items():
        try:
            choose(settings, {name: value}, beyond_bounds=beyond_bounds)
        except RoutineError as error:
            if name in settings:
                yield source.fault(("settings", name), str(error))
            else:
                yield source.fault_at_key(source.data["settings"], name, str(error))


def _others(overlay: Overlay, routine: Routine) -> Iterator[Fault]:
    skip = overlay.options.skip
    wrong = nothing_to_skip(routine, skip) | _numbers(overlay, routine)
    for index, name in enumerate(skip):
        if name in wrong:
            yield overlay.source.fault(("skip", index), wrong[name])
    if overlay.made_for is not None and not any(map(NUMBER.fullmatch, skip)):
        why = "'made_for' has no effect: it is for step numbers in `skip`, and there are none"
        yield overlay.source.fault_at_key(overlay.source.data, "made_for", why, "remove the line")
    try:
        dose_of(routine.document, overlay.options.dose)
    except RoutineError as error:
        yield overlay.source.fault(("dose",), str(error))


def _values(overlay: Overlay, routine: Routine, *, beyond_bounds: bool) -> Iterator[Fault]:
    """Yield the fault of a bed that cannot be found, and of a length that cannot be asked for."""
    options = replace(overlay.options, beyond_bounds=beyond_bounds)
    try:
        whole_bed(options, overlay.path.parent)
    except AudioguideError as error:
        yield replace(overlay.source.fault(("bed",), error.message), hint=error.hint)
    try:
        wanted_length(routine, options)
    except AudioguideError as error:
        yield replace(overlay.source.fault(("fit",), error.message), hint=error.hint)


def _numbers(overlay: Overlay, routine: Routine) -> dict[str, str]:
    """Map each step number that `overlay` skips to what is wrong with it, unless it is for this very text."""
    numbers = [name for name in overlay.options.skip if NUMBER.fullmatch(name)]
    if not numbers or overlay.made_for == (now := fingerprint(routine)):
        return {}
    if overlay.made_for is None:
        why = "is a step number, which means another step as soon as the routine changes"
        keep = f", or `made_for: {now}` next to `skip`, to use it for the current text"
    else:
        why = f"was written for another text of '{routine.name}' ({overlay.made_for}; it is {now} now)"
        keep = ""
    return {number: f"{number} {why}: {instead_of_number(number, routine)}{keep}" for number in numbers}


def named_after(routine: str, path: Path) -> str:
    """Return the name of the files that an overlay makes: "knee-to-chest-anna" for anna.yaml."""
    stem = file_stem(path.stem)
    return stem if stem.startswith(f"{routine}-") else f"{routine}-{stem}"
