"""Reading a routine file: YAML text in, a checked Routine out, or all its faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audioguide.errors import AudioguideError, Fault, RoutineError, faulty
from audioguide.routine import library
from audioguide.routine.model import STEPS, Document
from audioguide.routine.references import check_references, nearest
from audioguide.routine.source import Source, read_source
from audioguide.sound.catalog import find as find_sound


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


def _load(path: Path, above: tuple[Path, ...]) -> Routine:
    source = read_source(path)
    document, faults = _validate(source)
    faults += check_references(source, lambda sound: find_sound(sound, path.parent))
    includes: dict[str, Routine] = {}
    for place, step in _include_steps(source.data.get("steps"), ("steps",)):
        faults += _include(source, place, step, (*above, path.resolve()), includes)
    if faults or document is None:
        raise faulty(str(path), faults)
    return Routine(path.name.removesuffix(path.suffix), path, document, source, includes)


def _validate(source: Source) -> tuple[Document | None, list[Fault]]:
    unknown: list[tuple[Any, object, list[str]]] = []
    if not isinstance(source.data, Mapping):
        found = "a routine is a mapping with at least `title` and `steps`"
        raise faulty(source.file, [source.fault((), found)])
    try:
        document = Document.model_validate(source.data, context={"unknown": unknown})
        faults = []
    except ValidationError as error:
        document = None
        faults = [_fault(source, each) for each in error.errors(include_url=False)]
    return document, faults + [_unknown_key(source, *each) for each in unknown]


def _unknown_key(source: Source, mapping: Any, key: object, known: list[str]) -> Fault:
    if key in STEPS and any(action in mapping for action in STEPS):
        actions = " or ".join(f"`{each}`" for each in mapping if each in known)
        found = f"'{key}' does not go with {actions}: it is a step of its own"
    else:
        found = f"unknown key '{key}'{nearest(key, known)}"
    return source.fault_at_key(mapping, key, found, "allowed here: " + ", ".join(known))


_MESSAGES = {
    "missing": "`{key}` is missing",
    "string_type": "found {found}, and text is wanted: put it into quotes",
    "string_too_long": "this text is longer than {max_length} characters: split it into several steps",
    "string_too_short": "this text is empty",
    "list_type": "found {found}, and a list is wanted (lines that begin with `- `)",
    "too_short": "this list is empty",
    "too_long": "this list is longer than {max_length}",
    "model_type": "found {found}, and a mapping is wanted (`key: value`)",
    "dict_type": "found {found}, and a mapping is wanted (`key: value`)",
    "literal_error": "found {found}",
    "int_type": "found {found}, and a whole number is wanted",
    "int_parsing": "found {found}, and a whole number is wanted",
    "int_from_float": "found {found}, and a whole number is wanted",
    "bool_parsing": "found {found}, and true or false is wanted",
    "bool_type": "found {found}, and true or false is wanted",
    "greater_than_equal": "found {found}, and at least {ge} is wanted",
    "less_than_equal": "found {found}, and at most {le} is wanted",
    "string_pattern_mismatch": "found {found}: a setting's name has small letters, digits and _ only",
    "value_error": "{error}",
}


def _fault(source: Source, error: Any) -> Fault:
    context = dict(error.get("ctx") or {})
    found = (
        repr(error["input"])
        if isinstance(error["input"], str | int | float | bool)
        else _kind(error["input"])
    )
    key = error["loc"][-1] if error["loc"] else ""
    template = _MESSAGES.get(error["type"], "{message}")
    message = template.format(key=key, found=found, message=error["msg"], **context)
    if error["type"] == "no_action" and isinstance(error["input"], Mapping):
        return source.fault(_path(error), _no_action(error["input"]), error["msg"])
    allowed = f"allowed: {context['expected']}" if error["type"] == "literal_error" else ""
    return source.fault(_path(error), message, allowed)


def _no_action(step: Mapping[str, Any]) -> str:
    near = next(filter(None, (nearest(key, list(STEPS)) for key in step)), "")
    return "no step has " + (", ".join(f"'{key}'" for key in step) or "no key") + near


def _path(error: Any) -> Sequence[object]:
    return [part for part in error["loc"] if part != "[key]"]


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return (
        "a list" if isinstance(value, list) else "nothing" if value is None else f"a {type(value).__name__}"
    )


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
