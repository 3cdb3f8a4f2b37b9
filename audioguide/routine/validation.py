"""From raw data to a checked model, with every fault in its place and in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError

from audioguide.errors import Fault, faulty
from audioguide.routine.language.base import SHAPES, Strict
from audioguide.routine.language.model import STEPS
from audioguide.routine.slip import quoted
from audioguide.routine.slips import is_of_space, slip_in
from audioguide.routine.source import YamlSource
from audioguide.routine.walk import nearest

Model = TypeVar("Model", bound=Strict)


def validate(source: YamlSource, model: type[Model], what: str) -> tuple[Model | None, list[Fault]]:
    """Return the checked `model`, or None, and all faults of shape and of unknown keys.

    Raises RoutineError where the data is not a mapping; `what` then says what it should be.
    """
    unknown: list[tuple[Any, object, list[str]]] = []
    if source.data is None:
        found = "the file has no content" if "".join(source.lines).strip() else "the file is empty"
        raise faulty(source.file, [source.fault((), found, what)])
    if not isinstance(source.data, Mapping):
        raise faulty(source.file, with_slips(source, [source.fault((), what)]))
    try:
        document = model.model_validate(source.data, context={"unknown": unknown})
        faults = []
    except ValidationError as error:
        document = None
        faults = [_fault(source, each, model) for each in error.errors(include_url=False)]
    faults += [_unknown_key(source, *each, model=model) for each in unknown]
    return document, with_slips(source, faults)


def with_slips(source: YamlSource, faults: list[Fault]) -> list[Fault]:
    """Return `faults`, where a line holds a common slip in YAML that alone and with what to write."""
    slips = {
        fault.line: slip_in(
            source.lines, fault.line - 1, fault.column - 1, key=fault.found.startswith("unknown key")
        )
        for fault in faults
    }
    found = [slip for slip in slips.values() if slip]
    if any(is_of_space(slip) for slip in found):
        return [source.slip(slip) for slip in found]
    return [source.slip(slip) for slip in found] + [fault for fault in faults if not slips[fault.line]]


def _unknown_key(
    source: YamlSource, mapping: Any, key: object, known: list[str], *, model: type[Strict]
) -> Fault:
    actions = " or ".join(f"`{each}`" for each in mapping if each in known and each in STEPS)
    if key in STEPS and actions:
        found = f"'{key}' cannot be in the same step as {actions}: it is a separate step"
    elif advice := _elsewhere(str(key), mapping, known) if mapping is source.data else "":
        return source.fault_at_key(mapping, key, f"unknown key '{key}'", advice)
    elif key in _TIMES and (action := next((each for each in mapping if each in _TIMED), "")):
        return source.fault_at_key(
            mapping, key, f"unknown key '{key}'", f"the time is part of `{action}`: {action}: {mapping[key]}"
        )
    elif homes := _homes(model, key) if mapping is source.data else []:
        found = f"'{key}' is a key of `{homes[0]}`"
        return source.fault_at_key(mapping, key, found, f"write: {homes[0]}: {{{key}: {mapping[key]}}}")
    else:
        found = f"unknown key '{key}'{nearest(key, known)}"
    return source.fault_at_key(mapping, key, found, "allowed here: " + ", ".join(known))


# What people write for the time of a step, which its own key has.
_TIMES, _TIMED = ("duration", "length", "time", "seconds"), ("hold", "rest", "settle", "switch", "gap")
# What people call an option of an overlay or of the defaults.
_MEANT = {"length": "fit", "duration": "fit", "total": "fit", "set": "settings", "fit": "length"}


# What people call a key of a routine.
_KEYS_MEANT = {
    "posture": "position", "pose": "position", "name": "title", "heading": "title", "description": "summary",
    "exercises": "steps", "moves": "steps", "music": "bed", "background": "bed", "speaker": "voice",
}  # fmt: skip


def _elsewhere(key: str, mapping: Mapping[str, Any], known: list[str]) -> str:
    """Say where `key` belongs that stands at the top of a file; "" where nobody knows."""
    value = mapping.get(key)
    shown = value if isinstance(value, str | int | float) and not isinstance(value, bool) else "…"
    if (title := _KEYS_MEANT.get(key.lower(), "")) in known and title not in mapping:
        return f"write: {title}: {shown}"
    if key in STEPS and "steps" in known:
        return f"this is a step: write it under `steps`, as `- {key}: {shown}`"
    if (meant := _MEANT.get(key)) in known:
        return f"write: {meant}: {shown}"
    if "made_for" in known and shown != "…" and not nearest(key, known):
        return f"a setting of the routine belongs under `settings`: write: settings: {{{key}: {shown}}}"
    if "voice_command" in known and key in {*STEPS, "fit", "length", "reps", "settings"}:
        return f"defaults are for every routine; set {key} with --with FILE, or on the command line"
    return ""


_MESSAGES = {
    "missing": "`{key}` is missing",
    "string_type": "expected text, found {found}",
    "string_too_long": "this text is longer than {max_length} characters: split it into several steps",
    "string_too_short": "this text is empty",
    "list_type": "expected a list (lines that start with `- `), found {found}",
    "too_short": "this list is empty",
    "too_long": "this list is longer than {max_length}",
    "model_type": "expected a mapping (`key: value`), found {found}",
    "dict_type": "expected a mapping (`key: value`), found {found}",
    "literal_error": "found {found}",
    "int_type": "expected a whole number, found {found}",
    "int_parsing": "expected a whole number, found {found}",
    "int_from_float": "expected a whole number, found {found}",
    "float_type": "expected a number, found {found}",
    "float_parsing": "expected a number, found {found}",
    "finite_number": "expected a number, found {found}",
    "bool_parsing": "expected true or false, found {found}",
    "bool_type": "expected true or false, found {found}",
    "greater_than_equal": "expected at least {ge}, found {found}",
    "less_than_equal": "expected at most {le}, found {found}",
    "string_pattern_mismatch": (
        "found {found}: use only small letters, digits and _ for the name of a setting"
    ),
    "value_error": "{error}",
}


def _fault(source: YamlSource, error: Any, model: type[Strict]) -> Fault:
    context = {name: _plain(value) for name, value in (error.get("ctx") or {}).items()}
    found = (
        repr(error["input"])
        if isinstance(error["input"], str | int | float | bool)
        else _kind(error["input"])
    )
    key = error["loc"][-1] if error["loc"] else ""
    template = _MESSAGES.get(error["type"], "{message}")
    message = template.format(key=key, found=found, message=error["msg"], **context)
    if error["input"] is None and message.startswith("None is "):
        message = f"found nothing, which {message.removeprefix('None ')}"
    if error["type"] == "no_action" and isinstance(error["input"], Mapping):
        return source.fault(_path(error), _no_action(error["input"]), error["msg"])
    allowed = f"allowed: {context['expected']}" if error["type"] == "literal_error" else ""
    if error["type"] == "string_type" and error["input"] is not None:
        message, allowed = _no_text(source, _path(error), found)
    if error["type"] == "string_type" and isinstance(error["input"], Mapping):
        message, allowed = f"expected text for `{key}`, found a mapping", _flat(key, error["input"])
    elif error["type"] == "model_type" and isinstance(error["input"], str | int | float):
        allowed = _nested(model, _path(error), error["input"])
    elif error["type"] == "list_type" and isinstance(error["input"], Mapping) and key == "steps":
        allowed = "write: - " + next((f"{each}: {inner}" for each, inner in error["input"].items()), "say: …")
    elif error["type"] == "no_action" and isinstance(error["input"], str):
        whole = error["input"].partition(":")[0].strip() in STEPS
        allowed = f"write: - {error['input']}" if whole else f"write: - say: {quoted(error['input'])}"
    return source.fault(_path(error), message, allowed)


def _plain(value: Any) -> Any:
    """Return a whole number without its ".0"."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _no_text(source: YamlSource, path: Sequence[object], found: str) -> tuple[str, str]:
    """Say what stands where a text should, and how to write it as one: 108, true, 2024-05-01."""
    fault = source.fault(path, "")
    match = re.match(r"[^\s,\[\]{}#\"']+", fault.source[fault.column - 1 :])
    if match is None or found == "a list":
        return f"expected text, found {found}: put it in quotes", ""
    if path and path[0] == "skip" and match.group().isdecimal():
        number = match.group()
        return f"expected the name of a part, found {number}", f"a step number is written steps[{number}]"
    return f"expected text, found {match.group()}: put it in quotes: {quoted(match.group())}", ""


