"""Left and right: named before the hold, equal, both there, and time to change between them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from audioguide.lint.finding import Finding, Place, step_at
from audioguide.lint.subject import Subject
from audioguide.lint.texts import Text
from audioguide.routine.language import model
from audioguide.routine.language.base import Strict
from audioguide.routine.load import Routine
from audioguide.script.script import SOFT, Cue, Side
from audioguide.units import TICKS_PER_SECOND, format_seconds

SHORTEST_CHANGE = 5 * TICKS_PER_SECOND
LONGEST_CHANGE = 10 * TICKS_PER_SECOND
OTHER: dict[Side, Side] = {"left": "right", "right": "left"}

_NAMED = re.compile(r"\b(?:left|right|other|opposite)\b|\b(?:change|switch|swap) (?:sides|legs|arms)\b", re.I)
# Words that give a hold its side. "Lie on your right side" is a place to rest; "right away", "nothing
# is left" and "the right moment" are no sides.
_LIMBS = (
    r"(?:ankle|arm|buttock|calf|ear|elbow|foot|glute|hamstring|hand|heel|hip|knee|leg|palm|quad|shin|"
    r"shoulder|"
    r"thigh|wrist)"
)
_SIDE = re.compile(
    r"(?<!on )(?<!onto )(?<!to )\byour (left|right) side\b|\bto the (left|right)\b|"
    rf"\b(left|right) {_LIMBS}s?\b|\b(left|right) side (?:bend|of (?:the|your)|plank|stretch)\b|"
    rf"\b(?:bend|lean|reach|rotate|tilt|turn|twist) (left|right)\b",
    re.IGNORECASE,
)
# Anyone who lifts something while lying on a side works on that side; else it is a place to rest.
_LYING = re.compile(r"\b(?:on|onto|to) your (left|right) side\b", re.IGNORECASE)
_LIFTED = re.compile(
    r"\b(?:draw|extend|lift|open|press|pull|push|raise|reach|stretch|swing)\b", re.IGNORECASE
)
_OTHER_LIMB = re.compile(rf"\b(?:opposite|other) {_LIMBS}\b", re.IGNORECASE)
_OTHER_SIDE = re.compile(
    rf"\b(?:opposite|other) side\b|\b(?:change|swap|switch) (?:arms|feet|hands|knees|legs|sides)\b|"
    rf"\b(?:now|repeat|same|then)\b.*\b(?:opposite|other) {_LIMBS}\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bboth\b", re.IGNORECASE)
# "One ankle over the opposite knee" does not say which.
_OVER_OTHER = re.compile(r"\b(?:across|on|onto|over|under) the (?:opposite|other)\b", re.IGNORECASE)
_ONE_LIMB = re.compile(
    r"\b(?:balance on|bend|bring|catch|circle|cross|draw|drop|extend|flex|grab|grasp|hold|hug|kick|"
    r"kneel on|lean on|"
    r"let|lift|lower|move|pick up|place|point|press|pull|push|put|raise|reach|rest|rotate|shake|slide|"
    r"stand on|step|"
    r"straighten|stretch|swing|take|thread|tuck|turn|wrap)\s+(?:\w+\s+)?"
    r"(?:one|an?) (?:ankle|arm|ear|elbow|foot|heel|hip|knee|leg|shoulder|thigh)\b|"
    r"\b(?:bend|drop|lean|lower|rotate|tilt|tip|turn(?! your (?:face|head)\b)|twist)\b"
    r"(?: [\w'\u2019]+){0,4} (?:onto|over|to|towards?) one (?:hip|knee|shoulder|side)\b",
    re.IGNORECASE,
)
# Either will do, or both have their turn.
_ANY_LIMB = re.compile(
    r"\bat a time\b|\bafter the other\b|\b(?:and|then) (?:change|swap|switch)\b|\balternat\w*|\bwhichever\b|"
    r"\beither\b|\bchoice\b|\bchoose\b|\byou (?:like|prefer|want)\b|\bin turn\b|\bthe next\b",
    re.IGNORECASE,
)
# A hand that rests on the body stretches nothing.
_RESTING_HAND = re.compile(
    r"\b(?:left|right) (?:hand|palm) (?:\w+ )?(?:at|in|on|onto|over|to|under) (?:the |your )?(?:left |"
    r"right )?"
    r"(?:abdomen|belly|breastbone|chest|eyes?|forehead|hand|heart|lap|navel|palm|ribs?|stomach|tummy)\b",
    re.IGNORECASE,
)


def sides(subject: Subject) -> Iterator[Finding]:
    """Check that both sides are there, named and equal."""
    if subject.worded:
        yield from _unnamed(subject)
    yield from _change(subject)
    held = _holds_by_side(subject)
    for routine in subject.files:
        yield from _one_limb(subject.texts[str(routine.path)] if subject.worded else ())
        yield from _balance(routine, held[str(routine.path)])


def _unnamed(subject: Subject) -> Iterator[Finding]:
    side: Side | None = None
    heard: list[Cue] = []
    done = False
    for cue in subject.script.cues:
        if cue.side != side:
            side, heard, done = cue.side, [], False
        if done or side not in OTHER:
            continue
        if cue.kind == "say":
            heard.append(cue)
        elif cue.kind in ("hold", "breath"):
            done = True
            if not any(_NAMED.search(said.text or "") for said in (*heard, cue)):
                place = subject.places[(heard or [cue])[0].step]
                yield place.found("unnamed-side", f"nothing says that this is the {side} side")


def _one_limb(texts: Sequence[Text]) -> Iterator[Finding]:
    for text in texts:
        if (
            _in_sides(text.place)
            or _NAMED.search(_OVER_OTHER.sub("", text.text))
            or _ANY_LIMB.search(text.text)
        ):
            continue
        if match := _ONE_LIMB.search(text.text):
            found = f"'{match.group()}' does not say which side"
            yield text.place.found("unnamed-side", found, *text.keys, word=match.group())


def _in_sides(place: Place) -> bool:
    above = (place.keys[:end] for end in range(2, len(place.keys), 2))
    return any(isinstance(step_at(place.routine, keys), model.Sides) for keys in above)


def _only_breathes(step: Strict) -> bool:
    """Return whether nothing moves from side to side but the breath: alternate nostrils."""
    return isinstance(step, model.Sides) and all(isinstance(each, model.Breathe) for each in step.steps)


def _change(subject: Subject) -> Iterator[Finding]:
    cues = [cue for cue in subject.script.cues if cue.advances]
    for index, cue in enumerate(cues):
        if cue.kind != "switch":
            continue
        place, length = subject.places[cue.step], cue.length or 0
        before, behind = range(index - 1, -1, -1), range(index + 1, len(cues))
        whole = length + _soft(cues, before) + _soft(cues, behind)
        keys = ("switch",) if getattr(place.step, "switch", None) is not None else ()
        if _only_breathes(place.step):
            continue
        if whole < SHORTEST_CHANGE:
            found = f"{format_seconds(whole)} s to change sides"
            yield place.found("side-change", found, *keys)
        elif length > LONGEST_CHANGE:
            found = f"{format_seconds(length)} s to change sides"
            yield place.found("side-change", found, *keys)


def _soft(cues: Sequence[Cue], order: Iterable[int]) -> int:
    return sum(cues[index].length or 0 for index in takewhile(lambda index: cues[index].kind in SOFT, order))


@dataclass(slots=True)
class _Held:
    lengths: defaultdict[Side, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    last: dict[Side, Place] = field(default_factory=dict)


def _holds_by_side(subject: Subject) -> dict[str, _Held]:
    """Add up the holds of each side in each file; without `sides`, the words before a hold tell."""
    held: defaultdict[str, _Held] = defaultdict(_Held)
    said: list[Cue] = []
    side: Side | None = None
    first = True
    file = own = str(subject.routine.path)
    for cue in subject.script.cues:
        before, file = file, _file_of(cue, subject) or file
        if file != before != own:  # the words of one included exercise say nothing of the next one
            said, side, first = [], None, True
        if cue.kind == "say" and cue.side is None:
            said.append(cue)
        elif cue.kind == "hold":
            side = cue.side or _side_said(said if first else _without_way_out(said), side)
            if side in OTHER:
                place = subject.places[cue.step]
                mine = held[str(place.routine.path)]
                mine.lengths[side][cue.length or 0] += 1
                mine.last[side] = place
            said, first = [], False
    return held


def _file_of(cue: Cue, subject: Subject) -> str:
    place = subject.places.get(cue.step)
    return str(place.routine.path) if place else ""


def _without_way_out(said: Sequence[Cue]) -> Sequence[Cue]:
    # What is said first after a hold leads out of it, unless it is all that is said.
    later = [cue for cue in said if cue.step != said[0].step]
    return later or said


def _side_said(said: Sequence[Cue], before: Side | None) -> Side | None:
    """Return the side that the last sentence with one names; "the other side" is not that of `before`."""
    other = OTHER.get(before) if before else None
    for cue in reversed(said):
        text = _RESTING_HAND.sub("", cue.text or "")
        if _OTHER_SIDE.search(text):
            return other
        if match := _SIDE.search(text):
            return "left" if match[match.lastindex or 0].lower() == "left" else "right"
        if _BOTH.search(text):
            return None
    if side := _lying(said):
        return side
    return other if any(_OTHER_LIMB.search(cue.text or "") for cue in said) else None


def _lying(said: Sequence[Cue]) -> Side | None:
    lifted = False
    for cue in reversed(said):
        if match := _LYING.search(cue.text or ""):
            return ("left" if match[1].lower() == "left" else "right") if lifted else None
        lifted = lifted or bool(_LIFTED.search(cue.text or ""))
    return None


def _balance(routine: Routine, held: _Held) -> Iterator[Finding]:
    blocks = list(_blocks(routine))
    counted = Counter(side for block, _ in blocks for side in block.sides)
    for side, other in OTHER.items():
        if counted[other] and not counted[side]:
            place = next(place for block, place in blocks if other in block.sides)
            yield place.found("missing-side", f"there is {other}, and no {side}", "sides")
            return
        if held.lengths[other] and not held.lengths[side]:
            yield held.last[other].found("missing-side", f"a hold on the {other}, and none on the {side}")
            return
    if counted["left"] != counted["right"]:
        block, place = next((block, place) for block, place in blocks if _uneven(block))
        found = ", ".join(f"{side}: {block.sides.count(side)}" for side in OTHER)
        yield place.found("unequal-sides", found, "sides")
    elif held.lengths["left"] != held.lengths["right"]:
        totals = {side: _total(held.lengths[side]) for side in OTHER}
        less = min(totals, key=lambda side: totals[side])
        found = " and ".join(f"{format_seconds(total)} s on the {side}" for side, total in totals.items())
        yield held.last[less].found("unequal-sides", f"the holds differ: {found}")


def _uneven(block: model.Sides) -> bool:
    return block.sides.count("left") != block.sides.count("right")


def _total(lengths: Counter[int]) -> int:
    return sum(length * times for length, times in lengths.items())


def _blocks(routine: Routine) -> Iterator[tuple[model.Sides, Place]]:
    def walk(steps: Sequence[Strict], keys: tuple[object, ...]) -> Iterator[tuple[model.Sides, Place]]:
        for index, step in enumerate(steps):
            if isinstance(step, model.Sides):
                yield step, Place(routine=routine, keys=(*keys, index))
            if isinstance(step, model.Sides | model.Repeat):
                yield from walk(step.steps, (*keys, index, "steps"))

    yield from walk(routine.document.steps, ("steps",))
