"""Holds as blocks: coloured by side, with a letter for the side, the length and the rep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from audioguide.drawing.scale import TimeLine
from audioguide.drawing.shapes import look_of
from audioguide.drawing.svg import Box, Drawing
from audioguide.drawing.words import width
from audioguide.script.layout import Timed
from audioguide.units import amount, clock

HIGH = 30
_PADDING = 5
_TIMES = "\u00d7"  # the sign of multiplication


def draw_holds(on: Drawing, stretch: TimeLine, y: float, holds: Sequence[Timed]) -> None:
    """Draw the part of each hold that is on this line, with its top at `y`."""
    again = repeated(holds)
    for timed in holds:
        if not stretch.meets(timed.start, timed.end):
            continue
        look = look_of(timed.cue.side)
        x, x_to = stretch.x(timed.start), stretch.x(timed.end)
        on.rect(
            Box(x, y, x_to - x, HIGH), fill=look.fill, stroke=look.edge, round_=2, hint=_hint(timed),
            kind="hold",
        )  # fmt: skip
        rep = f"#{timed.cue.rep}" if timed.cue.step in again else ""
        words = [word for word in (look.letters, amount(timed.length), rep) if word]
        if stretch.holds(timed.start):
            _label(on, x, y, x_to - x, words, colour=look.edge)
        else:
            _label(on, x, y, x_to - x, [f"… {' · '.join(words)}"], colour=look.edge)


def repeated(holds: Sequence[Timed]) -> set[str]:
    """Return the steps of those holds that come a second time."""
    return {timed.cue.step for timed in holds if (timed.cue.rep or 1) > 1}


def _label(on: Drawing, x: float, y: float, room: float, words: Sequence[str], *, colour: str) -> None:
    middle = x + room / 2
    for lines, size in _ways(words):
        if max(width(line, size) for line in lines) + _PADDING <= room:
            top = y + HIGH / 2 - len(lines) * size * 0.55
            for index, line in enumerate(lines):
                at = top + (index + 0.85) * size * 1.1
                on.text(middle, at, line, size=size, colour=colour, anchor="middle", kind="length")
            return
    turned = " ".join(words[:2])
    if room >= 10 and width(turned, 7.5) <= HIGH - 2:
        on.text_upwards(
            middle + 2.6, y + HIGH / 2, turned, size=7.5, colour=colour, anchor="middle", kind="length"
        )  # fmt: skip


def _ways(words: Sequence[str]) -> Iterator[tuple[list[str], float]]:
    yield [" · ".join(words)], 11
    if len(words) > 2:
        yield [f"{words[0]} · {words[1]}", words[2]], 10
    if len(words) > 1:
        yield [words[0], " ".join(words[1:])], 10
        yield [*words], 8.5


def _hint(timed: Timed) -> str:
    look = look_of(timed.cue.side)
    rep = f", rep {timed.cue.rep}" if timed.cue.rep else ""
    return f"{look.name}, {amount(timed.length)}{rep}, {clock(timed.start)} to {clock(timed.end)}"


def summary(holds: Sequence[Timed]) -> str:
    """Say how many holds there are, and of what length, on each side: "8 x 10 s"."""
    if not holds:
        return ""
    groups = Counter((timed.cue.side, timed.length) for timed in holds)
    total = f"{amount(sum(timed.length for timed in holds))} in all"
    if len(groups) > 6:
        shortest, longest = (amount(pick(timed.length for timed in holds)) for pick in (min, max))
        return f"{len(holds)}, of {shortest} to {longest}; {total}"
    parts = [
        " ".join(filter(None, (side, f"{count} {_TIMES}" if count > 1 else "", amount(length))))
        for (side, length), count in groups.items()
    ]
    return ", ".join(parts) + (f"; {total}" if len(holds) > 1 else "")
