"""The whole timeline as one ribbon, for a page: holds by side, breaths, words, and the time below."""

from __future__ import annotations

from audioguide.drawing.shapes import look_of
from audioguide.drawing.svg import GRID, MUTED, Box, Drawing
from audioguide.drawing.words import width
from audioguide.export.spoken import spoken
from audioguide.script.layout import Timeline
from audioguide.units import TICKS_PER_SECOND, clock

_WIDE, _HIGH = 720, 74
_TOP, _BAND = 4, 30  # of the holds
_WORDS = 40  # top of what is said
_AXIS = 54
_SIZE = 10
_STEPS = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_APART = 52  # units between two labels, at least


def ribbon(timeline: Timeline) -> str:
    """Return the timeline as an SVG of 720 by 74 units, about as wide as a page."""
    on = Drawing()
    length = max(timeline.length, 1)

    def x(tick: int) -> float:
        return tick * _WIDE / length

    on.rect(Box(0, _TOP, _WIDE, _BAND), fill="#f4f6f8", round_=2)
    for timed in timeline.cues:
        start, wide = x(timed.start), max(x(timed.end) - x(timed.start), 0.8)
        if timed.cue.kind == "hold":
            look = look_of(timed.cue.side)
            on.rect(Box(start, _TOP, wide, _BAND), fill=look.fill, stroke=look.edge, kind="hold")
            if wide > width(look.letters, _SIZE) + 4:
                on.text(
                    start + wide / 2, _TOP + 19, look.letters, size=_SIZE, colour=look.edge, anchor="middle"
                )
        elif timed.cue.kind == "breath" or timed.cue.tone:
            on.rect(Box(start, _TOP + 11, wide, 8), fill="#c9b6d6", kind="breath")
    for phrase in spoken(timeline):
        on.rect(Box(x(phrase.start), _WORDS, max(x(phrase.end) - x(phrase.start), 0.8), 6), fill="#3e4c59")
    _axis(on, timeline.length)
    return on.document(_WIDE, _HIGH, "Timeline", "Holds and breaths above, words below, and the time.")


def _axis(on: Drawing, length: int) -> None:
    on.line(0, _AXIS, _WIDE, _AXIS, stroke=MUTED)
    end = clock(length)
    seconds = max(length, 1) / TICKS_PER_SECOND
    step = next((step for step in _STEPS if step * _WIDE / seconds >= _APART), _STEPS[-1])
    for second in range(0, int(seconds) + 1, step):
        x = second * _WIDE / seconds
        on.line(x, _AXIS, x, _AXIS + 4, stroke=GRID if second else MUTED)
        label = clock(second * TICKS_PER_SECOND)
        if x + width(label, _SIZE) < _WIDE - width(end, _SIZE) - 8:
            anchor = "middle" if second else "start"
            on.text(x, _AXIS + 16, label, size=_SIZE, colour=MUTED, anchor=anchor)
    on.text(_WIDE, _AXIS + 16, end, size=_SIZE, anchor="end")
