"""One line of time in the picture of a proof: bands of holds, the waveform, chimes, words, the axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.drawing.labels import Label, place
from audioguide.drawing.scale import TimeLine
from audioguide.drawing.shapes import Shape, look_of, sound_name
from audioguide.drawing.svg import GRID, INK, MUTED, WARNING, Box, Drawing, number
from audioguide.drawing.words import shortened, width
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, clock, seconds
from audioguide.verifier.figures import clicked
from audioguide.verifier.holds import Held
from audioguide.verifier.proof import Proof

_BAND = 16  # for the words of a hold, above the wave
_WAVE = 52
_TEXT_LEVELS, _TEXT = 4, 11
_AXIS = 18
_LONGEST = 300
HIGH = _BAND + _WAVE + 20 + _TEXT_LEVELS * _TEXT + _AXIS
_SIZE, _SMALL = 10, 9
_SOFTEST_DB, _SKIPPED_DB = -60.0, -30.0
_WAVE_COLOUR = "#46627f"


@dataclass(frozen=True, slots=True)
class WaveLine:
    """What is heard in one stretch of the file."""

    stretch: TimeLine
    proof: Proof
    shapes: Mapping[str, Shape]

    def draw(self, on: Drawing, y: float) -> None:
        """Draw the line below `y`."""
        wave = y + _BAND
        for held in self.proof.holds:
            self._hold(on, held, y)
        self._grid(on, wave)
        on.path(self._outline(wave + _WAVE / 2), fill=_WAVE_COLOUR, kind="wave")
        self._sounds(on, wave + _WAVE + 8)
        self._clicks(on, wave)
        self._words(on, wave + _WAVE + 14)
        self._axis(on, y + HIGH - _AXIS)

    def _grid(self, on: Drawing, y: float) -> None:
        left, right, middle = (
            self.stretch.x(self.stretch.start),
            self.stretch.x(self.stretch.end),
            y + _WAVE / 2,
        )
        on.line(left, middle, right, middle)
        for side in (-1, 1):
            level = middle + side * _height(np.array(_SKIPPED_DB))
            on.line(left, float(level), right, float(level), stroke=MUTED, dashes="4 3")

    def _outline(self, middle: float) -> str:
        """Return the path of the highest peak at each unit of length, on both sides of the middle."""
        first, last = self.stretch.start, self.stretch.end
        left, right = self.stretch.x(first), self.stretch.x(last)
        columns = max(1, round(right - left))
        edges = np.unique(np.linspace(first, last, columns + 1).astype(int))
        peaks = self.proof.levels.peaks[: max(last, 1)]
        if not len(peaks) or edges[0] >= len(peaks):
            return ""
        highest = np.maximum.reduceat(peaks, edges[:-1][edges[:-1] < len(peaks)])
        heights = _height(20 * np.log10(np.maximum(highest, 1e-9)))
        xs = [self.stretch.x(int(tick)) for tick in edges]
        return "".join(_lobes(xs, [float(each) for each in heights], middle))

    def _hold(self, on: Drawing, held: Held, y: float) -> None:
        start, end = held.hold.start, held.hold.start + held.hold.length
        if not self.stretch.meets(start, end):
            return
        look = look_of(held.hold.side or None)
        x, x_to = self.stretch.x(start), self.stretch.x(end)
        wrong = held.stands is False
        on.rect(
            Box(x, y, x_to - x, _BAND + _WAVE), fill=look.fill, stroke=WARNING if wrong else look.edge,
            kind="hold", hint=f"{look.name}: {held.promised_s:g} s promised, {_measured(held)}",
        )  # fmt: skip
        shown = next(
            (text for text in _label_texts(held, look.letters) if width(text, _SIZE) < x_to - x - 6), ""
        )
        on.text(x + 4, y + 12, shown, size=_SIZE, colour=WARNING if wrong else INK)

    def _sounds(self, on: Drawing, y: float) -> None:
        for each in self.proof.sounds:
            tick = each.sound.start + round((each.off or 0.0) / TICK_SAMPLES)
            if not self.stretch.holds(tick):
                continue
            heard = "is not heard" if each.off is None else f"{1000 * each.off / SAMPLE_RATE:+.3f} ms"
            name, x = sound_name(each.sound.name), self.stretch.x(tick)
            if each.off is not None:
                self.shapes[each.sound.name].draw(on, x, y, hint=f"{name}: {heard}", kind="sound")
            if not each.stands:
                on.text(
                    x + 7, y + 4, f"{name} {heard}", size=_SMALL, colour=WARNING, halo=True, kind="fault"
                )  # fmt: skip

    def _clicks(self, on: Drawing, y: float) -> None:
        for click in clicked(self.proof.levels, self.proof.promise):
            if self.stretch.holds(click // TICK_SAMPLES):
                x = self.stretch.x(click // TICK_SAMPLES)
                on.line(x, y, x, y + _WAVE, stroke=WARNING)
                on.text(x + 3, y + 9, "click", size=_SMALL, colour=WARNING, halo=True, kind="fault")

    def _words(self, on: Drawing, y: float) -> None:
        """Write each phrase below its sound, where there is room; the full text is its hint."""
        phrases = [each for each in self.proof.phrases if self.stretch.holds(each.phrase.start)]
        labels = [
            Label(self.stretch.x(each.phrase.start), (shortened(each.phrase.text, _SMALL, _LONGEST),), _SMALL)
            for each in phrases
        ]
        fault_at = {id(label): bool(each.fault) for label, each in zip(labels, phrases, strict=True)}
        for placed in place(labels, self.stretch.format.right):
            if placed.level < _TEXT_LEVELS:
                colour = WARNING if fault_at[id(placed.label)] else INK
                text = placed.label.lines[0]
                on.text(
                    placed.x, y + (placed.level + 1) * _TEXT, text, size=_SMALL, colour=colour, kind="words"
                )

    def _axis(self, on: Drawing, y: float) -> None:
        left, right = self.stretch.x(self.stretch.start), self.stretch.x(self.stretch.end)
        on.line(left, y, right, y, stroke=MUTED)
        for tick, labelled in self.stretch.ticks():
            x = self.stretch.x(tick)
            on.line(x, y, x, y + (6 if labelled else 3), stroke=MUTED if labelled else GRID)
            if labelled:
                on.text(x, y + 15, clock(tick), size=_SMALL, colour=MUTED, anchor="middle", kind="axis")


def _height(level: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.clip(1 - level / _SOFTEST_DB, 0, 1) * (_WAVE / 2))


def _lobes(xs: list[float], heights: list[float], middle: float) -> Iterator[str]:
    """Yield a closed outline for each stretch that sounds; silence is the line of the grid."""
    run: list[int] = []
    for column, height in enumerate([*heights, 0.0]):
        if height > 0:
            run.append(column)
        elif run:
            steps = [(xs[each], heights[each]) for each in run] + [(xs[run[-1] + 1], heights[run[-1]])]
            above = "L".join(f"{number(x)} {number(middle - high)}" for x, high in steps)
            below = "L".join(f"{number(x)} {number(middle + high)}" for x, high in reversed(steps))
            yield f"M{above}L{below}Z"
            run = []


def _label_texts(held: Held, letters: str) -> Iterator[str]:
    side = f"{letters}: " if letters else ""
    yield f"{side}{held.promised_s:g} s promised, {_measured(held)}"
    if held.measured_s is not None:
        yield f"{side}{held.promised_s:g} s, {_off(held)}"
        yield f"{held.promised_s:g} s, {_off(held)}"
    yield f"{side}{held.promised_s:g} s"
    yield f"{held.promised_s:g}"


def _measured(held: Held) -> str:
    if held.measured_s is None:
        return "not measurable" if not held.marked else held.why
    return f"{held.measured_s:.6f} s heard"


def _off(held: Held) -> str:
    off = round(held.off or 0.0)
    return "exact" if not off else f"{off / (TICK_SAMPLES / seconds(1)):+.3f} ms"
