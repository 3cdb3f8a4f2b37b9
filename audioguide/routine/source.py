"""YAML text with the line and column of everything in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.representer import RepresenterError

from audioguide.errors import Fault, RoutineError, faulty
from audioguide.routine import slips
from audioguide.routine.limits import LARGEST_FILE, excess
from audioguide.routine.slip import Slip
from audioguide.untrusted.characters import refused
from audioguide.untrusted.files import NotRegular, open_regular

# To libyaml, these end a line or count for nothing, and a tab may stand inside of a word.
_READ_OTHERWISE = frozenset("\t\x85\u2028\u2029\ufeff")
# Behind the first word of a line, YAML 1.2 reads a tab as a space, and its parser in Python does not.
_TAB = re.compile(r"(?<=\S)([ \t]*\t[ \t]*)")
_JSON_TABS = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)  # no text of JSON goes on over a line

_PART_LINES = 8  # how far below the start of a text a part of it is looked for


@dataclass(frozen=True, slots=True)
class YamlSource:
    """A parsed file: `data` as mappings, lists and scalars, `lines` as they stand in the file.

    `data` is None where the file is empty, or has nothing but comments. `known` keeps the places that
    were asked for: each script of a routine asks for the same ones.
    """

    file: str
    lines: tuple[str, ...]
    data: Any
    known: dict[tuple[object, ...], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def fault(self, path: Sequence[object], found: str, allowed: str = "", *, part: str = "") -> Fault:
        """Make a fault at the value that `path` (keys and indexes) leads to, as far as it leads.

        Where one of the value's first lines has `part` of its text, that is marked.
        """
        line, column = self._place(path)
        fault = self.fault_at(line, column, found, allowed)
        for number in range(line, min(len(self.lines), line + _PART_LINES) if part else line):
            at = self.lines[number].find(part, column if number == line else 0)
            if at >= 0:
                source = self.lines[number]
                return replace(fault, line=number + 1, column=at + 1, width=len(part), source=source)
        return fault

    def fault_at_key(self, mapping: Any, key: object, found: str, allowed: str = "") -> Fault:
        """Make a fault at `key` of `mapping`, itself a part of the data."""
        line, column = mapping.lc.key(key) if hasattr(mapping, "lc") else (0, 0)
        return self.fault_at(line, column, found, allowed)

    def where(self, path: Sequence[object]) -> str:
        """Return "file:line:column" of what `path` leads to."""
        if (found := self.known.get(key := tuple(path))) is None:
            line, column = self._place(path)
            found = self.known[key] = f"{self.file}:{line + 1}:{column + 1}"
        return found

    def fault_at(self, line: int, column: int, found: str, allowed: str = "") -> Fault:
        """Make a fault at a place of the file; `line` and `column` count from 0."""
        text = self.lines[line] if line < len(self.lines) else ""
        rest = text[column:].split(" #")[0].rstrip()
        for end in (": ", ", ", "}", "]"):
            rest = rest.split(end)[0]
        return Fault(
            file=self.file, line=line + 1, column=column + 1, found=found, allowed=allowed,
            source=text, width=max(1, len(rest.removesuffix(":"))),
        )  # fmt: skip

    def slip(self, slip: Slip) -> Fault:
        """Make a fault of a slip in a line."""
        fault = self.fault_at(slip.line, slip.column, slip.found, slip.write)
        return replace(fault, width=slip.width)

    def _place(self, path: Sequence[object]) -> tuple[int, int]:
        place = _start(self.data)
        node: Any = self.data
        for part in path:
            lc: Any = getattr(node, "lc", None)
            known = getattr(lc, "data", None) or ()
            if isinstance(node, Mapping) and part in node:
                if part in known:
                    place = self._written(lc.value(part), node[part]) or lc.key(part)
                node = node[part]
            elif isinstance(node, list) and isinstance(part, int) and part < len(node):
                if part in known:
                    place = self._written(lc.item(part), node[part]) or self._dash(lc.item(part))
                node = node[part]
        return place

    def _written(self, place: tuple[int, int], value: object) -> tuple[int, int] | None:
        # The parser says of an empty value that it stands where the next thing does.
        line, column = place
        text = self.lines[line][column:] if line < len(self.lines) else ""
        return None if value is None and not text.lower().startswith(("null", "~")) else place

    def _dash(self, place: tuple[int, int]) -> tuple[int, int]:
        """Return the last dash in front of `place`: the list item that is empty."""
        before = "\n".join(self.lines[: place[0] + 1]).splitlines()
        if place[0] < len(before):
            before[-1] = before[-1][: place[1]]
        for number in range(len(before) - 1, -1, -1):
            if re.fullmatch(r"[\s-]*-\s*", bare := before[number].split("#")[0]):
                return number, bare.rindex("-")
        return place


def read_source(path: Path) -> YamlSource:
    """Read and parse the YAML file at `path`. Raises RoutineError."""
    return parse_source(_read_text(path), str(path))


@lru_cache(maxsize=128)  # routines include one another, and a text that is the same parses the same
def parse_source(text: str, file: str) -> YamlSource:
    """Parse YAML 1.2 text without anchors, tags and a second document. Raises RoutineError."""
    source = YamlSource(file, tuple(text.splitlines()), None)
    if file.lower().endswith(".json"):
        text = _JSON_TABS.sub(lambda tabs: " " * len(tabs[0]), text)
    text = _TAB.sub(lambda tabs: " " * len(tabs[1]), text)
    if too_much := excess(text):
        slip = slips.text_slip(source.lines, *too_much[:2])
        fault = source.fault_at(*too_much)
        if slip and not slips.may_be_anchor(slip):
            raise faulty(file, [source.slip(slip)])
        raise faulty(file, [replace(fault, allowed=slip.write) if slip else fault])
    if acting := list(_acting(source)):
        raise faulty(file, acting)
    try:
        data = _data(text)
    except DuplicateKeyError as error:
        key = str(error.problem).split('"')
        name = key[1] if len(key) > 1 else "a key"
        raise _syntax_fault(source, error, f"the key '{name}' is here twice") from error
    except MarkedYAMLError as error:
        raise _syntax_fault(source, error, f"not valid YAML: {error.problem or error.context}") from error
    except RecursionError:
        raise faulty(file, [source.fault((), "nested too deeply")]) from None
    except TypeError:  # what holds a list cannot be looked up
        line, column = next(_compound_keys(YAML(typ="rt", pure=True).compose(text)), (0, 0))
        found = "a key is a word, not a list or a mapping"
        raise faulty(file, [source.fault_at(line, column, found)]) from None
    except (YAMLError, ValueError) as error:
        raise faulty(file, [source.fault((), f"not valid YAML: {str(error).splitlines()[0]}")]) from error
    return YamlSource(file, source.lines, data)


def _acting(source: YamlSource) -> Iterator[Fault]:
    for number, line in enumerate(source.lines):
        if found := refused(line):
            column, name = found
            said = f"this line has the control character {name}"
            yield source.fault_at(number, column, said, "remove it")


def _data(text: str) -> Any:
    """Parse `text` with libyaml, in a fifth of the time that the parser in Python takes.

    What libyaml refuses, or reads in another way, that parser reads: it says better what is wrong.
    """
    places = YAML(typ="rt", pure=True)
    if _READ_OTHERWISE.isdisjoint(text):
        with suppress(YAMLError, ValueError, TypeError):
            node = YAML(typ="safe").compose(text)
            return None if node is None else places.constructor.construct_document(node)
    return places.load(text)


def _compound_keys(node: Any) -> Iterator[tuple[int, int]]:
    """Yield the place of each key that is itself a list or a mapping."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _compound_keys(item)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                yield key.start_mark.line, key.start_mark.column
            yield from _compound_keys(value)


