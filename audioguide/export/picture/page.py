"""The whole picture: head, legend, the lines of time, what is said, and the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.drawing.picture import Picture
from audioguide.drawing.scale import Paper, TimeLine
from audioguide.drawing.shapes import shapes
from audioguide.export.metadata import Metadata
from audioguide.export.picture.breaks import stretches, torn
from audioguide.export.picture.breaths import breath_curves
from audioguide.export.picture.flow import Flow
from audioguide.export.picture.head import draw_head
from audioguide.export.picture.legend import draw_legend
from audioguide.export.picture.phrases import phrases
from audioguide.export.picture.said import draw_said
from audioguide.export.picture.tracks import TrackLine, Tracks
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.script.chapters import named
from audioguide.script.layout import Timeline
from audioguide.script.script import PLAYER_CHECK
from audioguide.units import TICKS_PER_SECOND, clock

# A4, with a unit of a quarter of a millimetre.
_WIDE, _HIGH = 840, 1188
_FORMATS = tuple(
    Paper(wide, high, seconds)
    for wide, high, seconds in (
        (_HIGH, _WIDE, 15), (_HIGH, _WIDE, 30), (_HIGH, _WIDE, 45), (_HIGH, _WIDE, 60), (_HIGH, _WIDE, 90),
        (_WIDE, _HIGH, 60), (_WIDE, _HIGH, 90), (_WIDE, _HIGH, 120),
    )
)  # fmt: skip
# A3: a session by chapters, one or two a line, on one sheet that can be read on A4 as well.
_SHEETS = tuple(Paper(1188, 1680, seconds) for seconds in (120, 150, 180, 240, 300))
_QUIET = (Paper(_WIDE, _HIGH, 300), Paper(_WIDE, _HIGH, 600))
_FEW = 2  # phrases a minute: such a timer needs no fine scale
_LONG = (120, 180, 300, 600, 1800, 3600, 7200)
_MOST_WIDE, _MOST_HIGH = 4, 14  # whole lines on one page
_MOST = 32  # lines of a picture of many pages
_APART = 12  # lines of time


def picture(timeline: Timeline, about: Metadata | None = None) -> Picture:
    """Draw the timeline as an SVG document: one A4 page, one of A3, or A3 pages in rows and columns.

    The finest scale that makes do with one page is taken, best one that breaks no hold
    and no run of breaths. The whole has the proportions of A4 however many pages there are.

    One unit is a quarter of a millimetre. Texts are escaped; nothing is fetched from elsewhere.
    """
    about = about or Metadata()
    said = sum(timed.cue.kind in ("say", "mark") for timed in timeline.cues)
    quiet = said * 60 * TICKS_PER_SECOND <= _FEW * timeline.length
    flow = _on_one_page(timeline, about, (*_FORMATS, *(_QUIET if quiet else ())))
    flow = flow or _on_one_page(timeline, about, _SHEETS) or _long(timeline, about)
    return _document(flow, timeline)


def _on_one_page(timeline: Timeline, about: Metadata, formats: Sequence[Paper]) -> Flow | None:
    """Return the first of `formats` that makes do with one page, best one that breaks nothing."""
    second_best: Flow | None = None
    for each in formats:
        most = _MOST_WIDE if each.wide > each.high else _MOST_HIGH
        if timeline.length > each.step * most:
            continue
        lines = stretches(timeline, each)
        flow = _drawn(timeline, about, each, lines)
        if flow.page:
            continue
        if not torn(timeline, lines):
            return flow
        second_best = second_best or flow
    return second_best


def _long(timeline: Timeline, about: Metadata) -> Flow:
    wanted = [seconds for seconds in _LONG if timeline.length <= seconds * TICKS_PER_SECOND * _MOST]
    format_ = Paper(_SHEETS[0].wide, _SHEETS[0].high, (wanted or _LONG[-1:])[0])
    return _drawn(timeline, about, format_, stretches(timeline, format_))


def _drawn(timeline: Timeline, about: Metadata, format_: Paper, lines: Sequence[TimeLine]) -> Flow:
    flow = Flow(format_, timeline.script.title)
    holds = [timed for timed in timeline.cues if timed.cue.kind == "hold"]
    sounds = [timed for timed in timeline.cues if timed.cue.sound]
    tracks = Tracks(
        chapters=list(named(timeline).items()), sounds=sounds, holds=holds,
        curves=breath_curves(timeline.cues), phrases=phrases(timeline, lines), length=timeline.length,
        shapes=shapes(timed.cue.sound for timed in sounds if timed.cue.sound),
    )  # fmt: skip
    draw_head(flow, timeline, about, [timed for timed in holds if timed.cue.step != PLAYER_CHECK])
    draw_legend(flow, tracks)
    for stretch in lines:
        line = TrackLine(stretch, tracks)
        line.draw(flow.on, flow.take(line.high))
        flow.take(_APART)
    draw_said(flow, tracks.phrases.numbers)
    return flow


def _document(flow: Flow, timeline: Timeline) -> Picture:
    words = f"The timeline of a guided routine of {clock(timeline.length)}. {DISCLAIMER}"
    sheet = flow.sheet()
    return Picture(
        sheet.on.document(sheet.wide, sheet.high, timeline.script.title, words), sheet.wide, sheet.high
    )