def _flat(key: object, value: Mapping[str, Any]) -> str:
    """Say how to write a mapping where its main value alone is wanted: voice: {name: de, rate: 110}."""
    if isinstance(key, int):
        words = ", ".join(f"{each}: {inner}" for each, inner in value.items())
        return f"put the text in quotes: - {quoted(words)}"
    main = next((each for each in ("name", "default", "file") if each in value), None)
    if main is None:
        lines = " and ".join(f"`{each}: {inner}`" for each, inner in value.items())
        return f"write {lines} on a separate line, without `{key}`" if value else ""
    others = [f"`{each}: {value[each]}`" for each in value if each != main]
    lines = f", and {' and '.join(others)} on a separate line" if others else ""
    return f"write `{key}: {value[main]}`{lines}"


def _nested(model: type[Strict], path: Sequence[object], value: object) -> str:
    """Say how to write a single value where a mapping is wanted: voice: de, or a setting of 20s."""
    path = [part for part in path if part not in SHAPES]
    key = path[-1]
    inner = _inner(model).get(str(path[0]))
    main = "default" if path[0] == "settings" else inner.known_keys()[0] if inner and len(path) == 1 else ""
    return f"write: {key}: {{{main}: {value}}}" if main else ""


def _homes(model: type[Strict], key: object) -> list[str]:
    """Return the keys of `model` that hold a mapping with `key`."""
    return [name for name, inner in _inner(model).items() if key in inner.known_keys()]


