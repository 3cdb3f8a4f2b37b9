"""How much a file may hold, found before it is read as a routine: files come from strangers, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, DocumentStartEvent, NodeEvent, ScalarEvent

LARGEST_FILE = 256 * 1024  # bytes; the largest routine that ships has 9 KiB
DEEPEST = 32  # lists and mappings inside of one another
MOST_NODES = 20_000
MOST_DIGITS = 30
DEEPEST_INCLUDES = 16  # routines that include one another

_NUMBER = re.compile(r"[+-]?(?:0x[0-9a-f_]*|0o[0-7_]*|[0-9_.]*(?:e[+-]?[0-9_]*)?)", re.IGNORECASE)

# YAML 1.1, or Python, takes these for numbers; a person sees a word or another number.
_ODD_NUMBER = re.compile(
    r"[+-]?(?:0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*_[\d_]*(?:\.\d*)?|\d+\.\d*_[\d_]*)", re.IGNORECASE
)

Excess = tuple[int, int, str, str]


def excess(text: str) -> Excess | None:
    """Return the first thing that is too much: line and column from 0, what was found, what is allowed.

    Only events are looked at, by libyaml: nothing is built, and it ends at the first excess. What is
    not YAML to libyaml may be to the parser in Python, so that is asked, too; what it refuses is left to it.
    """
    try:
        return next(_excesses(YAML(typ="safe").parse(text)), None)
    except (YAMLError, ValueError):
        pass
    try:
        return next(_excesses(list(YAML(typ="safe", pure=True).parse(text))), None)
    except (YAMLError, ValueError, RecursionError):
        return None


def _excesses(events: Iterable[Any]) -> Iterator[Excess]:
    depth = nodes = 0
    for event in events:
        line, column = event.start_mark.line, event.start_mark.column
        if isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, DocumentStartEvent) and event.version not in (None, (1, 2)):
            found = f"YAML {'.'.join(map(str, event.version))}"
            yield line, column, found, "routines are YAML 1.2: remove the line"
        elif isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            yield (
                line,
                column,
                "anchors and aliases are not part of the language",
                "use `repeat` or `include`",
            )
        elif isinstance(event, NodeEvent):
            nodes += 1
            depth += not isinstance(event, ScalarEvent)
            tag = getattr(event, "tag", None)
            if tag not in (None, "!"):
                found = f"tags ({tag}) are not part of the language"
                yield line, column, found, "put text in quotes; nothing else needs a tag"
            if isinstance(event, ScalarEvent) and event.implicit[0]:
                yield from _plain(event.value, line, column)
            if depth > DEEPEST:
                yield line, column, "nested too deeply", f"at most {DEEPEST} lists and mappings"
            if nodes > MOST_NODES:
                yield line, column, "too many values in one file", f"at most {MOST_NODES:,}"


def _plain(value: str, line: int, column: int) -> Iterator[Excess]:
    """Yield what is wrong with a value without quotation marks."""
    if _is_endless(value):
        yield line, column, f"a number of {len(value)} digits", f"at most {MOST_DIGITS}"
    elif _ODD_NUMBER.fullmatch(value):
        yield (
            line,
            column,
            f"{value} is a number in an unusual form",
            "write a number such as 10, or a text in quotes",
        )
    elif value == "<<":
        yield line, column, "merge keys (<<) are not part of the language", "use `repeat` or `include`"


def _is_endless(value: str) -> bool:
    return len(value) > MOST_DIGITS and bool(_NUMBER.fullmatch(value))
