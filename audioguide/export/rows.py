"""What a person does, as the rows of a table: equal holds on one side are one row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import PLAYER_CHECK, Kind, Side
from audioguide.units import TICKS_PER_SECOND, amount

_DONE: frozenset[Kind] = frozenset({"hold", "breath"})
_PAUSES: frozenset[Kind] = frozenset({"settle", "rest", "switch"})
_HEARD = 3 * TICKS_PER_SECOND // 2  # shorter silences only part sentences


@dataclass(frozen=True, slots=True)
class Row:
    """What is said at the tick `start`, what follows (held or breathed so `long`), and what is said `then`.

    Silences stand among the words, in parentheses: "Lie down. (15 s)".

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
        spoken = any(timed.cue.kind == "say" for timed in self.then)
        return kind == "breath" and not spoken and cue.cue.step == self.done[0].cue.step

    def wait(self, timed: Timed) -> None:
        if timed.cue.kind in _PAUSES:
            self.paused = bool(self.done)
        if not (self.empty or self.heading):
            (self.then if self.done else self.words).append(timed)

    def add(self, timed: Timed) -> None:
        self.heading = timed.cue.kind == "chapter"
        if timed.cue.kind in _DONE:
            self.then.clear()  # pauses within a run of breaths
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
        waits = cue.kind in _PAUSES or cue.kind == "gap"
        if cue.advances and waits and timed is not cues[-1]:  # at the very end, it only fades out
            group.wait(timed)
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
    """Return the texts, with silences in whole seconds: a pause is a few milliseconds longer than written."""
    parts: list[str] = []
    for silent, cues in groupby(words, lambda timed: timed.cue.kind not in ("say", "chapter")):
        if not silent:
            parts += [timed.cue.text or "" for timed in cues]
        elif (length := sum(timed.length for timed in cues)) >= _HEARD:
            parts.append(f"({amount(round(length / TICKS_PER_SECOND) * TICKS_PER_SECOND)})")
    return " ".join(parts)


def _long(done: Sequence[Timed]) -> str:
    if done[0].cue.kind == "hold":
        return f"hold {amount(done[0].length)}"
    breaths = max((timed.cue.rep or 1) for timed in done)
    one = [timed for timed in done if timed.cue.rep == done[0].cue.rep]
    phases = " / ".join(amount(timed.length) for timed in one)
    return f"{breaths} breath{'s' * (breaths != 1)}, {phases}"
