"""Rows of a table in a page or a document: the first cell names an exercise, the others say how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audioguide.draft.text import Block

LONGEST_NAME = 8  # words


def blocks_of_row(cells: Sequence[Sequence[Block]], header: Sequence[str]) -> list[Block]:
    """Return the blocks of a row; a short first cell becomes a heading. `header` has the columns' names.

    A number alone takes the name of its column: `Reps: 10.`
    """
    filled = [cell for cell in cells if cell]
    first = filled[0][0] if filled else None
    if first is None or len(filled) < 2 or not _is_name(first.text):
        return [block for cell in cells for block in cell]
    found = [replace(first, kind="heading", level=6), *filled[0][1:]]
    for index, cell in enumerate(cells):
        if not cell or cell is filled[0]:
            continue
        name = header[index] if index < len(header) else ""
        found += [replace(each, text=_labelled(name, each.text)) for each in cell]
    return found


def is_header(names: Sequence[str]) -> bool:
    """Return whether the cells of a row are names of columns."""
    return len(names) > 1 and bool(_EXERCISE.match(names[0])) and all(len(name.split()) < 6 for name in names)


_EXERCISE = re.compile(r"(?:name|exercise|stretch|movement|pose|what)s?\b", re.IGNORECASE)


def _is_name(text: str) -> bool:
    return (
        len(text.split()) <= LONGEST_NAME
        and not re.search(r"[.!?;]$", text)
        and bool(re.search(r"[^\W\d]", text))
    )


def _labelled(name: str, text: str) -> str:
    if name and re.fullmatch(r"[\d][\d\s\-x]*(?:s|sec|secs|min)?\.?", text):
        unit = re.search(r"\((s|secs?|seconds|min|minutes)\)", name)
        return f"{re.sub(r'[(].*', '', name).strip()}: {text.rstrip('.')}{' ' + unit[1] if unit else ''}."
    return text if re.search(r"[.!?:]$", text) else f"{text}."
