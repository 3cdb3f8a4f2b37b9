"""The small values of the language: times, counts, settings and the texts that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from audioguide.durations import PATTERN, as_numbers
from audioguide.reading.lexicon import LONGEST_SAID, LONGEST_WORD, Saying, read_saying, read_word
from audioguide.routine.names import LONGEST as LONGEST_NAME
from audioguide.routine.names import read_name
from audioguide.units import (
    DURATION_HELP,
    HIGHEST_VOLUME_DB,
    LOWEST_VOLUME_DB,
    VOLUME_HELP,
    format_length,
    parse_duration,
    parse_volume,
    said_length,
)
from audioguide.untrusted.characters import joined_pairs, refused, without_bidi

MOST_REPS = 500
SETTING_NAME = r"[a-z][a-z0-9_]{0,31}"
_REFERENCE = re.compile(rf"\$({SETTING_NAME})")
_TIME_SCHEMA = {"type": "string", "pattern": PATTERN, "description": DURATION_HELP}
_REF_SCHEMA = {"type": "string", "pattern": rf"^\${SETTING_NAME}$", "description": "the value of a setting"}


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of the setting `name`, written `$name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A value of a setting: a time in ticks, or a count."""

    kind: Literal["time", "count"]
    value: int

    def __str__(self) -> str:
        """Show it as an author writes it."""
        return format_length(self.value) if self.kind == "time" else str(self.value)

    @property
    def shown(self) -> str | int:
        """Return it for JSON: 3, or "20s"."""
        return str(self) if self.kind == "time" else self.value

    @property
    def spoken(self) -> str:
        """Say it in words."""
        return said_length(self.value) if self.kind == "time" else str(self.value)


@dataclass(frozen=True, slots=True)
class Change:
    """By how much, or to what, a setting changes from rep to rep: `ticks` of a time, or a `count`.

    A bare number may be either: seconds for a setting that is a time.
    """

    written: str
    ticks: int | None = None
    count: int | None = None

    def of(self, kind: Literal["time", "count"]) -> int | None:
        """Return it for a setting of this kind; None where it is of the other one."""
        return self.ticks if kind == "time" else self.count


def read_change(value: object) -> Change | Ref:
    """Read a change such as 10s, -10s, 1 or -1, or a reference to a setting. Raises ValueError."""
    if reference := read_reference(value):
        return reference
    text = str(value).strip().replace("\u2212", "-")
    sign = -1 if text.startswith("-") else 1
    size = text.lstrip("+-").strip() if text[:1] in ("+", "-") and text[1:2] not in ("+", "-") else text
    try:
        ticks = sign * parse_duration(value if type(value) is bool else size)
    except ValueError as error:
        raise ValueError(f"{value!r} is not {DURATION_HELP}, nor a whole number such as 2 or -1") from error
    whole = re.fullmatch(r"\d{1,3}", size)
    if not isinstance(value, int | float) and whole:
        whole = None  # "10" in quotes is a time, as everywhere
    return Change(text, ticks, sign * int(size) if whole else None)


def read_step_value(value: object) -> Change | Ref:
    """Read one of several values that a setting has in turn. Raises ValueError, also below 0."""
    found = read_change(value)
    if isinstance(found, Change) and (found.ticks or 0) < 0:
        raise ValueError(f"{value} is negative: a list has the values themselves, not changes")
    return found


def whole_characters(value: object) -> object:
    """Return a text with its surrogate pairs joined. Raises ValueError for half of one."""
    if not isinstance(value, str):
        return value
    text = joined_pairs(value)
    if (found := refused(text)) and "\ud800" <= text[found[0]] <= "\udfff":
        raise ValueError(f"this text has {found[1]}, half of a character: remove it")
    return text


def without_controls(text: str) -> str:
    """Return `text` without marks of direction. Raises ValueError for a control character or no text."""
    if found := refused(text):
        raise ValueError(f"this text has the control character {found[1]}: leave it out")
    plain = without_bidi(text)
    if text and not plain.strip():
        raise ValueError("this text is empty: it has only direction marks")
    return plain if plain == text else plain.strip()


def read_reference(value: object) -> Ref | None:
    """Return the setting that `value` names, or None where it is not a reference."""
    if not isinstance(value, str) or not value.strip().startswith("$"):
        return None
    if match := _REFERENCE.fullmatch(value.strip()):
        return Ref(match.group(1))
    raise ValueError(f"{value!r} is not a setting: write $ and a name in small letters, such as $hold")


def read_time(value: object) -> int | Ref:
    """Read a time or a reference to a setting; ticks. Raises ValueError."""
    return read_reference(value) or parse_duration(value)


def read_positive_time(value: object) -> int | Ref:
    """Read a time longer than nothing, or a reference; ticks. Raises ValueError."""
    time = read_time(value)
    if time == 0:
        raise ValueError("a time of 0 has no effect: remove the step, or write a longer time")
    return time


def read_count(value: object) -> int | Ref:
    """Read a whole number from 1 to 500, or a reference. Raises ValueError."""
    reference = read_reference(value)
    if reference:
        return reference
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{value!r} is not a whole number such as 3")
    if not 1 <= value <= MOST_REPS:
        raise ValueError(f"{value} is outside 1 to {MOST_REPS}")
    return int(value)


