"""Reading a routine file: YAML text in, a checked Routine out, or all its faults at once."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from audioguide.errors import AudioguideError, Fault, RoutineError, faulty
from audioguide.routine.language.document import Document, Setting
from audioguide.routine.language.values import read_amount, read_reference
from audioguide.routine.library import SHIPPED_LIBRARY, Library
from audioguide.routine.limits import DEEPEST_INCLUDES
from audioguide.routine.references import check_references
from audioguide.routine.settings import out_of_bounds, taken
from audioguide.routine.source import YamlSource, parse_source, read_source
from audioguide.routine.twice import written_twice
from audioguide.routine.validation import validate, with_slips
from audioguide.routine.walk import nearest
from audioguide.script.beds import find_bed
from audioguide.script.sounds import find as find_sound

Keys = tuple[object, ...]

_PAPERS, _PROSE = (".pdf", ".docx"), (".txt", ".md", ".markdown", ".html", ".htm")
_STEPS = re.compile(r"^steps:", re.MULTILINE)
WHAT = "a routine needs at least the lines `title:` and `steps:`"


@dataclass(frozen=True, slots=True)
class Routine:
    """A checked routine with the routines that it includes, by the names that it calls them."""

    name: str
    path: Path
    document: Document
    source: YamlSource
    includes: Mapping[str, Routine] = field(default_factory=dict)

    def whole(self) -> Iterator[Routine]:
        """Yield this routine, and in order everything that it includes; twice what is included twice."""
        yield self
        for included in self.includes.values():
            yield from included.whole()


def load(path: Path, library: Library = SHIPPED_LIBRARY) -> Routine:
    """Read the routine at `path` and all that it includes, by name from `library`.

    Raises RoutineError with every fault of every file.
    """
    return _load(path, _Chain(library))


def load_text(text: str, path: Path, library: Library = SHIPPED_LIBRARY) -> Routine:
    """Check `text` as if it stood in the file `path`, as `load` does."""
    return _load(path, _Chain(library), text)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Where includes are found, the files `above` the one that is read, and all `loaded` so far."""

    library: Library
    above: tuple[Path, ...] = ()
    loaded: dict[Path, Routine] = field(default_factory=dict)


def _load(path: Path, chain: _Chain, text: str | None = None) -> Routine:
    source = _read(path) if text is None else parse_source(text, str(path))
    document, faults = validate(source, Document, WHAT)
    folder = path.parent
    faults += check_references(
        source, lambda sound: find_sound(sound, folder), lambda bed: find_bed(bed, folder)
    )
    faults += written_twice(source)
    faults = with_slips(source, faults)
    includes: dict[str, Routine] = {}
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        faults += _include(
            source, place, step, includes, replace(chain, above=(*chain.above, path.resolve()))
        )
    better = {(fault.line, fault.column): fault for fault in _misfits(source, includes)}
    faults = [*(fault for fault in faults if (fault.line, fault.column) not in better), *better.values()]
    if faults or document is None:
        raise faulty(str(path), [*faults, *_out_of_bounds(source, includes)])
    return Routine(path.name.removesuffix(path.suffix), path, document, source, includes)


def _read(path: Path) -> YamlSource:
    """Read the file of a routine. A leaflet is not a routine with mistakes, though YAML finds some in it."""
    suffix = path.suffix.lower()
    error = RoutineError(
        f"{path} is not a routine",
        hint=f"`audioguide draft {shlex.quote(str(path))}` makes routines from a text",
    )
    if suffix in _PAPERS:
        raise error
    try:
        source = read_source(path)
    except RoutineError as unread:
        if suffix in _PROSE and unread.faults and not _STEPS.search(path.read_text(errors="replace")):
            raise error from unread
        raise
    if suffix in _PROSE and not (isinstance(source.data, Mapping) and "steps" in source.data):
        raise error
    return source


