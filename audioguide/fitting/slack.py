"""Soft times that give way to a wanted length: they may become longer, never shorter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import ClipRef, Cue, Kind, Script
from audioguide.units import FRAME_TICKS, TICKS_PER_SECOND

FACTOR = 2  # a soft time becomes at most twice as long as written,
LONGEST = 45 * TICKS_PER_SECOND  # and no longer than this: a minute of silence makes listeners wonder;
LONGEST_SWITCH = 10 * TICKS_PER_SECOND  # changing sides takes 5 to 10 s
ORDER: tuple[Kind, ...] = ("rest", "switch", "settle", "gap")  # who is lengthened first

Given = Collection[tuple[str, Kind]]  # step and kind of the soft times that a setting gives


def room(script: Script, given: Given) -> int:
    """Return how many ticks the soft times of `script` may grow by, in all; whole frames.

    Those that a setting gives (`given`) keep to their setting, and the silence before the first
    sound stays as it is.
    """
    return sum(_frames(script, given).values()) * FRAME_TICKS


def stretched(timeline: Timeline, more: int, given: Given) -> Script:
    """Return the script of `timeline` with soft times that are longer by `more` ticks in total.

    Whole frames go to rests first, then switches, settles and gaps, spread over those of a kind,
    so that every border stays one; the ticks that are left go to the silence at the end.
    Raises ValueError where `more` is less than nothing, or more than there is room for.
    """
    script = timeline.script
    frames, odd = divmod(more, FRAME_TICKS)
    shares = _shares(script, frames, given)
    placed = iter([timed.length for timed in timeline.cues if timed.cue.advances])
    last = max(index for index, cue in enumerate(script.cues) if cue.advances)
    cues: list[Cue] = []
    for index, cue in enumerate(script.cues):
        length = next(placed) if cue.advances else 0
        added = shares.get(index, 0) * FRAME_TICKS + (odd if index == last else 0)
        cues.append(replace(cue, length=length + added) if added else cue)
    return replace(script, cues=tuple(cues))


def to_length(script: Script, lengths: Mapping[ClipRef, int]) -> Timeline:
    """Lay `script` out; one that was fitted lasts as long as requested, no matter which voice speaks it.

    A voice can be a few samples off from one reading to the next, where no cache keeps its clips:
    the silence at the end makes up for that, by half its length at most. Raises as `lay_out` does.
    """
    timeline = lay_out(script, lengths)
    missing = script.fit.asked - timeline.length if script.fit else 0
    if not missing:
        return timeline
    last = max(index for index, cue in enumerate(script.cues) if cue.advances)
    end = script.cues[last]
    if not end.is_soft or 2 * abs(missing) > (end.length or 0):
        return timeline
    cues = list(script.cues)
    cues[last] = replace(end, length=(end.length or 0) + missing)
    return lay_out(replace(script, cues=tuple(cues)), lengths)


def _frames(script: Script, given: Given) -> dict[int, int]:
    loaded = _in_position(script)
    return {
        index: _most(cue) // FRAME_TICKS
        for index, cue in enumerate(script.cues)
        if index and cue.is_soft and index not in loaded and (cue.step, cue.kind) not in given
    }


def _in_position(script: Script) -> frozenset[int]:
    """Return the places around holds whose time in position has bounds: the body waits there.

    From the words that enter such a hold to those that release it.
    """
    found: set[int] = set()
    entered: int | None = None
    held: int | None = None
    for index, cue in enumerate(script.cues):
        if cue.releases and held is not None:
            found.update(range(held, index))
            held = None
        if cue.enters:
            entered = index
        if cue.kind == "hold":
            start = index if entered is None else entered
            found.update(range(start, index) if cue.bounded else ())
            held, entered = (index if cue.bounded else None), None
    return frozenset(found)


def _most(cue: Cue) -> int:
    length = cue.length or 0
    longest = LONGEST_SWITCH if cue.kind == "switch" else LONGEST
    to_border = FRAME_TICKS - 1  # `lay_out` may already have lengthened it by so much
    return max(0, min(length * (FACTOR - 1), longest - length - to_border))


def _shares(script: Script, frames: int, given: Given) -> Mapping[int, int]:
    rooms = _frames(script, given)
    if not 0 <= frames <= sum(rooms.values()):
        raise ValueError(f"the soft times have room for 0 to {sum(rooms.values())} frames, not {frames}")
    shares: dict[int, int] = {}
    for kind in ORDER:
        mine = {index: most for index, most in rooms.items() if script.cues[index].kind == kind}
        part = min(frames, sum(mine.values()))
        shares |= _spread(mine, part)
        frames -= part
    return shares


def _spread(rooms: Mapping[int, int], frames: int) -> dict[int, int]:
    total = sum(rooms.values()) or 1
    shares = {index: frames * most // total for index, most in rooms.items()}
    left = frames - sum(shares.values())
    for index, most in rooms.items():
        if left and shares[index] < most:
            shares[index] += 1
            left -= 1
    return shares
