"""From raw data to a checked model, with every fault in its place and in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from audioguide.errors import Fault, faulty
from audioguide.routine.language.base import Strict
from audioguide.routine.language.model import STEPS
from audioguide.routine.references import nearest
from audioguide.routine.source import YamlSource

Model = TypeVar("Model", bound=Strict)


def validate(source: YamlSource, model: type[Model], what: str) -> tuple[Model | None, list[Fault]]:
    """Return the checked `model`, or None, and all faults of shape and of unknown keys.

    Raises RoutineError where the data is no mapping at all; `what` then says what it should be.
    """
    unknown: list[tuple[Any, object, list[str]]] = []
    if source.data is None:
        found = "the file says nothing" if "".join(source.lines).strip() else "the file is empty"
        raise faulty(source.file, [source.fault((), found, what)])
    if not isinstance(source.data, Mapping):
        raise faulty(source.file, [source.fault((), what)])
    try:
        document = model.model_validate(source.data, context={"unknown": unknown})
        faults = []
    except ValidationError as error:
        document = None
        faults = [_fault(source, each) for each in error.errors(include_url=False)]
    return document, faults + [_unknown_key(source, *each) for each in unknown]


def _unknown_key(source: YamlSource, mapping: Any, key: object, known: list[str]) -> Fault:
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


def _fault(source: YamlSource, error: Any) -> Fault:
    context = dict(error.get("ctx") or {})
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
