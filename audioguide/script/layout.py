"""Script and lengths of clips in, timeline out: every cue at its exact tick. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from audioguide.errors import RoutineError
from audioguide.script.script import ClipRef, Cue, Script
from audioguide.units import LONGEST, format_clock, format_seconds, to_frame

Lengths = Callable[[Script], Mapping[ClipRef, int]]  # in ticks, of every clip


@dataclass(frozen=True, slots=True)
class Timed:
    """A cue with its moment: `start` and `length` in ticks from the start of the file."""

    cue: Cue
    start: int
    length: int

    @property
    def end(self) -> int:
        """Return the tick behind the last one."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Placement:
    """A clip that starts at the tick `start`."""

    start: int
    ref: ClipRef


@dataclass(frozen=True, slots=True)
class Timeline:
    """All cues of `script` at their moments, sorted by start; `length` of the file in ticks."""

    script: Script
    cues: tuple[Timed, ...]
    length: int

    @property
    def placements(self) -> tuple[Placement, ...]:
        """Return every clip to be heard with its start, sorted."""
        return tuple(Placement(timed.start, ref) for timed in self.cues for ref in timed.cue.clips)


def lay_out(script: Script, lengths: Mapping[ClipRef, int]) -> Timeline:
    """Give every cue its moment; `lengths` are those of the clips, in ticks.

    Holds and breath phases last exactly as long as written. A soft time is lengthened by less
    than 24 ms so that what follows starts on a frame border; nothing follows the last one, which
    is as long as written. Raises RoutineError, with every one, for marks that overlap or outlast
    their hold, and for a file of more than 12 hours.
    """
    clock = anchor = 0
    last = max((index for index, cue in enumerate(script.cues) if cue.advances), default=0)
    cues: list[Timed] = []
    for index, cue in enumerate(script.cues):
        length = _length(cue, lengths, None if index == last else clock)
        if cue.kind == "chapter":
            cues.append(Timed(cue, clock, 0))
        elif cue.offset is not None:
            cues.append(Timed(cue, anchor + cue.offset, length))
        else:
            cues.append(Timed(cue, clock, length))
            anchor, clock = clock, clock + length
    if clashes := list(dict.fromkeys(_clashes(script, cues, lengths))):
        raise RoutineError("\n".join(clashes))
    # A chime that rings under the last words may outlast them.
    clock = max([clock, *(timed.end for timed in cues if timed.cue.from_end == 0)])
    if clock > LONGEST:
        raise RoutineError(f"{script.name} would last {format_clock(clock)}: the limit is 12 hours")
    return Timeline(script, tuple(sorted(cues, key=lambda timed: timed.start)), clock)


def _length(cue: Cue, lengths: Mapping[ClipRef, int], clock: int | None) -> int:
    if cue.length is None:
        return max((lengths[ref] for ref in cue.clips), default=0)
    if cue.is_soft and clock is not None:
        return cue.length + to_frame(clock + cue.length)
    return cue.length


def _clashes(script: Script, cues: list[Timed], lengths: Mapping[ClipRef, int]) -> Iterator[str]:
    around: Timed | None = None
    before: Timed | None = None  # the mark that sounded last in this hold or breath
    for timed in _by_moment(cues):
        cue = timed.cue
        if cue.advances:
            around, before = timed, None
        if around is None or cue.kind not in ("mark", "breath"):
            continue
        # A breath tone lasts as long as its phase; only words and other sounds can be too long.
        heard = max((lengths[ref] for ref in cue.clips if ref is not cue.tone), default=0)
        if not heard:
            continue
        sounding = Timed(cue, timed.start, heard)
        if not cue.beat:
            yield from _overruns(script, sounding, around)
        if before is not None and before.end > sounding.start and not (before.cue.beat and cue.beat):
            yield (
                f"{script.place(cue.step)}: {_named(before.cue)} and {_named(cue)} overlap by "
                f"{format_seconds(before.end - sounding.start)} s: {_remedy(before.cue, cue)}, a longer "
                f"hold or other times would help"
            )
        before = sounding


def _remedy(*cues: Cue) -> str:
    return "a shorter text" if any(cue.text for cue in cues) else "a shorter sound"


def _by_moment(cues: list[Timed]) -> list[Timed]:
    # Marks stay with their hold and come in the order in which they sound; a script may list them otherwise.
    group = 0
    keyed: list[tuple[int, int, Timed]] = []
    for timed in cues:
        group += timed.cue.advances
        keyed.append((group, timed.start, timed))
    return [timed for _, _, timed in sorted(keyed, key=lambda each: each[:2])]


def _overruns(script: Script, sounding: Timed, around: Timed) -> Iterator[str]:
    if (excess := sounding.end - around.end) > 0:
        what = f"the {around.cue.kind}"
        yield (
            f"{script.place(sounding.cue.step)}: {_named(sounding.cue)} would still be sounding "
            f"{format_seconds(excess)} s after {what} of {format_seconds(around.length)} s ends: "
            "use a shorter text, a longer hold or an earlier mark"
        )


def _named(cue: Cue) -> str:
    return f"the mark '{cue.text}'" if cue.text else f"the sound '{cue.sound}'"
