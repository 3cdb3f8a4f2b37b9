"""Where one line ends and the next begins: in silence, best before a chapter or after a long pause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audioguide.drawing.scale import Paper, TimeLine
from audioguide.script.layout import Timeline
from audioguide.script.script import Cue
from audioguide.units import TICKS_PER_SECOND

_PAUSE = 12 * TICKS_PER_SECOND  # a longer pause counts no more
# What speaks for and against a line, in any unit: as few lines as can be, about equally full.
_LINE, _EMPTY, _EMPTY_LAST = 12.0, 8.0, 4.0
_SILENCE, _CHAPTER, _TURN = -8.0, -6.0, -4.0  # a turn: another side or rep
_HOLD, _BROKEN = 8.0, 40.0  # a hold apart from its instruction; one that is broken
_CHOICES = 40  # places in each line that are looked at


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    first: Cue
    last: Cue


def stretches(timeline: Timeline, format_: Paper) -> list[TimeLine]:
    """Break the file into lines; a hold, a phrase and a run of breaths stay whole where they can.

    Of all ways to break it, this is the cheapest (Knuth and Plass, Breaking paragraphs into lines, 1981).
    """
    places = _thinned(_places(timeline, format_), format_)
    ticks = [0, *(tick for tick, _ in places), timeline.length]
    against = [0.0, *(cost for _, cost in places), 0.0]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for index in range(1, len(ticks)):
        empty = _EMPTY_LAST if index == len(ticks) - 1 else _EMPTY
        ways = []
        for before in range(index - 1, -1, -1):
            full = (ticks[index] - ticks[before]) / format_.step
            if full > 1:
                break
            ways.append((best[before][0] + _LINE + empty * (1 - full) ** 2 + against[index], before))
        best.append(min(ways))
    cuts = [len(ticks) - 1]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return [TimeLine(format_, ticks[start], ticks[end]) for start, end in pairwise(reversed(cuts))]


def torn(timeline: Timeline, lines: Sequence[TimeLine]) -> bool:
    """Return whether a line starts inside what should be whole, or with a hold, without its instruction."""
    starts = [line.start for line in lines[1:]]
    return any(
        block.start < start < block.end or (start == block.start and block.first.kind == "hold")
        for block in _blocks(timeline)
        for start in starts
    )


def _places(timeline: Timeline, format_: Paper) -> list[tuple[int, float]]:
    """Return the moments at which a line may begin, each with what speaks against it, sorted."""
    blocks = _blocks(timeline)
    places: dict[int, float] = {}
    ends, starts = (
        (0, *(block.end for block in blocks)),
        (*(block.start for block in blocks), timeline.length),
    )
    for silent, heard in zip(ends, starts, strict=True):
        places |= dict.fromkeys(_labelled(silent, heard, format_), 0.0)
    for block in blocks:
        places |= dict.fromkeys(_labelled(block.start, block.end, format_), _BROKEN)
    for before, behind in pairwise(blocks):
        cost = _SILENCE * min(behind.start - before.end, _PAUSE) / _PAUSE
        cost += _TURN if (before.last.side, before.last.rep) != (behind.first.side, behind.first.rep) else 0
        cost += _HOLD if behind.first.kind == "hold" else 0
        places[behind.start] = cost
    for tick in {timed.start for timed in timeline.cues if timed.cue.kind == "chapter"}:
        if not any(block.start < tick < block.end for block in blocks):
            places[tick] = places.get(tick, _SILENCE) + _CHAPTER
    return sorted((tick, cost) for tick, cost in places.items() if 0 < tick < timeline.length)


def _labelled(start: int, end: int, format_: Paper) -> Iterator[int]:
    """Yield the moments with a label in a long stretch, so that no two places are a whole line apart."""
    if end - start > format_.step // 3:
        yield from (
            tick for tick, label in TimeLine(format_, start, end).ticks() if label and start < tick < end
        )


def _blocks(timeline: Timeline) -> list[_Block]:
    """Return what is to stay whole: what sounds, and holds and breaths; what touches is one."""
    blocks: list[_Block] = []
    for timed in timeline.cues:
        cue = timed.cue
        if not (cue.clips or cue.kind in ("hold", "breath")):
            continue
        if blocks and timed.start <= blocks[-1].end:
            before = blocks.pop()
            blocks.append(replace(before, end=max(before.end, timed.end), last=cue))
        else:
            blocks.append(_Block(timed.start, timed.end, cue, cue))
    return blocks


def _thinned(places: Sequence[tuple[int, float]], format_: Paper) -> list[tuple[int, float]]:
    """Return the best of those places that lie close together."""
    best: dict[int, tuple[int, float]] = {}
    for place in places:
        bucket = place[0] * _CHOICES // format_.step
        if bucket not in best or place[1] < best[bucket][1]:
            best[bucket] = place
    return list(best.values())
