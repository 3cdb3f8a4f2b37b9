"""An edit of a text: only the lines that it is about change. What comes out reads as what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from audioguide.errors import RoutineError, UsageError
from audioguide.routine.editing.edits import Edit, after_insert, changed
from audioguide.routine.editing.tree import Path, Tree, tree_of
from audioguide.routine.editing.written import entry, item, scalar, whole
from audioguide.routine.language.document import Document
from audioguide.routine.language.model import STEPS

Lines = list[str]


def edited(text: str, edit: Edit, file: str) -> str:
    """Return `text` after `edit`. Raises UsageError where it leads nowhere, RoutineError for a faulty text.

    A `file` that is JSON stays JSON.
    """
    tree = tree_of(text, file)
    if not isinstance(tree.data, dict):
        raise UsageError("a routine needs at least the lines `title:` and `steps:`")
    wanted = changed(tree.data, edit)
    if file.lower().endswith(".json"):
        return json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"
    new = _spliced(tree, edit, wanted)
    if not _reads_as(new, wanted, file):
        new = _fallback(tree, edit, wanted, file)
    return new


def _spliced(tree: Tree, edit: Edit, wanted: Any) -> str:
    try:
        return "\n".join(_DO[edit.do](tree, edit)) + "\n"
    except (KeyError, IndexError, _InBrackets):
        return _around(tree, edit, wanted)


def _reads_as(text: str, wanted: Any, file: str) -> bool:
    try:
        return _same(tree_of(text, file).data, wanted)
    except RoutineError:
        return False


def _fallback(tree: Tree, edit: Edit, wanted: Any, file: str) -> str:
    """Write more of the text again: the block around, then all of it."""
    for depth in range(len(edit.at) - 1, 0, -1):
        path = edit.at[:depth]
        try:
            text = "\n".join(_written_at(tree, path, _at(wanted, path)))
        except (KeyError, IndexError, TypeError, _InBrackets):
            continue
        if _reads_as(f"{text}\n", wanted, file):
            return f"{text}\n"
    text = whole(wanted)
    if not _reads_as(text, wanted, file):
        raise UsageError("this cannot be written: remove invisible characters")
    return text


class _InBrackets(Exception):  # noqa: N818
    """What is to change stands in brackets or braces."""


def _around(tree: Tree, edit: Edit, wanted: Any) -> str:
    """Write what stands in brackets around the place again, as a person would write it now."""
    path = tree.flow_above(edit.at) or tree.flow_above(edit.to) or edit.at[:1]
    if not path:
        return whole(wanted)
    try:
        return "\n".join(_written_at(tree, path, _at(wanted, path))) + "\n"
    except (KeyError, IndexError, TypeError, _InBrackets):
        return whole(wanted)


def _set(tree: Tree, edit: Edit) -> Lines:
    path = edit.at
    try:
        node = tree.node(path)
    except KeyError:
        return _added(tree, path, edit.value)
    single = not isinstance(edit.value, dict | list)
    if single and node.id == "scalar" and getattr(node, "style", None) not in ("|", ">"):
        return _in_place(tree, node, edit.value, inside=tree.flow_above(path) is not None)
    return _written_at(tree, path, edit.value)


def _in_place(tree: Tree, node: Any, value: Any, *, inside: bool) -> Lines:
    start, end = node.start_mark, node.end_mark
    if (start.line, start.column) == (end.line, end.column):  # nothing stands there yet
        raise _InBrackets
    lines = [*tree.lines]
    rest = lines[end.line][end.column :]
    lines[start.line : end.line + 1] = [
        f"{lines[start.line][: start.column]}{scalar(value, inside=inside)}{rest}"
    ]
    return lines


def _written_at(tree: Tree, path: Path, value: Any, *, keep: bool = True) -> Lines:
    """Write the entry or list item at `path` again with `value`; comments above it stay.

    Those inside go above as well, where `keep` does not let them go with what is removed.
    """
    above = tree.flow_above(path[:-1])
    if above is not None:
        raise _InBrackets
    span = tree.span(path)
    part = path[-1]
    new = item(value, span.column) if isinstance(part, int) else entry(part, value, span.column)
    line = tree.lines[span.head]
    pad = line[: len(line) - len(line.lstrip())]
    inside = [f"{pad}# {each}" for each in tree.remarks(path)] if keep else []
    return _replaced(tree, span.head, span.end, [*inside, line[: span.column] + new[0], *new[1:]])


def _added(tree: Tree, path: Path, value: Any) -> Lines:
    """Add a key, after those that come before it in the language, and before `steps`."""
    for depth in range(len(path) - 1):  # what it is in may be missing, too
        try:
            inner = tree.node(path[: depth + 1])
        except KeyError:
            inner = None
        if inner is None or (inner.id == "scalar" and not inner.value):
            for part in reversed(path[depth + 1 :]):
                value = {part: value}
            if inner is not None:
                return _written_at(tree, path[: depth + 1], value)
            path = path[: depth + 1]
            break
    parent = tree.node(path[:-1])
    if tree.flow_above(path[:-1]) is not None:
        raise _InBrackets
    keys = [key.value for key, _ in parent.value]
    order = _order(path[:-1], keys)
    column = parent.start_mark.column
    new = [" " * column + line if not n else line for n, line in enumerate(entry(path[-1], value, column))]
    at = order.index(path[-1]) if path[-1] in order else len(order)
    before = [key for key in keys if key in order and order.index(key) < at and key != "steps"]
    if not before and keys[:1] == ["steps"]:
        at_line = tree.span((*path[:-1], "steps")).first
    else:
        at_line = tree.span((*path[:-1], before[-1] if before else keys[0])).end
    return _replaced(tree, at_line, at_line, new)


def _order(path: Path, keys: Sequence[str]) -> list[str]:
    """Return the order in which keys are written where `path` leads to."""
    if not path:
        return Document.known_keys()
    if isinstance(path[-1], int):
        kind = next((key for key in STEPS if key in keys), None)
        return STEPS[kind].known_keys() if kind else [*keys]
    return [*keys]


def _remove(tree: Tree, edit: Edit) -> Lines:
    path = edit.at
    parent = tree.node(path[:-1])
    if tree.flow_above(path[:-1]) is not None:
        raise _InBrackets
    if len(parent.value) == 1:
        return _written_at(tree, path[:-1], [] if isinstance(path[-1], int) else {}, keep=False)
    span = tree.span(path)
    shares_line = isinstance(path[-1], str) and tree.lines[span.head][: span.column].strip()
    if not shares_line:
        return _replaced(tree, span.first, span.end, [])
    following = parent.value[1][0]  # the first key stands behind a dash: the second one takes its place
    after = tree.span((*path[:-1], following.value))
    lead = tree.lines[span.head][: span.column] + tree.lines[after.head][after.column :]
    moved = [line[2:] for line in tree.lines[after.first : after.head]]
    return _replaced(tree, span.head, after.head + 1, [*moved, lead])


def _insert(tree: Tree, edit: Edit) -> Lines:
    def made(column: int) -> Lines:
        first, *rest = item(edit.value, column)
        return [" " * column + first, *rest]

    return _put(tree, edit.at, made)


def _put(tree: Tree, place: Path, made: Callable[[int], Lines]) -> Lines:
    """Put list items in at `place`, before what stands there."""
    above, index = place[:-1], int(place[-1])
    if tree.flow_above(above[:-1]) is not None:
        raise _InBrackets
    try:
        items = tree.node(above)
    except KeyError:
        items = None
    if items is None or items.id == "scalar" or not items.value:
        return _first(tree, above, made)
    if items.flow_style:
        raise _InBrackets
    if index < len(items.value):
        line = tree.span((*above, index)).first
    else:
        line = tree.span((*above, len(items.value) - 1)).end
    return _replaced(tree, line, line, made(items.start_mark.column))


def _first(tree: Tree, above: Path, made: Callable[[int], Lines]) -> Lines:
    """Put the first items into a list that is empty or missing."""
    try:
        lines = _written_at(tree, above, "_") if _has(tree, above) else _added(tree, above, "_")
    except KeyError as error:
        raise _InBrackets from error
    again = tree_of("\n".join(lines) + "\n", "routine.yaml")
    span = again.span(above)
    column = span.column + 2
    head = again.lines[span.head].rpartition(":")[0] + ":"
    return _replaced(again, span.head, span.end, [head, *made(column)])


def _has(tree: Tree, path: Path) -> bool:
    try:
        tree.node(path)
    except KeyError:
        return False
    return True


def _move(tree: Tree, edit: Edit) -> Lines:
    if tree.flow_above(edit.at) is not None:
        raise _InBrackets
    span = tree.span(edit.at)
    block = tree.lines[span.first : span.end]
    lines = _put(tree, edit.to, lambda column: _indented(block, column - span.column))
    again = tree_of("\n".join(lines) + "\n", "routine.yaml")
    return _remove(again, Edit(do="remove", at=after_insert(edit.at, edit.to)))


def _copy(tree: Tree, edit: Edit) -> Lines:
    if tree.flow_above(edit.at) is not None:
        raise _InBrackets
    span = tree.span(edit.at)
    return _replaced(tree, span.end, span.end, tree.lines[span.first : span.end])


def _wrap(tree: Tree, edit: Edit) -> Lines:
    if tree.flow_above(edit.at[:-1]) is not None:
        raise _InBrackets
    span = tree.span(edit.at)
    head = item(edit.value, span.column)
    block = _indented(tree.lines[span.first : span.end], 4)
    pad = " " * span.column
    return _replaced(tree, span.first, span.end, [pad + head[0], *head[1:], f"{pad}  steps:", *block])


def _unwrap(tree: Tree, edit: Edit) -> Lines:
    inner = (*edit.at, "steps")
    if tree.flow_above(inner) is not None:
        raise _InBrackets
    span, items = tree.span(edit.at), tree.node(inner)
    first = tree.span((*inner, 0)).first
    end = tree.span((*inner, len(items.value) - 1)).end
    block = _indented(tree.lines[first:end], span.column - items.start_mark.column)
    return _replaced(tree, span.head, span.end, block)


def _rename(tree: Tree, edit: Edit) -> Lines:
    key = tree.key(edit.at)
    inside = tree.flow_above(edit.at[:-1]) is not None
    return _in_place(tree, key, edit.value, inside=inside)


def _accept(tree: Tree, edit: Edit) -> Lines:
    span = tree.span(edit.at)
    line = span.first + edit.value if type(edit.value) is int else -1
    if not span.first <= line < span.head:
        raise UsageError("this comment no longer exists: reload the page")
    return _replaced(tree, line, line + 1, [])


_DO: dict[str, Callable[[Tree, Edit], Lines]] = {
    "set": _set, "remove": _remove, "insert": _insert, "move": _move, "copy": _copy, "wrap": _wrap,
    "unwrap": _unwrap, "rename": _rename, "accept": _accept,
}  # fmt: skip


def _replaced(tree: Tree, first: int, end: int, new: Sequence[str]) -> Lines:
    return [*tree.lines[:first], *new, *tree.lines[end:]]


def _indented(lines: Sequence[str], by: int) -> Lines:
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[min(-by, len(line) - len(line.lstrip())) :] for line in lines]


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _same(one: Any, other: Any) -> bool:
    """Return whether data is the same: 1 is not true, and not 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(type(one) is type(other) and one == other)
