"""What a fault or a finding is about, and the edits that would put it right."""

from __future__ import annotations

import re
from typing import Any

from audioguide.errors import Fault
from audioguide.routine.editing.tree import Path, Tree, steps_of

_MEANT = re.compile(r"did you mean ['“\"]([^'”\"]+)['”\"]")
_QUOTED = re.compile(r"['“\"]([^'”\"]+)['”\"]")
_BOUND = re.compile(r"expected at (?:least|most) (-?[0-9.]+)")
_RANGE = re.compile(r"^(-?[0-9.]+) is outside (-?[0-9.]+) to (-?[0-9.]+)")
REASON = "checked, and kept on purpose"


def place_of(tree: Tree, fault: Fault) -> tuple[Path, str]:
    """Return what stands at a fault: its path, and whether it is a `key`, a `value` or nothing of these."""
    if tree.root is None:
        return (), ""
    return _inside(tree.root, (fault.line - 1, fault.column - 1), ())


def _inside(node: Any, place: tuple[int, int], path: Path) -> tuple[Path, str]:
    if node.id == "scalar":
        return path, "value"
    parts: list[tuple[Any, str | int, Any]] = (
        [(key, key.value, value) for key, value in node.value]
        if node.id == "mapping"
        else [(value, index, value) for index, value in enumerate(node.value)]
    )
    for first, part, value in reversed(parts):
        start = (first.start_mark.line, first.start_mark.column)
        inner = (value.start_mark.line, value.start_mark.column)
        if node.id == "mapping" and start <= place < inner:
            return (*path, part), "key"
        if inner <= place:
            return _inside(value, place, (*path, part))
    return path, ""


def step_of(tree: Tree, path: Path) -> Path:
    """Return the path of the step that `path` is in; () where it is in none."""
    steps = {each for each, _ in steps_of(tree.data)}
    return next((path[:depth] for depth in range(len(path), 0, -1) if path[:depth] in steps), ())


def fixes(tree: Tree, fault: Fault, rule: str = "") -> list[dict[str, Any]]:
    """Return the edits that would put a fault right, each with a label, as JSON data.

    `rule` is the check of a warning, which may be kept as it is.
    """
    path, kind = place_of(tree, fault)
    found: list[dict[str, Any]] = []
    if (meant := _MEANT.search(fault.found)) and kind == "key":
        found.append(_fix(f"Write “{meant[1]}”", do="rename", at=path, value=meant[1]))
    elif kind == "value" and (value := _better(_at(tree.data, path), fault, meant)) is not None:
        found.append(_fix(f"Write “{value}”", do="set", at=path, value=value))
    elif kind == "key" and fault.found.startswith("unknown key"):
        found.append(_fix(f"Remove “{path[-1]}”", do="remove", at=path))
    if rule:
        found.append(_fix("Keep it as it is", do="set", at=("allow", rule), value=REASON))
    return found


def _better(value: Any, fault: Fault, meant: re.Match[str] | None) -> Any:
    """Return what to write in place of `value`; None where that is not known."""
    if meant and isinstance(value, str):
        wrong = next((word for word in _QUOTED.findall(fault.found) if word in value), value)
        return value.replace(wrong, meant[1])
    if "put it in quotes" in fault.found + fault.allowed and not isinstance(value, dict | list | str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if bound := _BOUND.search(fault.found):
        return _number(bound[1])
    if (bound := _RANGE.search(fault.found)) and isinstance(value, int | float):
        return _number(bound[2] if value < float(bound[2]) else bound[3])
    return None


def _number(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _fix(label: str, **edit: Any) -> dict[str, Any]:
    return {"label": label, "edit": {**edit, "at": list(edit["at"])}}
