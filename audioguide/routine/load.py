"""Reading a routine file: YAML text in, a checked Routine out, or all its faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audioguide.errors import AudioguideError, Fault, RoutineError, faulty
from audioguide.routine import library
from audioguide.routine.document import Document
from audioguide.routine.limits import DEEPEST_INCLUDES
from audioguide.routine.references import check_references, nearest
from audioguide.routine.settings import out_of_bounds
from audioguide.routine.source import Source, parse_source, read_source
from audioguide.routine.validation import validate
from audioguide.routine.values import read_amount
from audioguide.sound.catalog import find as find_sound

Keys = tuple[object, ...]

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
    return _load(path, _Chain())


def load_text(text: str, path: Path) -> Routine:
    """Check `text` as if it stood in the file `path`, as `load` does."""
    return _load(path, _Chain(), text)


@dataclass(frozen=True, slots=True)
class _Chain:
    """The files `above` the one that is read, and all that were `loaded` so far."""

    above: tuple[Path, ...] = ()
    loaded: dict[Path, Routine] = field(default_factory=dict)


def _load(path: Path, chain: _Chain, text: str | None = None) -> Routine:
    source = read_source(path) if text is None else parse_source(text, str(path))
    document, faults = validate(source, Document, WHAT)
    faults += check_references(source, lambda sound: find_sound(sound, path.parent))
    includes: dict[str, Routine] = {}
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        faults += _include(
            source, place, step, includes, _Chain((*chain.above, path.resolve()), chain.loaded)
        )
    if faults or document is None:
        raise faulty(str(path), [*faults, *_out_of_bounds(source, includes)])
    return Routine(path.name.removesuffix(path.suffix), path, document, source, includes)


def _include_steps(steps: object, path: Keys) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, Mapping):
            if isinstance(step.get("include"), str):
                yield (*path, index), step
            yield from _include_steps(step.get("steps"), (*path, index, "steps"))


def _include(
    source: Source,
    place: Keys,
    step: Mapping[str, Any],
    includes: dict[str, Routine],
    chain: _Chain,
) -> list[Fault]:
    name = step["include"]
    try:
        if name not in includes:
            includes[name] = _load_included(name, chain)
    except RoutineError as error:
        return list(error.faults) or [source.fault((*place, "include"), str(error))]
    except AudioguideError as error:
        return [source.fault((*place, "include"), str(error))]
    known = includes[name].document.settings
    return [
        source.fault_at_key(
            settings, key, f"'{name}' has no setting '{key}'{nearest(key, list(known))}",
            "its settings: " + (", ".join(known) or "none"),
        )
        for _, settings, key in _given(place, step) if key not in known
    ]  # fmt: skip


def _given(place: Keys, step: Mapping[str, Any]) -> Iterator[tuple[Keys, Any, str]]:
    settings = step.get("settings")
    for key in settings if isinstance(settings, Mapping) else ():
        yield (*place, "settings", key), settings, key


def _out_of_bounds(source: Source, includes: Mapping[str, Routine]) -> Iterator[Fault]:
    """Yield what `compile` would refuse of the settings of includes.

    It decides, since a listener may go beyond bounds; but a file that has other faults shows these, too.
    """
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        name = step["include"]
        for path, settings, key in _given(place, step) if name in includes else ():
            setting = includes[name].document.settings.get(key)
            try:
                amount = read_amount(settings[key])
            except ValueError:
                continue  # a setting of this routine, or a fault that is told by itself
            if setting is None:
                continue
            if amount.kind != setting.default.kind:
                yield source.fault(path, f"{key}: {amount} is no {setting.default.kind}")
            elif excess := out_of_bounds(setting, amount):
                yield source.fault(path, f"{key}: {excess} (bounds of '{name}')")


def _load_included(name: str, chain: _Chain) -> Routine:
    above, loaded = chain.above, chain.loaded
    path = library.find_beside(name, above[-1].parent)
    place = path.resolve()
    if place in above:
        names = " includes ".join(each.name for each in (*above[above.index(place) :], path))
        raise RoutineError(f"a routine that includes itself never ends: {names}")
    if len(above) >= DEEPEST_INCLUDES:
        raise RoutineError(f"routines include one another more than {DEEPEST_INCLUDES} deep")
    if place not in loaded:  # of many routines that include the same one, each file is read once
        loaded[place] = _load(path, chain)
    return loaded[place]
