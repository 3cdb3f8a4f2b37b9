"""The timeline in a few lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioguide.cli.folded import columns as columns_of
from audioguide.export.spoken import spoken
from audioguide.script.layout import Timeline
from audioguide.units import TICKS_PER_SECOND

_NAME = 7
_LEAST, _MOST = 24, 120
_LETTERS = {"left": "L", "right": "R", "both": "L+R", None: ""}
_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_LABEL = 9  # columns from one moment to the next, at least


@dataclass(frozen=True, slots=True)
class Signs:
    """One sign for each thing that is shown."""

    hold: str
    breath: str
    voice: str
    sound: str

    @property
    def all(self) -> str:
        """Return every sign, to try whether a terminal can show them."""
        return self.hold + self.breath + self.voice + self.sound


BLOCKS = Signs(hold="█", breath="≈", voice="▄", sound="•")
PLAIN = Signs(hold="#", breath="~", voice="-", sound="*")


def strip(timeline: Timeline, wide: int, signs: Signs) -> Iterator[str]:
    """Yield the lines of the timeline, no wider than `wide` columns: holds, breaths, voice, sounds, moments.

    A hold begins with its side: L, R, or L+R (B where there is no room) for both.
    """
    columns = min(max(wide - _NAME - 1, _LEAST), _MOST)
    cues = timeline.cues
    holds = [(each.start, each.end, _letters(each.cue.side)) for each in cues if each.cue.kind == "hold"]
    breaths = [(each.start, each.end, "") for each in cues if each.cue.kind == "breath" or each.cue.tone]
    voice = [(each.start, each.end, "") for each in spoken(timeline)]
    sounds = [(each.start, each.start, "") for each in cues if each.cue.sound]
    rows = (
        ("hold", signs.hold, holds), ("breath", signs.breath, breaths), ("voice", signs.voice, voice),
        ("sounds", signs.sound, sounds),
    )  # fmt: skip
    for name, sign, found in rows:
        if found:
            yield f"{name:<{_NAME}} {_row(found, sign, timeline.length, columns)}".rstrip()
    yield f"{'':<{_NAME}} {_moments(timeline.length, columns)}"


def _letters(side: str | None) -> str:
    return _LETTERS[side] if side in _LETTERS else f"{side}"[:1].upper()


def _row(found: Sequence[tuple[int, int, str]], sign: str, length: int, columns: int) -> str:
    row = [" "] * columns
    for start, end, letters in found:
        first = min(start * columns // length, columns - 1)
        count = max(1, round(end * columns / length) - first)
        block = "B" if letters == "L+R" and count < len(letters) else letters
        if columns_of(block) > len(block):  # a letter of two columns: they are two cells, or there is no room
            row[first : first + count] = [block, "", *sign * (count - 2)] if count > 1 else [sign]
            continue
        row[first : first + count] = list(f"{block:{sign}<{count}}"[:count])
    return "".join(row[:columns])


def _moments(length: int, columns: int) -> str:
    step = next(
        (step for step in _STEPS if step * TICKS_PER_SECOND * columns // max(length, 1) >= _LABEL), _STEPS[-1]
    )
    line = ""
    for tick in range(0, length, step * TICKS_PER_SECOND):
        minutes, seconds = divmod(tick // TICKS_PER_SECOND, 60)
        longer = f"{line:<{tick * columns // length}}{minutes}:{seconds:02}"
        line = longer if len(longer) <= columns else line
    return line
