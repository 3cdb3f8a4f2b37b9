"""The head of the picture: title, length, what the routine is for, settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioguide.drawing.scale import MARGIN
from audioguide.drawing.shapes import sound_name
from audioguide.drawing.svg import MUTED, WARNING
from audioguide.drawing.words import clean, shortened, width, wrapped
from audioguide.export.metadata import Metadata, avoided, safety_texts
from audioguide.export.picture.flow import Flow
from audioguide.export.picture.holds import summary
from audioguide.script.layout import Timed, Timeline
from audioguide.speech.pace import shown_voice
from audioguide.units import amount, clock, parse_duration

_TITLE = 24
_SIZE = 11.5
_ROW = 16
_BETWEEN = 26
_MOST_TITLE_LINES = 3


def draw_head(flow: Flow, timeline: Timeline, about: Metadata, holds: Sequence[Timed]) -> None:
    """Write the title, and below it what is known, each with its name."""
    wide = flow.format.wide - 2 * MARGIN
    lines = wrapped(clean(timeline.script.title), _TITLE, wide)
    if len(lines) > _MOST_TITLE_LINES:
        lines = [*lines[: _MOST_TITLE_LINES - 1], shortened(" ".join(lines[2:]), _TITLE, wide)]
    for line in lines:
        flow.on.text(MARGIN, flow.take(30) + 20, line, size=_TITLE, kind="title")
    flow.take(4)
    for row in _rows(timeline, about, holds):
        _draw_row(flow, row, wide)
    if beyond := timeline.script.beyond_bounds:
        text = f"Beyond the bounds of the routine: {', '.join(beyond)}"
        for line in wrapped(clean(text), _SIZE, wide):
            flow.on.text(MARGIN, flow.take(_ROW) + 11, line, size=_SIZE, colour=WARNING, kind="beyond")
    flow.take(8)


def _rows(timeline: Timeline, about: Metadata, holds: Sequence[Timed]) -> Iterator[list[tuple[str, str]]]:
    script = timeline.script
    holding = summary(holds)
    yield [("length", clock(timeline.length)), *about.facts, *([("holds", holding)] if holding else [])]
    settings = ", ".join(
        f"{name.replace('_', ' ')} {_value(value)}" for name, value in script.settings.items()
    )
    voice = shown_voice(script.voice.name, script.voice.engine, script.voice.rate)
    bed = sound_name(script.bed) if script.bed else ""
    yield [pair for pair in (("settings", settings), ("voice", voice), ("bed", bed)) if pair[1]]
    if avoid := avoided(script):
        yield [("avoid with", avoid)]
    if rules := safety_texts(script)[:-1]:  # the last of them stands at the foot of each page
        yield [("safety", " ".join(rules))]


def _value(value: str | int) -> str:
    try:
        # As it is asked for: --set hold=20s.
        return amount(parse_duration(value)).replace(" ", "") if isinstance(value, str) else str(value)
    except ValueError:  # a timed script that somebody edited may say anything
        return str(value)


def _draw_row(flow: Flow, row: Sequence[tuple[str, str]], wide: float) -> None:
    """Write names and values behind one another; what does not fit goes to the next row."""
    x, y = 0.0, flow.take(_ROW)
    for name, value in row:
        named = width(f"{name}  ", _SIZE)
        if x and x + named + width(value, _SIZE) > wide:
            x, y = 0.0, flow.take(_ROW)
        flow.on.text(MARGIN + x, y + 11, name, size=_SIZE, colour=MUTED, kind="name")
        x += named
        lines = wrapped(clean(value), _SIZE, wide - x)
        for index, line in enumerate(lines):
            y = flow.take(_ROW) if index else y
            flow.on.text(MARGIN + x, y + 11, line, size=_SIZE, kind="value")
        x = wide if len(lines) > 1 else x + width(value, _SIZE) + _BETWEEN
