"""Script and lengths of clips in, timeline out: every cue at its exact tick. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audioguide.errors import RoutineError
from audioguide.script import SOFT, ClipRef, Cue, Script
from audioguide.units import format_seconds, to_frame


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
    than 24 ms so that what follows starts on a frame border. Raises RoutineError, with every
    one, for marks that overlap or outlast their hold.
    """
    clock = anchor = 0
    cues: list[Timed] = []
    for cue in script.cues:
        length = _length(cue, lengths, clock)
        if cue.kind == "chapter":
            cues.append(Timed(cue, clock, 0))
        elif cue.offset is not None:
            cues.append(Timed(cue, anchor + cue.offset, length))
        else:
            cues.append(Timed(cue, clock, length))
            anchor, clock = clock, clock + length
    cues.sort(key=lambda timed: timed.start)
    if clashes := list(dict.fromkeys(_clashes(script, cues, lengths))):
        raise RoutineError("\n".join(clashes))
    return Timeline(script, tuple(cues), clock)


def _length(cue: Cue, lengths: Mapping[ClipRef, int], clock: int) -> int:
    if cue.length is None:
        return max((lengths[ref] for ref in cue.clips), default=0)
    if cue.kind in SOFT:
        return cue.length + to_frame(clock + cue.length)
    return cue.length


def _clashes(script: Script, cues: list[Timed], lengths: Mapping[ClipRef, int]) -> Iterable[str]:
    around: Timed | None = None
    before: Timed | None = None  # the mark or breath word that sounded last
    for timed in cues:
        cue = timed.cue
        if cue.advances:
            around = timed
            before = None
        heard = max((lengths[ref] for ref in cue.clips if ref is not cue.tone), default=0)
        inside = cue.kind in ("mark", "breath") and heard and around is not None
        if not inside or around is None:
            continue
        place, mark = script.place(cue.step), _named(cue)
        if (excess := timed.start + heard - around.end) > 0:
            what = "the hold" if around.cue.kind == "hold" else "the breath"
            yield (
                f"{place}: {mark} would still be sounding {format_seconds(excess)} s after {what} of "
                f"{format_seconds(around.length)} s ends: a shorter text, a longer hold or "
                "an earlier mark helps"
            )
        if before is not None and before.end > timed.start:
            yield (
                f"{place}: {_named(before.cue)} and {mark} overlap by "
                f"{format_seconds(before.end - timed.start)} s: a shorter text, a longer hold or "
                "other moments help"
            )
        before = Timed(cue, timed.start, heard)


def _named(cue: Cue) -> str:
    return f"the mark '{cue.text}'" if cue.text else f"the sound '{cue.sound}'"
