"""The list of what is said, in columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioguide.drawing.scale import MARGIN
from audioguide.drawing.svg import MUTED
from audioguide.drawing.words import wrapped
from audioguide.export.picture.flow import Flow

_SIZE = 10
_ROW = 13
_NUMBER = 24  # room for a number
_BETWEEN = 22  # columns
_HEADING = 24
_WORTHWHILE = 4  # rows that are worth beginning on what is left of a page
_LEAST_COLUMN = 320
_MOST_ROWS = 40  # of one text: no page has fewer


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    lines: Sequence[str]


def draw_said(flow: Flow, numbers: Mapping[str, int]) -> None:
    """Write what is said below its numbers, in columns; narrower ones where that saves a page."""
    rest = list(numbers)
    heading = "What is said"
    while rest:
        here, there = (int((room - _HEADING) // _ROW) for room in (flow.room, flow.full_room))
        columns, left = _columns(flow, numbers, rest, here)
        if left and (here < _WORTHWHILE or not _columns(flow, numbers, rest, there)[1]) and here < there:
            flow.turn()
            continue
        y = flow.take(_HEADING)
        flow.on.text(MARGIN, y + 14, heading, size=12, colour=MUTED, kind="heading")
        top = flow.take(max(sum(len(entry.lines) for entry in column) for column in columns) * _ROW)
        for index, column in enumerate(columns):
            _draw(flow, column, MARGIN + index * _pitch(flow, len(columns)), top)
        rest = rest[len(rest) - len(left) :]
        heading = "What is said, continued"


def _columns(
    flow: Flow, numbers: Mapping[str, int], texts: Sequence[str], rows: int
) -> tuple[list[list[_Entry]], list[_Entry]]:
    """Return the columns of one page, and what is left; one column more where then nothing is left."""
    usual = int((flow.format.wide - 2 * MARGIN + _BETWEEN) // (_LEAST_COLUMN + _BETWEEN))
    usual_way, narrow_way = (
        _packed(_entries(texts, numbers, _pitch(flow, count)), count, rows) for count in (usual, usual + 1)
    )
    return narrow_way if usual_way[1] and not narrow_way[1] else usual_way


def _pitch(flow: Flow, count: int) -> float:
    return (flow.format.wide - 2 * MARGIN + _BETWEEN) / count


def _entries(texts: Sequence[str], numbers: Mapping[str, int], pitch: float) -> list[_Entry]:
    room = pitch - _BETWEEN - _NUMBER
    return [_Entry(numbers[text], wrapped(text, _SIZE, room)[:_MOST_ROWS]) for text in texts]


def _draw(flow: Flow, entries: Sequence[_Entry], x: float, y: float) -> None:
    for entry in entries:
        flow.on.text(
            x + _NUMBER - 8, y + 10, str(entry.number), size=_SIZE, colour=MUTED, anchor="end", kind="number"
        )
        for line in entry.lines:
            flow.on.text(x + _NUMBER, y + 10, line, size=_SIZE, kind="entry")
            y += _ROW


def _packed(entries: Sequence[_Entry], count: int, most_rows: int) -> tuple[list[list[_Entry]], list[_Entry]]:
    """Return columns that are about equally high, and what does not go on this page."""
    rows = sum(len(entry.lines) for entry in entries)
    for limit in range(math.ceil(rows / count), most_rows + 1):
        columns, rest = _filled(entries, count, limit)
        if not rest:
            return columns + [[]] * (count - len(columns)), rest
    return _filled(entries, count, most_rows)


def _filled(entries: Sequence[_Entry], count: int, limit: int) -> tuple[list[list[_Entry]], list[_Entry]]:
    columns: list[list[_Entry]] = [[]]
    rows = 0
    for index, entry in enumerate(entries):
        if rows + len(entry.lines) > limit:
            if len(columns) == count or len(entry.lines) > limit:
                return columns, list(entries[index:])
            columns.append([])
            rows = 0
        columns[-1].append(entry)
        rows += len(entry.lines)
    return columns, []
