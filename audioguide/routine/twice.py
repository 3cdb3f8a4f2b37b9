"""Keys that are one and the same, in different spellings: only the last would count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Fault
from audioguide.reading.lexicon import folded
from audioguide.routine.source import YamlSource
from audioguide.units import format_length, parse_duration

_MOMENTS = {
    "at": "two marks at {}",
    "before_end": "two marks {} before the end",
    "every": "two marks every {}",
}


def written_twice(source: YamlSource) -> list[Fault]:
    """Return a fault for each key that says the same as one before it in its mapping."""
    return list(_in(source, source.data, "")) if isinstance(source.data, Mapping) else []


def _in(source: YamlSource, value: Any, name: object) -> Iterator[Fault]:
    if isinstance(value, list):
        for each in value:
            yield from _in(source, each, "")
    if not isinstance(value, Mapping):
        return
    seen: dict[object, object] = {}
    for key, inner in value.items():
        same = _same(key, name)
        if same in seen:
            what = "the same key twice"
            if isinstance(same, int) and name in _MOMENTS:
                what = _MOMENTS[str(name)].format(format_length(same))
            found = f"{what}: '{seen[same]}' and '{key}'"
            yield source.fault_at_key(value, key, found, "keep one of them: only the last one counts")
        seen.setdefault(same, key)
        yield from _in(source, inner, key)


def _same(key: object, name: object) -> object:
    """Return what two spellings of a key have in common."""
    if name in _MOMENTS:
        try:
            return parse_duration(key)
        except ValueError:
            return key  # it has a fault of its own
    if isinstance(key, str):
        words = " ".join(key.split())
        return folded(words) if name == "say_as" else words
    return key