def _syntax_fault(source: YamlSource, error: MarkedYAMLError, found: str) -> RoutineError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, max(0, len(source.lines) - 1))
    opened = error.context_mark
    slip = None
    if "another document" in str(error.problem):
        return faulty(source.file, [_second_document(source, line)])
    if not isinstance(error, DuplicateKeyError) and source.lines:
        slip = slips.slip_at(source.lines, line, column, (opened.line, opened.column) if opened else None)
    return faulty(source.file, [source.slip(slip) if slip else source.fault_at(line, column, found)])


def _second_document(source: YamlSource, line: int) -> Fault:
    ends = range(min(line, len(source.lines) - 1), -1, -1)
    line = next((each for each in ends if source.lines[each].startswith(("---", "..."))), line)
    allowed = "one file is one routine: remove the line, or write two files"
    return source.fault_at(line, 0, "a second document starts at this line", allowed)


def decoded(data: bytes, file: str) -> str:
    """Return `data` as text. Raises RoutineError, with the place of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A byte order mark is not a column: the codec counts behind it.
        whole = data.removeprefix(codecs.BOM_UTF8)
        before = whole[: error.start].decode("utf-8")
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        shown = tuple(whole.decode("utf-8", errors="replace").split("\n"))
        found = f"the byte 0x{whole[error.start]:02X} is not UTF-8 text"
        fault = YamlSource(file, shown, None).fault_at(line, column, found, "save the file as UTF-8")
        raise faulty(file, [replace(fault, width=1)]) from error


def _read_text(path: Path) -> str:
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST_FILE + 1)  # it may grow while it is read
    except NotRegular as error:
        raise RoutineError(f"{path} is {error.kind}, not a file") from error
    except (OSError, ValueError) as error:
        raise RoutineError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LARGEST_FILE:
        raise RoutineError(
            f"{path} is larger than {LARGEST_FILE // 1024} KiB: that is too large for a routine"
        )
    return decoded(data, str(path)).replace("\r\n", "\n")


def _start(data: Any) -> tuple[int, int]:
    return (data.lc.line, data.lc.col) if hasattr(data, "lc") and data.lc.line is not None else (0, 0)


def as_yaml(data: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """Return plain `data` (mappings, lists, texts, numbers) as the YAML text of a file.

    Raises RoutineError for a value that YAML has no plain form for.
    """
    text = StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 2**16  # a text stays on its line, so that faults show all of it
    try:
        yaml.dump(_plain(data), text)
    except RepresenterError as error:
        raise RoutineError(f"a routine consists of mappings, lists, texts and numbers: {error}") from error
    return text.getvalue()


def _plain(value: object) -> object:
    """Return `value` with every mapping and list as the plain type: tuples and frozen mappings are common."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
