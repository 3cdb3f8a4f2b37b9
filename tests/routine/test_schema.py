"""The published JSON Schema says the same as the loader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from audioguide.routine.language.document import schema
from audioguide.routine.library import SHIPPED_LIBRARY
from tests.slow import first
from tests.tables import every


def plain(path: Path) -> Any:
    """Return the YAML file as JSON data."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path)))


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    Draft7Validator.check_schema(schema())
    return Draft7Validator(schema())


@every("name", first(20, SHIPPED_LIBRARY.shipped))
def test_every_routine_that_ships_is_valid(validator: Draft7Validator, name: str) -> None:
    assert [error.message for error in validator.iter_errors(plain(SHIPPED_LIBRARY.find(name)))] == []


@every(
    "document",
    [
        {"title": "T"},
        {"title": "T", "steps": []},
        {"title": "T", "steps": [{"hold": "soon"}]},
        {"title": "T", "steps": [{"say": "a", "setle": "3s"}]},
        {"title": "T", "steps": [{"repeat": 0, "steps": [{"gap": 1}]}]},
        {"title": "T", "steps": [{"sides": [], "steps": [{"gap": 1}]}]},
        {"title": "T", "colour": "red", "steps": [{"gap": 1}]},
        {"title": "T", "sounds": {"bell": {"volume": "loud"}}, "steps": [{"gap": 1}]},
        {"title": "T", "sounds": {"bell": {"loud": 3}}, "steps": [{"gap": 1}]},
        {"title": "T", "chimes": {"volume": 7}, "steps": [{"gap": 1}]},
        {"title": "T", "settings": {"hold": {"min": "3s"}}, "steps": [{"gap": 1}]},
        {"title": "T", "source": "a leaflet", "steps": [{"gap": 1}]},
        {"title": "T", "source": {"name": "A", "adress": "https://a.org"}, "steps": [{"gap": 1}]},
        {"title": "T", "source": [{"name": "A", "address": "http://a.org"}], "steps": [{"gap": 1}]},
        {"title": "T", "source": [], "steps": [{"gap": 1}]},
        {"title": "T", "level": 3, "steps": [{"gap": 1}]},
    ],
)
def test_what_the_loader_refuses_is_refused(validator: Draft7Validator, document: dict[str, Any]) -> None:
    assert list(validator.iter_errors(document))


def test_volumes_are_valid_as_they_are_written(validator: Draft7Validator) -> None:
    for volume in ("-3dB", "+2.5 dB", "-24", -6, 0.5):
        sounds = {"bell": {"volume": volume}, "start": "wood", "gong": {"file": "gong.wav", "volume": volume}}
        document = {
            "title": "T", "sounds": sounds, "chimes": {"volume": volume}, "steps": [{"gap": 1}],
        }  # fmt: skip
        assert [error.message for error in validator.iter_errors(document)] == []


def test_an_editor_offers_the_words_of_the_vocabulary_and_takes_others(validator: Draft7Validator) -> None:
    properties = schema()["properties"]
    assert properties["level"]["anyOf"][0] == {"enum": ["gentle", "moderate", "strong"]}
    assert properties["phase"]["anyOf"][0]["enum"] == ["arrive", "warm up", "move", "stretch", "rest"]
    assert "lower back" in properties["body"]["items"]["anyOf"][0]["enum"]
    avoided = schema()["definitions"]["Safety"]["properties"]["avoid_with"]
    assert {"pregnant", "osteoporosis", "recent surgery"} <= set(avoided["items"]["anyOf"][0]["enum"])
    document = {
        "title": "T", "level": "so so", "phase": "rest", "body": ["soul", "neck"], "position": "in a hammock",
        "safety": {"avoid_with": ["a full moon"]}, "steps": [{"gap": 1}],
    }  # fmt: skip
    assert [error.message for error in validator.iter_errors(document)] == []


def test_it_uses_nothing_newer_than_draft_07() -> None:
    text = json.dumps(schema())
    for newer in ("$defs", "prefixItems", "dependentRequired", "unevaluatedProperties", "$dynamicRef"):
        assert newer not in text