def read_amount(value: object) -> Amount:
    """Read the value of a setting: 3 is a count, 20s a time. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= MOST_REPS:
            raise ValueError(f"{value} is outside 0 to {MOST_REPS}; for a time, write {value}s")
        return Amount("count", int(value))
    if isinstance(value, float):
        raise ValueError(f"{value} is neither a count (3) nor a time: for a time, write {value}s")
    if (
        isinstance(value, str)
        and (count := as_numbers(value.strip().lower())).isdecimal()
        and count != value.strip()
    ):
        raise ValueError(f"{value!r} is neither a count nor a time: write {count} or {count}s")
    return Amount("time", parse_duration(value))


def read_setting(text: str, kind: Literal["time", "count"]) -> Amount:
    """Read what a listener asks for on the command line. Raises ValueError."""
    if kind == "time":
        return Amount("time", parse_duration(text))
    if not re.fullmatch(r"\d{1,4}", text.strip()):
        raise ValueError(f"{text!r} is not a whole number such as 3")
    if int(text) > MOST_REPS:
        raise ValueError(f"{text} is outside 0 to {MOST_REPS}")
    return read_amount(int(text))


Time = Annotated[
    int | Ref,
    PlainValidator(read_time),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, _TIME_SCHEMA, _REF_SCHEMA]}),
]
PositiveTime = Annotated[
    int | Ref,
    PlainValidator(read_positive_time),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, _TIME_SCHEMA, _REF_SCHEMA]}),
]
Count = Annotated[
    int | Ref,
    PlainValidator(read_count),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_REPS}, _REF_SCHEMA]}),
]
SettingValue = Annotated[
    Amount,
    PlainValidator(read_amount),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST_REPS}, _TIME_SCHEMA]}),
]
SettingOverride = Annotated[
    Amount | Ref,
    PlainValidator(lambda value: read_reference(value) or read_amount(value)),
    WithJsonSchema({"anyOf": [{"type": "integer"}, _TIME_SCHEMA, _REF_SCHEMA]}),
]
Volume = Annotated[
    float,
    PlainValidator(parse_volume),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": LOWEST_VOLUME_DB, "maximum": HIGHEST_VOLUME_DB},
                {"type": "string", "pattern": r"^[+-]?[0-9.]+ *([dD][bB])?$", "description": VOLUME_HELP},
            ]
        }
    ),
]
_WAY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_SAID}
_SAYING_SCHEMA = {
    "anyOf": [_WAY_SCHEMA, {"type": "object", "additionalProperties": _WAY_SCHEMA, "minProperties": 1}]
}
Said = Annotated[Saying, PlainValidator(read_saying), WithJsonSchema(_SAYING_SCHEMA)]
SaidWord = Annotated[
    str,
    PlainValidator(read_word),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_WORD}),
]
StepName = Annotated[
    str,
    PlainValidator(read_name),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}),
]
_CHANGE_SCHEMA = {
    "anyOf": [
        {"type": "number"},
        {
            "type": "string",
            "pattern": r"^[+\u2212-]? *[0-9½¼¾.]",
            "description": f"{DURATION_HELP}, with - for less",
        },
        _REF_SCHEMA,
    ]
}
Changed = Annotated[Change | Ref, PlainValidator(read_change), WithJsonSchema(_CHANGE_SCHEMA)]
StepValue = Annotated[
    Change | Ref,
    PlainValidator(read_step_value),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, _TIME_SCHEMA, _REF_SCHEMA]}),
]
SIDE_NAME = r"[^\W\d_][\w' -]{0,39}"
MOST_SIDES = 12
_STANDARD = {"l": "left", "r": "right", "left": "left", "right": "right", "both": "both"}


def read_side(value: object) -> str:
    """Read the name of a side: left, right, both in any capitals, L, R, or a name of one's own."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if text.lower() in _STANDARD:
        return _STANDARD[text.lower()]
    if not re.fullmatch(SIDE_NAME, text):
        raise ValueError(f"{value!r} is not the name of a side, such as left, right, both or front")
    return text


def listed_sides(value: object) -> list[object]:
    """Return sides as a list: they are written as one, or as a text, `L R L R`, `LLRR` or `first, second`."""
    if isinstance(value, str):
        if re.fullmatch("[LR]{2,}|[lr]{2,}", value.strip()):
            return list(value.strip())
        parts = re.split("[,/]", value) if {",", "/"} & {*value} else value.split()
        return [each for each in parts if each.strip()]
    return value if isinstance(value, list) else []


SideName = Annotated[
    str, PlainValidator(read_side), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 40})
]
_SIDE_LIST = {
    "anyOf": [
        {
            "type": "array", "minItems": 1, "maxItems": MOST_SIDES,
            "items": {"type": "string", "minLength": 1, "maxLength": 40},
        },
        {"type": "string", "minLength": 1, "description": "in order, such as L R L R"},
    ]
}  # fmt: skip
SideList = Annotated[
    list[SideName],
    Field(min_length=1, max_length=MOST_SIDES),
    BeforeValidator(lambda value: listed_sides(value) if isinstance(value, str) else value),
    WithJsonSchema(_SIDE_LIST),
]
Offset = Annotated[int, PlainValidator(parse_duration), WithJsonSchema(_TIME_SCHEMA)]
