"""Where each step and key of a text stands: the lines of list items and entries, with their comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from audioguide.routine.source import YamlSource, parse_source

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Lines from `first` up to, but without, `end`; `head` is the one where the thing itself begins.

    Lines from `first` to `head` are the comments above it. `column` is that of its dash or key.
    """

    first: int
    head: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A text that can be read, its lines, its data and its nodes."""

    lines: tuple[str, ...]
    source: YamlSource
    root: Any

    @property
    def data(self) -> Any:
        """Return the data as plain mappings, lists and values."""
        return plain(self.source.data)

    def node(self, path: Path) -> Any:
        """Return the node that `path` leads to. Raises KeyError."""
        node = self.root
        for part in path:
            node = _child(node, part)
        return node

    def key(self, path: Path) -> Any:
        """Return the node of the last key of `path`, which leads into a mapping. Raises KeyError."""
        return _pair(self.node(path[:-1]), path[-1])[0]

    def flow_above(self, path: Path) -> Path | None:
        """Return the path of the outermost list or mapping in brackets on the way to `path`."""
        for depth in range(len(path) + 1):
            with suppress(KeyError):
                node = self.node(path[:depth])
                if not isinstance(node, ScalarNode) and node.flow_style:
                    return path[:depth]
        return None

    def span(self, path: Path) -> Extent:
        """Return the lines of a list item or an entry that is in no brackets. Raises KeyError."""
        parent, part = self.node(path[:-1]), path[-1]
        column = parent.start_mark.column
        if isinstance(part, int):
            child = _child(parent, part)
            head = self._dash(child.start_mark.line, column)
        else:
            key, child = _pair(parent, part)
            head = key.start_mark.line
        end = max(self._last(child), head) + 1
        while end < len(self.lines) and self._is_comment(end, deeper=column):
            end += 1
        first = head
        while first > 0 and self._is_comment(first - 1) and self._indent(first - 1) <= column:
            first -= 1
        return Extent(first, head, end, column)

    def comments(self, path: Path) -> list[str]:
        """Return the comments above a step, without their signs; none where it is in brackets."""
        if self.flow_above(path) is not None:
            return []
        span = self.span(path)
        return [line.strip().lstrip("#").strip() for line in self.lines[span.first : span.head]]

    def remarks(self, path: Path) -> list[str]:
        """Return the comments inside of a list item or an entry, and those behind it, without their signs."""
        span = self.span(path)
        values = [(each.start_mark, each.end_mark) for each in _scalars(self.node(path))]
        written = [((start.line, start.column), (end.line, end.column)) for start, end in values]
        found = []
        for number in range(span.head, min(span.end, len(self.lines))):
            for sign in _SIGN.finditer(self.lines[number]):
                if not any(start <= (number, sign.start()) < end for start, end in written):
                    found.append(self.lines[number][sign.end() :].strip())
                    break
        return [each for each in found if each]

    def _dash(self, line: int, column: int) -> int:
        while line > 0 and self.lines[line][column : column + 1] != "-":
            line -= 1
        return line

    def _last(self, node: Any) -> int:
        """Return the last line that has something of `node`."""
        if isinstance(node, ScalarNode) or node.flow_style or not node.value:
            start, end = node.start_mark, node.end_mark
            last = end.line - 1 if end.column == 0 and end.line > start.line else end.line
            last = min(last, len(self.lines) - 1)
            while last > start.line and not self.lines[last].strip():
                last -= 1
            return int(max(last, 0))
        parts = (part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,)))
        return max(self._last(part) for part in parts)

    def _is_comment(self, number: int, deeper: int | None = None) -> bool:
        is_comment = self.lines[number].lstrip().startswith("#")
        return is_comment and (deeper is None or self._indent(number) > deeper)

    def _indent(self, number: int) -> int:
        line = self.lines[number]
        return len(line) - len(line.lstrip())


def tree_of(text: str, file: str) -> Tree:
    """Read `text`. Raises RoutineError as `parse_source` does."""
    source = parse_source(text, file)
    root = None
    with suppress(YAMLError, ValueError):
        root = YAML(typ="safe").compose(text)
    return Tree(source.lines, source, root or YAML(typ="rt", pure=True).compose(text))


def steps_of(data: Any, path: Path = ("steps",)) -> Iterator[tuple[Path, Any]]:
    """Yield each step of the data of a routine with its path, in order, those inside after the one around."""
    steps = data.get(path[-1]) if isinstance(data, dict) else None
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        yield (*path, index), step
        yield from steps_of(step, (*path, index, "steps"))


def plain(value: Any) -> Any:
    """Return what ruamel read as plain mappings, lists, texts and numbers; each key is a text."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def shown(path: Sequence[str | int]) -> str:
    """Return a path as the checks and the timeline name it: steps[2].steps[0]."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


_SIGN = re.compile(r"(?:^|(?<=\s))#+")


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, ScalarNode):
        yield node
        return
    for pair in node.value:
        for part in pair if isinstance(pair, tuple) else (pair,):
            yield from _scalars(part)


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, MappingNode):
        return _pair(node, part)[1]
    if isinstance(node, SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
        return node.value[part]
    raise KeyError(part)


def _pair(node: Any, part: str | int) -> tuple[Any, Any]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(part):
                return key, value
    raise KeyError(part)
