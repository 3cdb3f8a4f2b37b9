"""The cover that a player shows: title, length, and the timeline as a dial that begins at twelve o'clock."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator

from audioguide.drawing.picture import needs
from audioguide.drawing.svg import Box, Drawing, number
from audioguide.drawing.words import clean, shortened, width, wrapped
from audioguide.errors import OutputError
from audioguide.export.spoken import spoken
from audioguide.script.layout import Timeline
from audioguide.script.script import Side
from audioguide.storage.cache import Cache, key_of
from audioguide.units import clock

SIZE = 500  # units and pixels of each edge: sharp on a locked screen, 20 to 30 kB
_MIDDLE = SIZE / 2
_PAPER = ("#1d3557", "#1f4e5f", "#3d405b", "#2b4a3c", "#4a3b5c", "#5a3a3a")
_PALE = "#ffffff"
_RING = "#ffffff22"
_HOLDS: dict[Side | None, str] = {
    "left": "#8ecae6", "right": "#ffc45c", "both": "#a5dcae", None: "#f1ece2",
}  # fmt: skip
_BREATHS = "#e0b1cb"
_STEPS = 720  # places on the dial: what is finer could not be seen
_DIAL, _THICK = 128, 40  # radius and width of the ring
_VOICE = 94  # radius of the thin ring of what is said
_TITLE_SIZES = (60, 52, 45, 39)
_TITLE_LINES = 2
_MARGIN = 30
LAST_LATIN = "\u024f"  # up to here, the font has each letter


def cover(timeline: Timeline, cache: Cache | None = None) -> bytes:
    """Return the cover as a PNG of 500 by 500 pixels; the same timeline gives the same picture.

    It is kept in `cache`, as drawing it costs more than all the rest of a second render. What no font of this
    machine can draw is left out of the title. Raises OutputError where it cannot be drawn.
    """
    svg = cover_svg(timeline, _drawable(clean(timeline.script.title)))
    key = key_of("cover/1", svg)
    drawn = cache.get(key) if cache else None
    if drawn is None:
        drawn = _png(svg)
        if cache:
            cache.put(key, drawn)
    return drawn


def _png(svg: str) -> bytes:
    try:  # with a renderer that is loaded only where it is needed
        from audioguide.drawing.png import png

        return png(svg, SIZE // 2, SIZE // 2)
    except ImportError as error:
        raise OutputError(needs("a cover", error)) from error


def _drawable(title: str) -> str:
    if max(title, default="") <= LAST_LATIN:
        return title
    try:
        from audioguide.drawing.png import drawable

        return clean(drawable(title))
    except ImportError as error:
        raise OutputError(needs("a cover", error)) from error


def cover_svg(timeline: Timeline, title: str | None = None) -> str:
    """Return the cover as an SVG document of 500 by 500 units; `title` is what is shown of the title."""
    on = Drawing()
    whole = clean(timeline.script.title)
    title = whole if title is None else title
    on.rect(Box(0, 0, SIZE, SIZE), fill=_paper(whole))
    middle = 330.0
    lines, size = _title(title)
    first = 108 - (len(lines) - 1) * size * 0.55
    for index, line in enumerate(lines):
        on.text(_MIDDLE, first + index * size * 1.12, line, size=size, colour=_PALE, anchor="middle")
    _dial(on, middle, timeline)
    length = clock(timeline.length)
    size = 58 if len(length) < 5 else 46 if len(length) == 5 else 34
    on.text(_MIDDLE, middle + size * 0.36, length, size=size, colour=_PALE, anchor="middle")
    return on.document(SIZE, SIZE, title, f"Cover of a guided routine of {length}.")


def _paper(title: str) -> str:
    # All sessions of a plan ("Knee to chest, 3 of 12") have one colour.
    chosen = hashlib.sha256(title.partition(",")[0].encode()).digest()[0]
    return _PAPER[chosen % len(_PAPER)]


def _title(title: str) -> tuple[list[str], float]:
    room = SIZE - 2 * _MARGIN
    for size in _TITLE_SIZES:
        lines = wrapped(title, size, room)
        whole = all(width(word, size) <= room for word in title.split())
        if len(lines) <= _TITLE_LINES and whole:
            return lines, size
    size = _TITLE_SIZES[-1]
    lines = wrapped(title, size, room)
    return [*lines[:1], *(shortened(" ".join(lines[1:]), size, room) for _ in lines[1:2])], size


def _dial(on: Drawing, y: float, timeline: Timeline) -> None:
    on.path(_arcs([(0, _STEPS)], _DIAL, y), stroke=_RING, thick=_THICK)
    breaths = [(each.start, each.end) for each in timeline.cues if each.cue.kind == "breath" or each.cue.tone]
    _ring(on, y, timeline.length, breaths, colour=_BREATHS, thick=_THICK * 0.45)
    for side, colour in _HOLDS.items():
        held = [
            (each.start, each.end)
            for each in timeline.cues
            if each.cue.kind == "hold" and (each.cue.side if each.cue.side in _HOLDS else None) == side
        ]
        _ring(on, y, timeline.length, held, colour=colour, thick=_THICK)
    said = [(each.start, each.end) for each in spoken(timeline)]
    _ring(on, y, timeline.length, said, colour=_PALE, thick=5, radius=_VOICE)


def _ring(
    on: Drawing, y: float, length: int, times: Iterable[tuple[int, int]], *, colour: str, thick: float,
    radius: float = _DIAL,
) -> None:  # fmt: skip
    if places := list(_places(times, length)):
        on.path(_arcs(places, radius, y), stroke=colour, thick=thick)


def _places(times: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Yield where on the dial those times lie; what touches is one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(times):
        first = start * _STEPS // max(length, 1)
        behind = max(first + 1, round(end * _STEPS / max(length, 1)))
        if last and first <= last[1]:
            last = (last[0], max(last[1], behind))
            continue
        if last:
            yield last
        last = (first, behind)
    if last:
        yield last


def _arcs(places: Iterable[tuple[int, int]], radius: float, y: float) -> str:
    path = ""
    for first, behind in places:
        # In two halves: an arc that ends where it begins is none.
        middle = (first + behind) / 2
        points = [_point(place, radius, y) for place in (first, middle, behind)]
        arc = f"A{number(radius)} {number(radius)} 0 0 1 "
        path += f"M{points[0]}{arc}{points[1]}{arc}{points[2]}"
    return path


def _point(place: float, radius: float, y: float) -> str:
    angle = 2 * math.pi * place / _STEPS
    return f"{number(_MIDDLE + radius * math.sin(angle))} {number(y - radius * math.cos(angle))}"
