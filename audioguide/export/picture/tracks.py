"""One line of the picture: the tracks of one stretch above their axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioguide.drawing.labels import Label, Placed, place
from audioguide.drawing.scale import MARGIN, TimeLine
from audioguide.drawing.shapes import Shape, sound_name
from audioguide.drawing.svg import INK, MUTED, Box, Drawing
from audioguide.drawing.words import shortened, width
from audioguide.export.picture import breaths, holds
from audioguide.export.picture.phrases import Phrases
from audioguide.script.layout import Timed
from audioguide.units import clock

LEVEL = 11.5  # from one line of a label to the next
_CHAPTER_SIZE = 10
_AXIS_SIZE = 8.5
_LEAST_CHAPTER = 90
_SOUNDS_HIGH = 16
_BLOCK_HIGH = 9
_AXIS_HIGH = 18
SPEECH_COLOUR = "#3e4c59"  # the colour of what is said


@dataclass(frozen=True, slots=True)
class Tracks:
    """What is drawn, whichever line it falls on; `shapes` by sound, `length` of the file in ticks."""

    chapters: Sequence[tuple[int, str]]
    sounds: Sequence[Timed]
    holds: Sequence[Timed]
    curves: Sequence[tuple[Timed, float, float]]
    phrases: Phrases
    shapes: Mapping[str, Shape]
    length: int


class TrackLine:
    """One stretch with its tracks; the labels are placed before the first is drawn, to know the height."""

    __slots__ = ("_chapters", "_said", "_stretch", "_tracks")

    def __init__(self, stretch: TimeLine, tracks: Tracks) -> None:
        self._stretch = stretch
        self._tracks = tracks
        self._chapters = list(place(_chapter_labels(stretch, tracks.chapters), stretch.format.right))
        self._said = list(place(tracks.phrases.labels(stretch), stretch.format.right))

    @property
    def _lanes(self) -> dict[str, float]:
        tracks, here = self._tracks, self._stretch
        lanes: dict[str, float] = {}
        if self._chapters:
            lanes["chapter"] = _levels(self._chapters) * LEVEL + 4
        if any(here.holds(each.start) for each in tracks.sounds):
            lanes["sounds"] = _SOUNDS_HIGH
        if any(here.meets(each.start, each.end) for each in tracks.holds):
            lanes["hold"] = holds.HIGH + 5
        if any(here.meets(each.start, each.end) for each, *_ in tracks.curves):
            lanes["breath"] = breaths.HIGH + 3
        if any(here.meets(each.start, each.end) for each in tracks.phrases.all) or not lanes:
            lanes["voice"] = _BLOCK_HIGH + 5 + _levels(self._said) * LEVEL
        return lanes

    @property
    def high(self) -> float:
        """Return how high the line is, with its axis."""
        return sum(self._lanes.values()) + _AXIS_HIGH

    def draw(self, on: Drawing, y: float) -> None:
        """Draw the line with its top at `y`."""
        stretch, tracks, lanes = self._stretch, self._tracks, self._lanes
        _axis(on, stretch, y, y + self.high - _AXIS_HIGH, tracks.length)
        for start, _ in tracks.chapters:
            if stretch.holds(start):
                on.line(
                    stretch.x(start), y, stretch.x(start), y + self.high - _AXIS_HIGH,
                    stroke="#8795a1", dashes="2 3",
                )  # fmt: skip
        for name, high in lanes.items():
            middle = {"hold": holds.HIGH / 2, "breath": breaths.HIGH / 2, "voice": _BLOCK_HIGH / 2 + 2}
            on.text(
                MARGIN,
                y + middle.get(name, _SOUNDS_HIGH / 2 - 1) + 3,
                name,
                size=8.5,
                colour=MUTED,
                kind="track",
            )
            getattr(self, f"_{name}")(on, y)
            y += high

    def _chapter(self, on: Drawing, y: float) -> None:
        for placed in self._chapters:
            on.text(
                placed.x,
                y + 9 + placed.level * LEVEL,
                placed.label.lines[0],
                size=_CHAPTER_SIZE,
                halo=True,
                kind="chapter",
            )

    def _sounds(self, on: Drawing, y: float) -> None:
        for timed in self._tracks.sounds:
            if self._stretch.holds(timed.start) and timed.cue.sound:
                hint = f"{sound_name(timed.cue.sound)}, {clock(timed.start)}"
                x = self._stretch.x(timed.start)
                self._tracks.shapes[timed.cue.sound].draw(on, x, y + 7, hint, kind="sound")

    def _hold(self, on: Drawing, y: float) -> None:
        holds.draw_holds(on, self._stretch, y, self._tracks.holds)

    def _breath(self, on: Drawing, y: float) -> None:
        breaths.draw_breaths(on, self._stretch, y, self._tracks.curves)

    def _voice(self, on: Drawing, y: float) -> None:
        stretch = self._stretch
        for phrase in self._tracks.phrases.all:
            if stretch.meets(phrase.start, phrase.end):
                x, x_to = stretch.x(phrase.start), stretch.x(phrase.end)
                hint = f"{clock(phrase.start)} “{phrase.text}”"
                on.rect(
                    Box(x, y + 2, max(x_to - x - 0.4, 0.6), _BLOCK_HIGH), fill=SPEECH_COLOUR, round_=1.5,
                    hint=hint, kind="phrase",
                )  # fmt: skip
        for placed in self._said:
            for index, line in enumerate(placed.label.lines):
                at = y + _BLOCK_HIGH + 12 + (placed.level + index) * LEVEL
                on.text(placed.x, at, line, size=placed.label.size, halo=True, kind="said")


def _levels(placed: Sequence[Placed]) -> int:
    return max((each.levels for each in placed), default=0)


def _chapter_labels(stretch: TimeLine, chapters: Sequence[tuple[int, str]]) -> list[Label]:
    """Return the names of the chapters that start here, and before them the one that goes on."""
    labels = []
    before = [name for start, name in chapters if start < stretch.start]
    here = [(start, name) for start, name in chapters if stretch.holds(start)]
    left, right = stretch.format.left, stretch.format.right
    first = stretch.x(here[0][0]) if here else right
    if before and first - left >= _LEAST_CHAPTER:
        text = shortened(f"… {before[-1]}", _CHAPTER_SIZE, first - left - 6)
        labels.append(Label(left, (text,), _CHAPTER_SIZE))
    for start, name in here:
        x = stretch.x(start)
        text = shortened(name, _CHAPTER_SIZE, max(right - x - 3, _LEAST_CHAPTER))
        labels.append(Label(x + 3, (text,), _CHAPTER_SIZE))
    return labels


def _axis(on: Drawing, stretch: TimeLine, top: float, y: float, length: int) -> None:
    left, right = stretch.format.left, stretch.x(stretch.end)
    last = stretch.end == length
    begin, end = clock(stretch.start), f"end {clock(length)}"
    begin_to = left + width(begin, _AXIS_SIZE) / 2
    end_x = right
    if last:
        end_x = min(max(right, begin_to) + 5, stretch.format.right - width(end, _AXIS_SIZE))
    on.text(left, y + 14, begin, size=_AXIS_SIZE, anchor="middle", kind="axis")
    for tick, labelled in stretch.ticks():
        x, half = stretch.x(tick), width(clock(tick), _AXIS_SIZE) / 2
        if labelled:
            on.line(x, top, x, y)
        on.line(x, y, x, y + (5 if labelled else 3), stroke=MUTED)
        if labelled and x - half > begin_to + 4 and x + (half + 4 if last else 0) < end_x:
            on.text(x, y + 14, clock(tick), size=_AXIS_SIZE, colour=MUTED, anchor="middle", kind="axis")
    on.line(left, y, right, y, stroke=MUTED)
    if last:
        on.path(f"M{right:.1f} {y - 5:.1f}V{y + 5:.1f}", stroke=INK, thick=2)
        on.text(end_x, y + 14, end, size=_AXIS_SIZE, kind="axis")
