"""What the marks and colours of this picture mean; only those that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from audioguide.drawing.scale import MARGIN
from audioguide.drawing.shapes import LOOKS, Look, look_of, sound_name
from audioguide.drawing.svg import INK, MUTED, Box, Drawing
from audioguide.drawing.words import shortened, width
from audioguide.export.picture.flow import Flow
from audioguide.export.picture.holds import repeated
from audioguide.export.picture.tracks import SPEECH_COLOUR, Tracks

_SIZE = 9.5
_ROW = 18
_ICON = 26
_BETWEEN = 16
_MOST = 240

Icon = Callable[[Drawing, float, float], None]


def draw_legend(flow: Flow, tracks: Tracks) -> None:
    """Draw the legend, in as many rows as it needs."""
    left, right = MARGIN, flow.format.right
    x, y = float(left), flow.take(_ROW)
    for icon, text in _items(tracks):
        words = shortened(text, _SIZE, _MOST)
        wide = _ICON + width(words, _SIZE)
        if x + wide > right:
            x, y = float(left), flow.take(_ROW)
        icon(flow.on, x, y + 8)
        flow.on.text(x + _ICON, y + 11.5, words, size=_SIZE, colour=MUTED, kind="legend")
        x += wide + _BETWEEN
    flow.take(8)


def _items(tracks: Tracks) -> Iterator[tuple[Icon, str]]:
    for sound, shape in tracks.shapes.items():
        yield partial(_sound, shape.draw), sound_name(sound)
    sides = {timed.cue.side for timed in tracks.holds}
    own = dict.fromkeys(timed.cue.side for timed in tracks.holds if timed.cue.side not in LOOKS)
    for side in (*LOOKS, *own):
        if side in sides:
            look = look_of(side)
            yield partial(_hold, look), f"hold, {look.name}" if side else "hold"
    if repeated(tracks.holds):
        yield partial(_word, "#2"), "second time"
    if tracks.curves:
        yield _wave, "breath in and out"
    if tracks.phrases.all:
        yield _voice, "voice"
    if tracks.phrases.numbers:
        yield partial(_word, "7"), "the words are in the list"


def _sound(draw: Callable[[Drawing, float, float], None], on: Drawing, x: float, y: float) -> None:
    draw(on, x + 14, y)


def _hold(look: Look, on: Drawing, x: float, y: float) -> None:
    on.rect(Box(x, y - 6.5, 22, 13), fill=look.fill, stroke=look.edge, round_=2)
    on.text(x + 11, y + 3.2, look.letters, size=9, colour=look.edge, anchor="middle", kind="legend")


def _word(word: str, on: Drawing, x: float, y: float) -> None:
    on.text(x + 21, y + 3.5, word, size=_SIZE, colour=INK, anchor="end", kind="legend")


def _wave(on: Drawing, x: float, y: float) -> None:
    on.path(f"M{x} {y + 4}c4 0 4 -8 8 -8s4 8 10 8", stroke=MUTED, thick=1.6)


def _voice(on: Drawing, x: float, y: float) -> None:
    on.rect(Box(x, y - 4.5, 22, 9), fill=SPEECH_COLOUR, round_=1.5)
