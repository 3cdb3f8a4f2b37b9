"""Plain data as YAML that a person would write: short things on one line, quotes only where needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

WIDEST = 100  # characters of a line with brackets or braces
_MAY_BE_PLAIN = re.compile(
    r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~][^\n\t\r\u0085\u2028\u2029]*|-[0-9.][^\s]*", re.ASCII
)


@lru_cache(maxsize=2048)
def scalar(value: object, *, inside: bool = False) -> str:
    """Return a text, a number, true, false or null as YAML; `inside` of brackets, commas need quotes."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _MAY_BE_PLAIN.fullmatch(value) and _reads_as(value, value, inside=inside):
        return value
    return json.dumps(value, ensure_ascii=False)


def _reads_as(written: str, value: str, *, inside: bool) -> bool:
    if inside and re.search(r"[,\[\]{}]", written):
        return False
    if ": " in written or " #" in written or written.endswith((":", " ")):
        return False
    try:
        found = YAML(typ="safe", pure=True).load(written)
    except (YAMLError, ValueError):
        return False
    return isinstance(found, str) and found == value


def flow(value: object) -> str:
    """Return `value` on one line."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{scalar(key, inside=True)}: {flow(each)}" for key, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value, inside=True)


def entry(key: object, value: object, column: int) -> list[str]:
    """Return the lines of `key: value`, the first one without its indent."""
    head = f"{scalar(key)}:"
    if not isinstance(value, Mapping | list | tuple):
        return [f"{head} {scalar(value)}"]
    if not _wants_lines(key, value, column + len(head)):
        return [f"{head} {flow(value)}"]
    return [head, *(f"{' ' * (column + 2)}{line}" for line in _lines(value, column + 2))]


def item(value: object, column: int) -> list[str]:
    """Return the lines of a list item, its dash in `column`; the first one without its indent."""
    if isinstance(value, Mapping) and value:
        first, *rest = _lines(value, column + 2)
        return [f"- {first}", *(f"{' ' * (column + 2)}{line}" for line in rest)]
    return [f"- {flow(value)}"]


def _lines(value: Mapping[Any, Any] | Sequence[Any], column: int) -> Iterator[str]:
    """Yield the lines of a mapping or list, without the indent of `column`."""
    parts = (
        [entry(key, each, column) for key, each in value.items()]
        if isinstance(value, Mapping)
        else [item(each, column) for each in value]
    )
    for first, *rest in parts:
        yield first
        yield from (line[column:] for line in rest)


def whole(value: Mapping[str, object]) -> str:
    """Return a routine as the text of a file."""
    return "\n".join(_lines(value, 0)) + "\n"


def _wants_lines(key: object, value: Mapping[Any, Any] | Sequence[Any], column: int) -> bool:
    """Return whether a value is clearer on lines of its own: steps, what nests, what is long."""
    if not value:
        return False
    parts = list(value.values()) if isinstance(value, Mapping) else list(value)
    nests = any(isinstance(each, Mapping | list | tuple) for each in parts)
    return key == "steps" or nests or column + len(flow(value)) > WIDEST
