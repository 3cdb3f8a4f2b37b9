"""Every key of the language has a field in the form of its step, with help where the language has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from audioguide.routine.editing.fields import fields
from audioguide.routine.language.base import Strict
from audioguide.routine.language.document import Document
from audioguide.routine.language.model import STEPS
from tests.tables import every


def _models(annotation: Any) -> Iterator[type[Strict]]:
    """Yield each mapping with keys of its own that a value may be, in lists and by name too."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _keys_of(model: type[Strict], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the keys that the language takes, those inside of others with the keys around them."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key == "others":  # the names of sides are the author's
            continue
        yield (*path, key)
        if key == "steps":
            continue
        for inner in _models(info.annotation):
            yield from _keys_of(inner, (*path, key))


Found = Iterator[tuple[tuple[str, ...], dict[str, Any]]]


def _fields_in(field: dict[str, Any], path: tuple[str, ...]) -> Found:
    for each in field.get("fields", ()):
        yield (*path, each["key"]), each
        yield from _fields_in(each, (*path, each["key"]))
    for inner in (*field.get("options", ()), field.get("value"), field.get("item"), field.get("more")):
        if inner:
            yield from _fields_in(inner, path)


@every("kind", [*STEPS, ""])
def test_every_key_has_a_field(kind: str) -> None:
    model = STEPS[kind] if kind else Document
    form = fields()["steps"][kind] if kind else {"fields": fields()["routine"]}
    wanted = set(_keys_of(model))
    made = dict(_fields_in(form, ()))
    assert wanted - set(made) == set()
    assert {path for path, field in made.items() if not field.get("kind")} == set()


def test_a_time_takes_a_setting_and_a_number_has_its_bounds_and_unit() -> None:
    hold = next(each for each in fields()["steps"]["hold"]["fields"] if each["key"] == "hold")
    assert [each["kind"] for each in hold["options"]] == ["time", "group"]
    assert hold["options"][0]["refers"]
    tempo = next(each for each in fields()["steps"]["count"]["fields"] if each["key"] == "tempo")
    assert (tempo["min"], tempo["max"], tempo["unit"]) == (20, 240, "beats a minute")


def test_each_field_that_is_no_step_itself_has_help_or_a_name() -> None:
    for step in fields()["steps"].values():
        assert step["help"]
        assert all(each["label"] for each in step["fields"])
