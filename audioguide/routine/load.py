"""Reading a routine file: YAML text in, a checked Routine out, or all its faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audioguide.errors import AudioguideError, Fault, RoutineError, faulty
from audioguide.routine import library
from audioguide.routine.document import Document
from audioguide.routine.references import check_references, nearest
from audioguide.routine.source import Source, parse_source, read_source
from audioguide.routine.validation import validate
from audioguide.sound.catalog import find as find_sound

WHAT = "a routine is a mapping with at least `title` and `steps`"


@dataclass(frozen=True, slots=True)
class Routine:
    """A checked routine with the routines that it includes, by the names that it calls them."""

    name: str
    path: Path
    document: Document
    source: Source
    includes: Mapping[str, Routine] = field(default_factory=dict)


def load(path: Path) -> Routine:
    """Read the routine at `path` and all that it includes.

    Raises RoutineError with every fault of every file.
    """
    return _load(path, ())


def load_text(text: str, path: Path) -> Routine:
    """Check `text` as if it stood in the file `path`, as `load` does."""
    return _load(path, (), text)


def _load(path: Path, above: tuple[Path, ...], text: str | None = None) -> Routine:
    source = read_source(path) if text is None else parse_source(text, str(path))
    document, faults = validate(source, Document, WHAT)
    faults += check_references(source, lambda sound: find_sound(sound, path.parent))
    includes: dict[str, Routine] = {}
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        faults += _include(source, place, step, (*above, path.resolve()), includes)
    if faults or document is None:
        raise faulty(str(path), faults)
    return Routine(path.name.removesuffix(path.suffix), path, document, source, includes)


def _include_steps(
    steps: object, path: tuple[object, ...]
) -> Iterator[tuple[tuple[object, ...], Mapping[str, Any]]]:
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, Mapping):
            if isinstance(step.get("include"), str):
                yield (*path, index), step
            yield from _include_steps(step.get("steps"), (*path, index, "steps"))


def _include(
    source: Source,
    place: tuple[object, ...],
    step: Mapping[str, Any],
    above: tuple[Path, ...],
    includes: dict[str, Routine],
) -> list[Fault]:
    name = step["include"]
    try:
        if name not in includes:
            includes[name] = _load_included(name, above)
    except RoutineError as error:
        return list(error.faults) or [source.fault((*place, "include"), str(error))]
    except AudioguideError as error:
        return [source.fault((*place, "include"), str(error))]
    known = includes[name].document.settings
    settings = step.get("settings")
    return [
        source.fault_at_key(
            settings, key, f"'{name}' has no setting '{key}'{nearest(key, list(known))}",
            "its settings: " + (", ".join(known) or "none"),
        )
        for key in (settings if isinstance(settings, Mapping) else ()) if key not in known
    ]  # fmt: skip


def _load_included(name: str, above: tuple[Path, ...]) -> Routine:
    path = library.find(name, above[-1].parent)
    if path.resolve() in above:
        chain = " includes ".join(each.name for each in (*above[above.index(path.resolve()) :], path))
        raise RoutineError(f"a routine that includes itself never ends: {chain}")
    return _load(path, above)
