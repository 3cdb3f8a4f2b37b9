"""The fields of a form for each step and for the routine around them, made from the schema of the language.

A field is JSON data: `key`, `label`, `help`, `kind`, and where they are needed `required`, `min` and `max`.
Kinds: text, whole, number, yes, time, count, amount, volume and choice are one value; `group` has `fields`,
`map` a `value` for any key, `list` an `item`, `shapes` several `options`, `steps` is a list of steps.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from audioguide.routine.language.document import schema
from audioguide.routine.language.model import STEPS

Field = dict[str, Any]

LABELS = {
    "say": "Say", "hold": "Hold", "count": "Move to a count", "repeat": "Repeat", "sides": "Each side",
    "breathe": "Breathe", "include": "Another routine", "rest": "Rest", "chime": "Sound",
    "chapter": "Chapter", "settle": "Time to get into position", "switch": "Time to change sides",
    "gap": "Pause", "id": "Part", "enter": "Takes the position of the next hold",
    "release": "Before the words that follow", "into": "Leads to the position",
    "alone": "Only where it is not included",
    "minimal": "Instead, with little guidance", "short": "Instead, from the second time on",
    "first": "Instead, in the first repetition", "last": "Instead, the last time", "load": "Time in position",
    "marks": "Marks inside", "before_end": "Before the end", "at": "After the start", "every": "Every",
    "reps": "Repetitions", "in": "In", "out": "Out", "full": "With full lungs",
    "empty": "With empty lungs", "for": "For", "cycles": "Breaths", "bed": "Background sound",
    "bed_volume": "Volume of the background", "say_as": "How words are said",
    "allow": "Findings that are left out", "avoid_with": "Not with", "doses": "Sets of values",
    "tempo": "Pace", "exact": "Without pauses", "grow": "Changes from one to the next",
}  # fmt: skip
SHAPES = {
    "text": "One text", "time": "A time", "whole": "A number", "count": "A number", "group": "In parts",
    "list": "A list", "map": "By name", "choice": "A choice", "amount": "A value",
}  # fmt: skip
_UNITS = {
    "tempo": "beats a minute", "beats": "beats a minute", "rate": "words a minute", "bed_volume": "dB",
}  # fmt: skip
_NAMES = {
    "SideTexts": "For each side", "BreathHold": "In breaths", "MarkCue": "Words or a sound",
    "RoutineVoice": "A voice", "HoldChimes": "At each end", "RestChimes": "At each end",
    "Countdown": "With a voice or a sound", "BreathWords": "Own words", "Growth": "By so much, or to a value",
    "Source": "One source", "OwnSound": "A file with a volume",
}  # fmt: skip


@cache
def fields() -> dict[str, Any]:
    """Return the fields of each kind of step, in `steps`, and of the routine, in `routine`."""
    whole = schema()
    known = whole["definitions"]
    steps = {
        kind: {
            "label": LABELS[kind], "help": known[model.__name__]["description"],
            "fields": _in_order(known[model.__name__], known, model.known_keys()),
        }
        for kind, model in STEPS.items()
    }  # fmt: skip
    return {"steps": steps, "routine": _in_order(whole, known, list(whole["properties"]))}


def _in_order(model: dict[str, Any], known: dict[str, Any], order: list[str]) -> list[Field]:
    needed = model.get("required", ())
    return [_named(key, model["properties"][key], known, required=key in needed) for key in order]


def _named(key: str, value: dict[str, Any], known: dict[str, Any], *, required: bool = False) -> Field:
    about = value.get("description") or ""
    field = {"key": key, "label": label(key), "help": about, **_field(value, known, key)}
    if required:
        field["required"] = True
    if key in _UNITS:
        field["unit"] = _UNITS[key]
    return field


def label(key: str) -> str:
    """Return what a key is called in a form."""
    return LABELS.get(key) or key.replace("_", " ").capitalize()


def _field(value: dict[str, Any], known: dict[str, Any], key: str = "") -> Field:
    if key == "steps":
        return {"kind": "steps"}
    options = [each for each in _options(value) if each.get("type") != "null"]
    if len(options) > 1:
        return _of_many(options, known)
    value = {**value, **options[0]} if options else value
    if "$ref" in value:
        return _group(value["$ref"].rpartition("/")[2], known)
    return _several(value, known) if value.get("type") in ("array", "object") else _single(value)


def _several(value: dict[str, Any], known: dict[str, Any]) -> Field:
    if value["type"] == "array":
        return {
            "kind": "list", "item": _field(value["items"], known),
            "min": value.get("minItems", 0), "max": value.get("maxItems"),
        }  # fmt: skip
    (inner,) = [*value.get("patternProperties", {}).values()] or [value["additionalProperties"]]
    return {"kind": "map", "value": _field(inner, known), "keys": _key_help(value)}


def _options(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the choices that a value has, those inside of a choice among them."""
    found: list[dict[str, Any]] = []
    for each in value.get("anyOf") or value.get("oneOf") or ():
        found += _options(each) or [each]
    return found


def _of_many(options: list[dict[str, Any]], known: dict[str, Any]) -> Field:
    simple = [
        each for each in options if each.get("type") in ("string", "integer", "number") or "enum" in each
    ]
    several = [each for each in options if each not in simple]
    made = [_of_simple(simple)] if simple else []
    made += [_field(each, known) for each in several]
    if len(made) == 1:
        return made[0]
    for each in made:
        each["shape"] = each.pop("name", "") or SHAPES.get(each["kind"], each["kind"])
    return {"kind": "shapes", "options": made}


def _of_simple(options: list[dict[str, Any]]) -> Field:
    """Return one field for values that are written in several ways: 20, 20s, $hold."""
    if len(options) == 1:
        return _single(options[0])
    about = " ".join(each.get("description", "") for each in options)
    refers = "a setting" in about
    if words := next((each["enum"] for each in options if "enum" in each), None):
        return {"kind": "text", "suggest": words}
    number = next((each for each in options if each.get("type") in ("integer", "number")), {})
    bounds = {"min": number.get("minimum", number.get("exclusiveMinimum")), "max": number.get("maximum")}
    if "a volume" in about:
        return {"kind": "volume", **bounds}
    if "a time" in about:
        return {"kind": "amount" if number.get("type") == "integer" else "time", "refers": refers}
    if refers:
        return {"kind": "count", "refers": True, **bounds}
    return {"kind": "text"}


def _single(value: dict[str, Any]) -> Field:
    if "enum" in value:
        return {"kind": "choice", "choices": value["enum"]}
    if "a time" in value.get("description", "") and "pattern" in value:
        return {"kind": "time"}
    kinds = {"boolean": "yes", "integer": "whole", "number": "number", "string": "text"}
    bounds = {"min": value.get("minimum"), "max": value.get("maximum"), "longest": value.get("maxLength")}
    return {"kind": kinds[value["type"]], **{key: each for key, each in bounds.items() if each is not None}}


def _group(name: str, known: dict[str, Any]) -> Field:
    model = known[name]
    made: Field = {
        "kind": "group", "name": _NAMES.get(name, ""), "help": model.get("description", ""),
        "fields": _in_order(model, known, list(model["properties"])),
    }  # fmt: skip
    if isinstance(model.get("additionalProperties"), dict):
        made["more"] = _field(model["additionalProperties"], known)
    return made


def _key_help(value: dict[str, Any]) -> str:
    names = value.get("propertyNames", {})
    if "a time" in names.get("description", ""):
        return "time"
    return "name"
