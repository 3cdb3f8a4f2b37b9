"""What a person does, as the rows of a table: equal holds on one side are one row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audioguide.export.picture.scale import amount
from audioguide.script import Side
from audioguide.timeline import Timed, Timeline


@dataclass(frozen=True, slots=True)
class Row:
    """What is said at the tick `start`, and what follows: held or breathed so `long`, so many `times`."""

    start: int
    what: str
    side: Side | None = None
    long: str = ""
    times: int = 1


@dataclass(slots=True)
class _Group:
    """Cues from one hold or run of breaths to the next: words first, what they are for last."""

    words: list[Timed] = field(default_factory=list)
    done: list[Timed] = field(default_factory=list)

    @property
    def start(self) -> int:
        return (self.words or self.done)[0].start

    @property
    def said(self) -> str:
        return " ".join(timed.cue.text or "" for timed in self.words)


def rows(timeline: Timeline) -> list[Row]:
    """Return the rows in order of their first moment; the notice that opens the file is left out.

    A hold that comes again, of the same step, side and length, counts in the row of the first one.
    """
    found: list[Row] = []
    places: dict[tuple[str, Side | None, str], int] = {}
    for group in _groups(timeline.cues):
        if not group.done:
            found.append(Row(group.start, group.said))
            continue
        first = group.done[0]
        long = _long(group.done)
        key = (first.cue.step, first.cue.side, long)
        if key in places:
            row = found[places[key]]
            found[places[key]] = Row(row.start, row.what, row.side, row.long, row.times + 1)
        else:
            places[key] = len(found)
            found.append(Row(group.start, group.said, first.cue.side, long))
    return found


def _groups(cues: Sequence[Timed]) -> Iterator[_Group]:
    group = _Group()
    for timed in cues:
        cue = timed.cue
        if not cue.advances or cue.step == "opening" or cue.kind not in ("say", "hold", "breath"):
            continue
        ended = group.done and (cue.kind != "breath" or cue.step != group.done[0].cue.step)
        if ended:
            yield group
            group = _Group()
        (group.words if cue.kind == "say" else group.done).append(timed)
    if group.words or group.done:
        yield group


def _long(done: Sequence[Timed]) -> str:
    if done[0].cue.kind == "hold":
        return f"hold {amount(done[0].length)}"
    breaths = max((timed.cue.rep or 1) for timed in done)
    one = [timed for timed in done if timed.cue.rep == done[0].cue.rep]
    phases = " / ".join(amount(timed.length) for timed in one)
    return f"{breaths} breath{'s' * (breaths != 1)}, {phases}"
