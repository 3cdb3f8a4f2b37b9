"""One change of a routine: in its data, and in its text so that all the rest stays as it was written."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from audioguide.errors import UsageError
from audioguide.routine.editing.tree import Path

Way = Literal["set", "remove", "insert", "move", "copy", "wrap", "unwrap", "rename", "accept"]
DEEPEST, LONGEST_TEXT = 24, 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What to do at a path: of keys and, in lists, of indexes.

    `to` is where a step is moved to, before what stands there now; `value` is what is set or put in, the new
    key of a `rename`, the number of the comment that is accepted, or the step that a `wrap` puts around.
    """

    do: Way
    at: Path
    to: Path = ()
    value: Any = None


def read_edit(data: object) -> Edit:
    """Read an edit from JSON data. Raises UsageError."""
    if not isinstance(data, dict) or data.get("do") not in get_args(Way):
        raise UsageError(f"an edit has a `do`: {', '.join(get_args(Way))}")
    return Edit(
        do=cast("Way", data["do"]), at=_path(data.get("at")), to=_path(data.get("to", [])),
        value=_value(data.get("value"), DEEPEST),
    )  # fmt: skip


def _path(parts: object) -> Path:
    if not isinstance(parts, list) or not all(type(part) in (str, int) for part in parts):
        raise UsageError("a place is a list of keys and numbers")
    if len(parts) > 2 * DEEPEST or any(len(str(part)) > LONGEST_TEXT for part in parts):
        raise UsageError("that place is nested too deeply")
    return tuple(parts)


def _value(value: object, deep: int) -> Any:
    if deep == 0:
        raise UsageError("that is nested too deeply")
    if isinstance(value, dict):
        return {str(key): _value(each, deep - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_value(each, deep - 1) for each in value]
    return value


def changed(data: Any, edit: Edit) -> Any:
    """Return the data as it is after `edit`. Raises UsageError where the edit leads nowhere."""
    new = deepcopy(data)
    try:
        _DO[edit.do](new, edit)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise UsageError("this place no longer exists: reload the page") from error
    return new


def _set(data: Any, edit: Edit) -> None:
    node = data
    for part, after in zip(edit.at, edit.at[1:], strict=False):
        if isinstance(node, dict) and node.get(part) is None and isinstance(after, str):
            node[part] = {}
        node = _in(node, part)
    if isinstance(node, list):
        node[_index(node, edit.at[-1])] = edit.value
    else:
        _mapping(node)[edit.at[-1]] = edit.value


def _remove(data: Any, edit: Edit) -> None:
    parent = _at(data, edit.at[:-1])
    if isinstance(parent, list):
        parent.pop(_index(parent, edit.at[-1]))
    else:
        del _mapping(parent)[edit.at[-1]]


def _insert(data: Any, edit: Edit) -> None:
    *above, key = edit.at[:-1]
    parent = _mapping(_at(data, tuple(above))) if isinstance(key, str) else _at(data, tuple(above))
    if isinstance(parent, dict) and parent.get(key) is None:
        parent[key] = []
    _list(parent[key]).insert(_index(parent[key], edit.at[-1], end=True), edit.value)


def _move(data: Any, edit: Edit) -> None:
    if edit.to[: len(edit.at)] == edit.at:
        raise UsageError("a step cannot be moved into itself")
    step = _at(data, edit.at)
    _insert(data, Edit(do="insert", at=edit.to, value=step))
    _remove(data, Edit(do="remove", at=after_insert(edit.at, edit.to)))


def _copy(data: Any, edit: Edit) -> None:
    steps = _list(_at(data, edit.at[:-1]))
    index = _index(steps, edit.at[-1])
    steps.insert(index + 1, deepcopy(steps[index]))


def _wrap(data: Any, edit: Edit) -> None:
    steps = _list(_at(data, edit.at[:-1]))
    index = _index(steps, edit.at[-1])
    steps[index] = {**edit.value, "steps": [steps[index]]}


def _unwrap(data: Any, edit: Edit) -> None:
    steps = _list(_at(data, edit.at[:-1]))
    index = _index(steps, edit.at[-1])
    steps[index : index + 1] = _list(steps[index]["steps"])


def _rename(data: Any, edit: Edit) -> None:
    parent = _mapping(_at(data, edit.at[:-1]))
    if edit.value in parent or not isinstance(edit.value, str):
        raise UsageError(f"'{edit.value}' already exists")
    items = [(edit.value if key == edit.at[-1] else key, each) for key, each in parent.items()]
    parent.clear()
    parent.update(items)


def _accept(data: Any, edit: Edit) -> None:
    _at(data, edit.at)  # only its comment goes


_DO = {
    "set": _set, "remove": _remove, "insert": _insert, "move": _move, "copy": _copy, "wrap": _wrap,
    "unwrap": _unwrap, "rename": _rename, "accept": _accept,
}  # fmt: skip


def after_insert(path: Path, place: Path) -> Path:
    """Return where what is at `path` stands once something was put in at `place`."""
    *above, index = place
    depth = len(above)
    if path[:depth] != tuple(above) or len(path) <= depth or not isinstance(path[depth], int):
        return path
    moved = path[depth] + (index <= path[depth])  # type: ignore[operator]
    return (*path[:depth], moved, *path[depth + 1 :])


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = _in(data, part)
    return data


def _in(node: Any, part: str | int) -> Any:
    return node[_index(node, part)] if isinstance(node, list) else _mapping(node)[part]


def _index(items: list[Any], part: str | int, *, end: bool = False) -> int:
    if not isinstance(part, int) or not 0 <= part < len(items) + end:
        raise IndexError(part)
    return part


def _mapping(node: Any) -> dict[Any, Any]:
    if not isinstance(node, dict):
        raise TypeError("expected a mapping")
    return node


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list):
        raise TypeError("expected a list")
    return node
