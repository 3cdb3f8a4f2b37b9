"""Which words take the position of a hold, which leave it, and how soon the latter follow the end chime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from audioguide.routine.language.document import Document
from audioguide.routine.language.model import Hold, LoadBounds
from audioguide.routine.language.values import Ref
from audioguide.script.script import EXACT, PLAYER_CHECK, Cue
from audioguide.units import TICKS_PER_SECOND

_RINGS = 3 * TICKS_PER_SECOND  # longer than what ships: words that come sooner sound over it
_NOTICES = ("opening", "closing", PLAYER_CHECK)


def bounds_of(step: Hold, document: Document) -> LoadBounds | None:
    """Return how long the body may be in the position of a hold, if anybody says so.

    A `load` of the hold, or of the setting that gives its length; else the bounds of a setting whose
    numbers come from a source.
    """
    if step.load or not isinstance(step.hold, Ref):
        return step.load
    setting = document.settings[step.hold.name]
    if setting.load or None in (setting.min, setting.max, setting.source):
        return setting.load
    if (setting.source or "").lower().startswith("ours"):
        return None
    low, high = setting.min, setting.max
    return LoadBounds.model_construct(min=low.value if low else None, max=high.value if high else None)


def with_loads(cues: Sequence[Cue]) -> list[Cue]:
    """Return `cues`, before pauses are put between them, with the words around each hold marked.

    The last words before a hold enter it, and the first ones after it release it, unless the author
    marked others. Words that directly follow an end chime begin while it still rings: the chime no
    longer advances the clock, and a pause of its `duck` does so in its place.
    """
    marked = list(cues)
    for index, cue in enumerate(cues):
        if cue.kind == "hold" and cue.step != PLAYER_CHECK:
            _mark(marked, _entering(cues, index), enters=True)
            _mark(marked, _releasing(cues, index), releases=True)
    return _over_chimes(marked)


def _mark(cues: list[Cue], index: int | None, **roles: bool) -> None:
    if index is not None:
        cues[index] = replace(cues[index], **roles)  # type: ignore[arg-type]


def _entering(cues: Sequence[Cue], hold: int) -> int | None:
    """Return the place of the words that enter the hold at `hold`, unless the author marked some."""
    last: int | None = None
    for index in range(hold - 1, -1, -1):
        cue = cues[index]
        if cue.kind in EXACT:
            break
        if cue.enters:
            return None
        if last is None and _speaks(cue):
            last = index
    return last


def _releasing(cues: Sequence[Cue], hold: int) -> int | None:
    """Return the place of the words that release the hold at `hold`, unless the author marked some."""
    first: int | None = None
    for index in range(hold + 1, len(cues)):
        cue = cues[index]
        if cue.kind in EXACT:
            break
        if cue.releases:
            return None
        if first is None and _speaks(cue, "closing"):
            first = index
    return first


def _speaks(cue: Cue, also: str = "") -> bool:
    return cue.kind == "say" and (cue.step not in _NOTICES or cue.step == also)


def joined(before: Cue, after: Cue | None) -> bool:
    """Return whether one exact time begins at the sample where the other one ends."""
    return after is not None and after.is_exact and before.is_exact and (before.exact or after.exact)


def next_time(cues: Sequence[Cue], index: int) -> tuple[Cue | None, list[Cue]]:
    """Return what advances the clock next after `index`, and what is heard in it."""
    place = next(
        (at for at in range(index + 1, len(cues)) if cues[at].advances and cues[at].kind != "chapter"), None
    )
    if place is None:
        return None, []
    inside = takewhile(lambda cue: not cue.advances or cue.kind == "chapter", cues[place + 1 :])
    return cues[place], [cue for cue in inside if cue.kind != "chapter"]


def _over_chimes(cues: Sequence[Cue]) -> list[Cue]:
    result: list[Cue] = []
    hold: Cue | None = None
    for index, cue in enumerate(cues):
        if cue.is_stay:
            hold = cue
        if cue.kind != "chime" or cue.duck is None or hold is None:
            result.append(cue)
            continue
        behind, inside = next_time(cues, index)
        if joined(hold, behind):
            result += _at_border(cue, hold, inside)
            continue
        if behind is None or behind.kind != "say":
            result.append(replace(cue, duck=None))
            continue
        result.append(replace(cue, offset=hold.length, from_end=0))
        result.append(Cue(kind="gap", step=cue.step, length=cue.duck, side=cue.side, rep=cue.rep))
    return result


def _at_border(end: Cue, hold: Cue, inside: Sequence[Cue]) -> list[Cue]:
    """Return the chime that ends `hold` as the next time begins; none where that begins with its own."""
    if any(cue.kind == "chime" and cue.offset == 0 for cue in inside):
        return []
    spoken = [cue.offset for cue in inside if cue.text and cue.offset and cue.offset < _RINGS]
    return [replace(end, offset=hold.length, from_end=0, duck=min(spoken, default=None))]
