"""What a person does, as the rows of a table: equal holds on one side are one row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import PLAYER_CHECK, Kind, Side
from audioguide.units import amount

_DONE: frozenset[Kind] = frozenset({"hold", "breath"})
_PAUSES: frozenset[Kind] = frozenset({"settle", "rest", "switch"})


@dataclass(frozen=True, slots=True)
class Row:
    """What is said at the tick `start`, what follows (held or breathed so `long`), and what is said `then`.

    It is done so many `times`. A `heading` is a chapter that the routine names, and nothing else.
    """

    start: int
    what: str
    side: Side | None = None
    long: str = ""
    then: str = ""
    times: int = 1
    heading: bool = False


@dataclass(slots=True)
class _RowGroup:
    """Cues around one hold or run of breaths: words, what they are for, and words up to the next pause."""

    words: list[Timed] = field(default_factory=list)
    done: list[Timed] = field(default_factory=list)
    then: list[Timed] = field(default_factory=list)
    paused: bool = False
    heading: bool = False

    @property
    def empty(self) -> bool:
        return not (self.words or self.done)

    def takes(self, cue: Timed) -> bool:
        kind = cue.cue.kind
        if self.heading or kind == "chapter":
            return self.empty
        if not self.done:
            return True
        if kind == "say":
            return not self.paused
        # Breaths of one step are one run, whatever is said and waited for between them.
        return kind == "breath" and not self.then and cue.cue.step == self.done[0].cue.step

    def add(self, timed: Timed) -> None:
        self.heading = timed.cue.kind == "chapter"
        if timed.cue.kind in _DONE:
            self.done.append(timed)
        else:
            (self.then if self.done else self.words).append(timed)

    @property
    def row(self) -> Row:
        start = (self.words or self.done)[0].start
        what = _said(self.words)
        if not self.done:
            return Row(start, what, heading=self.heading)
        return Row(start, what, self.done[0].cue.side, _long(self.done), _said(self.then))


def rows(timeline: Timeline) -> list[Row]:
    """Return the rows in order of their first moment; the notice that opens the file is left out.

    A hold that comes again, of the same step, side and length, counts in the row of the first one.
    """
    found: list[Row] = []
    places: dict[tuple[str, Side | None, str], int] = {}
    for group in _groups(timeline.cues):
        row = group.row
        key = (group.done[0].cue.step, row.side, row.long) if group.done else None
        if key is not None and key in places:
            first = found[places[key]]
            found[places[key]] = replace(first, times=first.times + 1)
            continue
        if key is not None:
            places[key] = len(found)
        found.append(row)
    return found


def _groups(cues: Sequence[Timed]) -> Iterator[_RowGroup]:
    group = _RowGroup()
    for timed in cues:
        cue = timed.cue
        if cue.kind in _PAUSES and cue.advances:
            group.paused = bool(group.done)
        shown = cue.kind == "chapter" or (cue.advances and (cue.kind == "say" or cue.kind in _DONE))
        if not shown or cue.step in ("opening", PLAYER_CHECK):
            continue
        if not group.takes(timed):
            yield group
            group = _RowGroup()
        group.add(timed)
    if not group.empty:
        yield group


def _said(words: Sequence[Timed]) -> str:
    return " ".join(timed.cue.text or "" for timed in words)


def _long(done: Sequence[Timed]) -> str:
    if done[0].cue.kind == "hold":
        return f"hold {amount(done[0].length)}"
    breaths = max((timed.cue.rep or 1) for timed in done)
    one = [timed for timed in done if timed.cue.rep == done[0].cue.rep]
    phases = " / ".join(amount(timed.length) for timed in one)
    return f"{breaths} breath{'s' * (breaths != 1)}, {phases}"