def _include_steps(steps: object, path: Keys) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, Mapping):
            if isinstance(step.get("include"), str):
                yield (*path, index), step
            yield from _include_steps(step.get("steps"), (*path, index, "steps"))


def _include(
    source: YamlSource,
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
        return list(error.faults) or [_at_include(source, place, error)]
    except AudioguideError as error:
        return [_at_include(source, place, error)]
    known = includes[name].document.settings
    return [
        source.fault_at_key(
            settings, key, f"'{name}' has no setting '{key}'{nearest(key, list(known))}",
            "its settings: " + (", ".join(known) or "none"),
        )
        for _, settings, key in _given(place, step) if key not in known
    ]  # fmt: skip


def _at_include(source: YamlSource, place: Keys, error: AudioguideError) -> Fault:
    return replace(source.fault((*place, "include"), error.message), hint=error.hint)


def _given(place: Keys, step: Mapping[str, Any]) -> Iterator[tuple[Keys, Any, str]]:
    settings = step.get("settings")
    for key in settings if isinstance(settings, Mapping) else ():
        yield (*place, "settings", key), settings, key


def _out_of_bounds(source: YamlSource, includes: Mapping[str, Routine]) -> Iterator[Fault]:
    """Yield what `compile` would refuse of the settings of includes.

    It decides, since a listener may go beyond bounds; but a file that has other faults shows these, too.
    """
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        name = step["include"]
        for path, settings, key in _given(place, step) if name in includes else ():
            setting = includes[name].document.settings.get(key)
            try:
                amount = read_amount(_written(settings[key], source.data.get("settings")))
            except (ValueError, LookupError, TypeError):
                continue  # no such setting here, or a fault that is reported by itself
            if setting is None or amount.kind != setting.default.kind:
                continue
            if excess := out_of_bounds(setting, amount):
                yield source.fault(path, f"{key}: {excess} (bounds of '{name}')")


def _misfits(source: YamlSource, includes: Mapping[str, Routine]) -> Iterator[Fault]:
    """Yield what is given to a setting of an include and is of another kind: a text or a time for a count.

    What the setting takes is known only here; the model takes either.
    """
    own = source.data.get("settings")
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        name = step["include"]
        known = includes[name].document.settings if name in includes else {}
        for path, settings, key in _given(place, step):
            if key in known and (found := _misfit(settings[key], known[key], own)):
                yield source.fault(path, f"{key}: {found}", taken(key, known[key], name))


def _written(value: object, own: Any) -> object:
    """Return `value`, or what is written as the default of the setting of this routine that it names."""
    reference = read_reference(value)
    return own[reference.name]["default"] if reference else value


def _misfit(value: object, setting: Setting, own: object) -> str:
    """Say why `value` is not of the kind of `setting`; return "" where it is, or has another fault."""
    kind, shown = setting.default.kind, "a mapping" if isinstance(value, Mapping) else repr(value)
    try:
        if reference := read_reference(value):
            value = _written(value, own)
            shown = f"the setting '{reference.name}' is {value}, and that"
    except (ValueError, LookupError, TypeError):
        return ""  # no setting, or one without a default
    try:
        fits = read_amount(value).kind == kind
    except ValueError:
        # What is meant for a time, and wrong as such, is reported by what reads it.
        fits = isinstance(value, int | float | str) and (kind == "time" or type(value) is int)
    return "" if fits else f"{shown} is not a {kind}"


def _load_included(name: str, chain: _Chain) -> Routine:
    above, loaded = chain.above, chain.loaded
    path = chain.library.find_beside(name, above[-1].parent)
    place = path.resolve()
    if place in above:
        names = " includes ".join(each.name for each in (*above[above.index(place) :], path))
        raise RoutineError(f"a routine cannot include itself: {names}")
    if len(above) >= DEEPEST_INCLUDES:
        raise RoutineError(f"routines include one another more than {DEEPEST_INCLUDES} deep")
    if place not in loaded:  # of many routines that include the same one, each file is read once
        loaded[place] = _load(path, chain)
    return loaded[place]
