"""Breaths as a wave: it rises with the breath in and sinks with the breath out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from audioguide.drawing.scale import TimeLine
from audioguide.drawing.svg import MUTED, Drawing, number
from audioguide.script.layout import Timed
from audioguide.script.script import Phase

HIGH = 20
_POINT_APART = 3  # units between two points of the curve
_BETWEEN: dict[Phase, tuple[float, float]] = {"in": (0, 1), "full": (1, 1), "out": (1, 0), "empty": (0, 0)}


def breath_curves(cues: Sequence[Timed]) -> list[tuple[Timed, float, float]]:
    """Return each phase of a breath with the height of the wave at its start and its end, from 0 to 1."""
    breaths = [timed for timed in cues if timed.cue.tone or timed.cue.kind == "breath"]
    curves: list[tuple[Timed, float, float]] = []
    for _, cycle in groupby(
        breaths, key=lambda timed: (timed.cue.step, timed.cue.rep, timed.cue.tone is None)
    ):
        curves += _cycle(list(cycle))
    return curves


def _cycle(cycle: list[Timed]) -> list[tuple[Timed, float, float]]:
    if cycle[0].cue.tone:
        return [(timed, *_BETWEEN[timed.cue.tone.phase]) for timed in cycle if timed.cue.tone]
    # Without tones a cue does not say which phase it is: the first is the breath in, the rest sinks.
    sinking = [1 - index / max(1, len(cycle) - 1) for index in range(len(cycle))]
    heights = [0.0, *sinking]
    return [(timed, heights[index], heights[index + 1]) for index, timed in enumerate(cycle)]


def draw_breaths(
    on: Drawing, stretch: TimeLine, y: float, curves: Sequence[tuple[Timed, float, float]]
) -> None:
    """Draw the wave of this line, with its top at `y`."""
    points: list[str] = []
    last = -1
    for timed, low, high in curves:
        if not stretch.meets(timed.start, timed.end):
            continue
        points += _points(timed, low, high, stretch, y, begin=timed.start != last)
        last = timed.end
    if points:
        on.path("".join(points), stroke=MUTED, thick=1.6, kind="breath")


def _points(timed: Timed, low: float, high: float, stretch: TimeLine, y: float, *, begin: bool) -> list[str]:
    start, end = max(timed.start, stretch.start), min(timed.end, stretch.end)
    count = max(1, round((stretch.x(end) - stretch.x(start)) / _POINT_APART))
    points = []
    for index in range(count + 1):
        tick = start + (end - start) * index / count
        part = (tick - timed.start) / timed.length
        height = low + (high - low) * (1 - math.cos(math.pi * part)) / 2
        move = "M" if index == 0 and begin else "L"
        x = stretch.x(start) + (stretch.x(end) - stretch.x(start)) * index / count
        points.append(f"{move}{number(x)} {number(y + HIGH - 3 - height * (HIGH - 6))}")
    return points