def _inner(model: type[Strict]) -> dict[str, type[Strict]]:
    """Return the keys of `model` whose value is a mapping with keys of its own."""
    found: dict[str, type[Strict]] = {}
    for name, field in model.model_fields.items():
        for kind in (*get_args(field.annotation), *_choices(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, Strict):
                found[field.alias or name] = kind
    return found


def _choices(annotation: Any) -> Iterator[Any]:
    """Yield the types that a value may have: each of a union, without what is added to it."""
    if get_origin(annotation) is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _choices(each)
    else:
        yield annotation


# What people write, and the step that does it.
_STEP_MEANT = {
    "pause": "rest", "wait": "rest", "silence": "rest", "break": "rest", "sleep": "rest", "text": "say",
    "speak": "say", "stretch": "hold", "loop": "repeat", "times": "repeat", "breath": "breathe",
    "bell": "chime", "gong": "chime", "sound": "chime", "title": "chapter", "section": "chapter",
}  # fmt: skip


def _no_action(step: Mapping[str, Any]) -> str:
    meant = next((_STEP_MEANT[key.lower()] for key in step if str(key).lower() in _STEP_MEANT), "")
    near = f"; did you mean '{meant}'?" if meant else ""
    near = near or next(filter(None, (nearest(key, list(STEPS)) for key in step)), "")
    if not near and len(step) == 1:
        ((key, value),) = step.items()
        if value is None or isinstance(value, str):
            text = f"{key}: {value or ''}".strip()
            near = f"; to say it, write: - say: {quoted(text)}"
    return "no step has " + (", ".join(f"'{key}'" for key in step) or "no key") + near


def _path(error: Any) -> Sequence[object]:
    return [part for part in error["loc"] if part != "[key]"]


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return (
        "a list" if isinstance(value, list) else "nothing" if value is None else f"a {type(value).__name__}"
    )
