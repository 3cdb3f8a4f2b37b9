"""A slip in a line of YAML, and the parts of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

KEY = re.compile(
    r"(?P<before> *(?:- +)*)(?P<key>[\w.][\w.-]*|\"[^\"]*\"|'[^']*')(?P<colon>: +|:$)(?P<value>.*)"
)
ITEM = re.compile(r"(?P<before> *(?:- +)+)(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong at a place of a file (counted from 0), over `width` characters, and what to write."""

    line: int
    column: int
    width: int
    found: str
    write: str


def quoted(text: str) -> str:
    """Return `text` in the quotation marks that fit: double ones, or single ones around double ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
