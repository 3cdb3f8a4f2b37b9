"""Pages, filled from top to bottom, and then laid out side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from audioguide.drawing.scale import MARGIN, Paper
from audioguide.drawing.svg import GRID, MUTED, Drawing
from audioguide.drawing.words import shortened
from audioguide.routine.language.notices import DISCLAIMER

_FOOT = 30
_RUNNING = 26
_SIZE = 9.5
_ESTIMATED = "Moments are estimated from the text; holds and breaths are exact."


@dataclass(slots=True)
class Flow:
    """Where the next thing goes: `y` on the page `page`, counted from 0; pages lie below one another."""

    format: Paper
    title: str
    on: Drawing = field(default_factory=Drawing)
    page: int = 0
    y: float = MARGIN
    begun: list[int] = field(default_factory=lambda: [0])  # the first part of each page

    @property
    def room(self) -> float:
        """Return how much is left of this page."""
        return (self.page + 1) * self.format.high - MARGIN - _FOOT - self.y

    @property
    def full_room(self) -> float:
        """Return how much a new page has."""
        return self.format.high - 2 * MARGIN - _FOOT - _RUNNING

    def take(self, high: float, *, keep: float = 0) -> float:
        """Return the top of the next `high` units, on a new page unless `keep` more fit behind them."""
        if high + keep > self.room and self.y > self.page * self.format.high + MARGIN:
            self.turn()
        top = self.y
        self.y += high
        return top

    def turn(self) -> None:
        """Begin a new page, which repeats the title."""
        self.page += 1
        self.begun.append(len(self.on.parts))
        self.y = self.page * self.format.high + MARGIN
        wide = self.format.wide - 2 * MARGIN
        self.on.text(
            MARGIN, self.y + 8, shortened(self.title, 11, wide), size=11, colour=MUTED, kind="running"
        )
        self.y += _RUNNING

    def sheet(self) -> Sheet:
        """Return all pages with their feet, in rows and columns: the whole has the shape of one."""
        pages = self.page + 1
        across = math.isqrt(pages - 1) + 1 if pages > 1 else 1
        sheet = Sheet(self.format.wide * across, self.format.high * -(-pages // across))
        for page, (first, behind) in enumerate(pairwise([*self.begun, len(self.on.parts)])):
            drawn = Drawing(self.on.parts[first:behind])
            self._foot(drawn, page, pages)
            down, right = divmod(page, across)
            moved = right * self.format.wide, (down - page) * self.format.high
            sheet.on.group(drawn, moved)
        return sheet

    def _foot(self, on: Drawing, page: int, pages: int) -> None:
        left, right = MARGIN, self.format.wide - MARGIN
        y = (page + 1) * self.format.high - MARGIN
        on.line(left, y - 16, right, y - 16, stroke=GRID)
        on.text(left, y, DISCLAIMER, size=_SIZE, kind="foot")
        count = f"  {page + 1} / {pages}" if pages > 1 else ""
        on.text(right, y, _ESTIMATED + count, size=_SIZE - 1, colour=MUTED, anchor="end", kind="foot")


@dataclass(slots=True)
class Sheet:
    """A finished picture of `wide` by `high` units."""

    wide: int
    high: int
    on: Drawing = field(default_factory=Drawing)
