"""Names in bold inside of a paragraph: "**Bridge** Lie on your back ... **Plank** Rest on your elbows"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audioguide.draft.text import Block, plain
from audioguide.draft.titles import is_exercise_name, is_label, is_part

_ENDED = re.compile(r"[.!?:)]['\")]*\s*$")
_NEAR = 8  # characters before a name, in which a sentence may end
_BEGINS = re.compile(r"\s*(?:[:.(-]|[A-Z0-9])")


def at_bold_names(made: Block, bold: Sequence[str]) -> Iterator[Block]:
    """Yield a paragraph in parts, each of which begins with the name of an exercise that stands in bold."""
    starts, place = [], 0
    for words in map(plain, bold):
        found = made.text.find(words, place) if words else -1
        if found < 0:
            continue
        place = found + len(words)
        ended = not found or _ENDED.search(made.text[max(0, found - _NEAR) : found])
        if ended and _BEGINS.match(made.text, place) and _is_name(words):
            starts.append((found, words))
    if made.kind != "text" or not [start for start, _ in starts if start]:
        yield made
        return
    if starts[0][0]:
        starts.insert(0, (0, made.lead))
    for (start, lead), (end, _) in pairwise([*starts, (len(made.text), "")]):
        yield replace(_part(made, start, end), lead=lead)


def _is_name(words: str) -> bool:
    name = words.rstrip(" :.-")
    return is_exercise_name(name) and not is_label(name) and not is_part(name)


def _part(made: Block, start: int, end: int) -> Block:
    before = bisect_right(made.starts, start) - 1
    inside = range(before + 1, bisect_left(made.starts, end))
    return replace(
        made,
        text=made.text[start:end].strip(),
        lines=(made.lines[before], *(made.lines[index] for index in inside)),
        starts=(0, *(made.starts[index] - start for index in inside)),
    )
