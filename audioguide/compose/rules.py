"""The rules of a composed session, by name: docs/compose.md says each in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from audioguide.compose.facts import GROUPS, LEVELS, Facts
from audioguide.compose.purpose import WHOLE, concerns, covers, purpose, warms
from audioguide.compose.stock import PLACE_OF
from audioguide.compose.wishes import LYING, Wishes
from audioguide.routine.language.positions import Position, passed
from audioguide.units import TICKS_PER_SECOND

MINUTE = 60 * TICKS_PER_SECOND
ARC_FROM = 10 * MINUTE  # from here on, a session has a beginning and a rest
DESK = ("on a chair", "standing", "walking")
# Ours: a head that goes down brings dizziness on, and a round spine bears on weak bones.
_UPRIGHT = frozenset({"vertigo", "osteoporosis"})
# Ours: what bears on what somebody minds, be it on the way.
_KNEELING, _ON_HANDS, _PRONE = (
    ("kneeling", "on hands and knees"),
    ("on hands and knees",),
    ("lying on your stomach",),
)
_FLAT = ("lying on your back", "lying on your stomach")
LOADS: Mapping[str, tuple[str, ...]] = {
    "knee injury": _KNEELING, "joint replacement": _KNEELING, "wrist injury": _ON_HANDS, "pregnant": _FLAT,
    "rib injury": _PRONE,
}  # fmt: skip
# Ours, after what teachers of classes in pregnancy leave out: there is no room to fold, and the belly hangs.
BEARS_ON: Mapping[str, tuple[str, ...]] = {"pregnant": ("deep fold", "hanging belly")}
# Parts that no arm should be held up for to rest, and no head turned aside on the stomach.
_HELD_UP = ("neck", "head", "jaw", "shoulders", "arms", "elbows", "forearms", "wrists", "hands")
# A rest is in the same place as what comes before, or lower.
HEIGHTS: Mapping[str, int] = {
    "lying": 0, "on the knees": 1, "on the floor": 1, "on a chair": 2, "standing": 3,
}  # fmt: skip
UP = ("on a chair", "standing")
NO_END = ("hands and knees", "kneeling", "heels")
# Where somebody may rest whom no words lead: nobody sits on their heels, or stays on the stomach.
_LEFT_ALONE = ("back", "back, knees bent", "side", "floor", "chair")
ANYWHERE, BED = "as you like", "in bed"


def ruled_out(facts: Facts, wishes: Wishes) -> str:
    """Say why an exercise is left out whatever else is in the session; "" where nothing speaks against it."""
    if facts.excluded:
        return facts.excluded
    if why := _minded(facts, wishes):
        return why
    if wishes.nothing_at_hand and facts.equipment:
        return f"needs a {facts.equipment[0]}"
    if found := [name for name in wishes.without if name in facts.equipment]:
        return f"needs a {found[0]}"
    return _of_another_kind(facts, wishes) or _out_of_place(facts, wishes)


def _minded(facts: Facts, wishes: Wishes) -> str:
    """Say which condition speaks against an exercise."""
    for name in wishes.mind:
        if name in facts.cautions:
            return f"not with {name}"
        if facts.bend in ("forward", "both") and name in _UPRIGHT:
            return f"bends forward, not with {name}"
        if pressing := [each for each in BEARS_ON.get(name, ()) if each in facts.nature]:
            return f"a {pressing[0]}, not with {name}"
        if loads := [place for place in LOADS.get(name, ()) if place in facts.places]:
            return f"done {loads[0]}, not with {name}"
    return ""


def _of_another_kind(facts: Facts, wishes: Wishes) -> str:
    """Say why an exercise does not suit the level or the aim."""
    if LEVELS.index(wishes.level) < facts.effort:
        return f"{facts.level}, above {wishes.level}"
    if facts.effort and facts.stage != 2 and facts.name not in wishes.like:
        return f"{facts.level}, and nothing to {facts.phase} with"
    if facts.falls_asleep and wishes.aim != "sleep":
        return "leads to sleep"
    if facts.name in wishes.like:
        return ""
    return "a session of its own" if "on its own" in facts.nature else unfit_to_rest(facts, wishes)


def unfit_to_rest(facts: Facts, wishes: Wishes) -> str:
    """Say why it is no rest for these wishes; what holds the breath is no good to arrive, either."""
    if not facts.is_frame:
        return ""
    if "breath hold" in facts.nature and "breath" not in wishes.body:
        return "holds the breath"
    held = any(covers(part, wish) for part in _HELD_UP for wish in wishes.body if wish != WHOLE)
    if held and "arm held up" in facts.nature:
        return "an arm is held up"
    if facts.stage == 0 or (wishes.aim == "desk" and facts.body[:1] == ("eyes",)):
        return ""
    fits = concerns(facts, wishes) and not (held and facts.first == "stomach")
    return "" if fits else "for other parts of the body"


def avoided(wishes: Wishes) -> frozenset[str]:
    """Return the positions that no session may have, not even on the way."""
    return frozenset(wishes.avoid).union(*(LOADS.get(name, ()) for name in wishes.mind))


def places_of(wishes: Wishes) -> tuple[str, ...]:
    """Return the positions that a session may have; all where there are none."""
    if wishes.places:
        return wishes.places
    return {"desk": DESK, "sleep": (*LYING, BED)}.get(wishes.aim, ())


def _out_of_place(facts: Facts, wishes: Wishes) -> str:
    """Say which position is in the way. Of an exercise that leads nowhere, one of its positions is enough."""
    places, allowed = facts.places, places_of(wishes)
    if ANYWHERE in places or not places:
        return ""
    every = bool(facts.first)
    avoided = [place for place in places if place in wishes.avoid]
    if avoided and (every or len(avoided) == len(places)):
        return f"done {avoided[0]}"
    in_bed = "bed" in facts.equipment  # lying all the same, but its words speak of the bed
    if in_bed and BED not in allowed:
        return "done in bed"
    others = [place for place in places if place not in allowed] if allowed and not in_bed else []
    if others and (every or len(others) == len(places)):
        return f"done {others[0]}"
    return ""


def may_follow(before: Facts, after: Facts, wishes: Wishes) -> bool:
    """Return whether an exercise may follow another directly: arc, kind, counter-movement, effort, way."""
    if before.falls_asleep or after.stage < before.stage or two_of_a_kind(before, after):
        return False
    if before.stage == 1 and after.stage == 3 and not purpose(before, wishes):
        return False  # it would warm up for nothing
    if before.bends_far and not counters(before, after):
        return False
    if not on_purpose(after, wishes) and not counters(before, after):
        return False
    if before.effort and after.effort and wishes.aim != "strength":
        return False
    rests = wishes.loose > 1 or not stays_on_hands(before, after)
    return rests and way_is_free(before.last, after.first, wishes)


def stays_on_hands(before: Facts, after: Facts) -> bool:
    """Return whether two exercises in a row are done on hands and knees: words lead from one to the other."""
    ends_there = not after.first and before.last == "hands and knees"
    return bool(before.on_hands and (after.on_hands or ends_there))


def may_rest(position: str, facts: Facts, wishes: Wishes) -> bool:
    """Return whether a rest may come after what ends in `position`: there or lower, and no rolling over.

    In the morning nobody lies down again, nor does somebody who asks for balance.
    """
    if facts.stage != 3 or not position or facts.name in wishes.like:
        return True
    if stays_up(wishes):
        return group(facts.first) in (*UP, "")
    if not facts.first:
        return position in _LEFT_ALONE
    if facts.first == "stomach" and position in ("back", "back, knees bent"):
        return False
    return HEIGHTS[group(facts.first)] <= HEIGHTS[group(position)]


def stays_up(wishes: Wishes) -> bool:
    """Return whether a session ends on a chair or standing: in the morning, and for balance."""
    return not wishes.places and (wishes.aim == "morning" or (not wishes.aim and "balance" in wishes.body))


def two_of_a_kind(one: Facts, other: Facts) -> bool:
    """Return whether two exercises are for the same part in the same phase, and name the same movement."""
    return one.kind == other.kind and (one.stage != 2 or not one.movements.isdisjoint(other.movements))


def on_purpose(facts: Facts, wishes: Wishes) -> bool:
    """Return whether an exercise is mainly for a wish, was asked for by name, or begins or ends a session.

    Arriving and resting need no wish; what warms up may be for the part beside it. In a loose session, a part
    that an exercise names further behind is enough.
    """
    if facts.is_frame or (facts.stage == 1 and warms(facts, wishes)):
        return True
    least = 2 if facts.stage == 2 and not wishes.loose else 1
    return purpose(facts, wishes) >= least or facts.name in wishes.like


def counters(before: Facts, after: Facts) -> bool:
    """Return whether `after` bends the spine gently the other way, or both ways, after a far bend."""
    if not before.bends_far or after.bends_far:
        return False
    return after.bend == "both" or after.bend == {"back": "forward", "forward": "back"}[before.bend]


def way_is_free(start: str, end: str, wishes: Wishes) -> bool:
    """Return whether the way between two positions goes by none that is avoided."""
    if not (start and end and (wishes.avoid or wishes.mind)):
        return True
    without = avoided(wishes)
    between = passed(cast("Position", start), cast("Position", end))
    return not any(PLACE_OF[place] in without for place in between)


def group(position: str) -> str:
    """Return the group of a position; "" for none."""
    return GROUPS.get(position, "")


def on_the_ground(position: str) -> bool:
    """Return whether somebody lies, sits or kneels on the ground."""
    return group(position) not in (*UP, "")


def most_changes(length: int) -> int:
    """Return how often a session may change its position."""
    return max(2, length // (4 * MINUTE))


def most_effort(wishes: Wishes) -> int:
    """Return how much effort a session may ask for: 1 for each moderate exercise, 2 for a strong one."""
    return int(max(1, wishes.length // ((2 if wishes.aim == "strength" else 3) * MINUTE)))


def most_of_stage(length: int) -> tuple[int, int, int, int]:
    """Return how many exercises each part of the arc may have."""
    return (1, 2 if length >= 20 * MINUTE else 1, 99, 2 if length >= 30 * MINUTE else 1)


def may_end(facts: Facts, wishes: Wishes) -> bool:
    """Return if a session may end with an exercise: nothing comes after it, and for sleep you lie."""
    if facts.bends_far or facts.last in NO_END:
        return False
    if facts.stage == 1 and not purpose(facts, wishes) and facts.name not in wishes.like:
        return False
    if wishes.aim != "sleep":
        return True
    return facts.stage == 3 and (group(facts.last) == "lying" or not facts.last)


def whole_arc(parts: Sequence[Facts], among: Sequence[Facts], wishes: Wishes) -> bool:
    """Return whether a session has a beginning and a rest, where `among` has some and there is time."""
    stages, possible = {each.stage for each in parts}, {each.stage for each in among}
    if 2 not in stages and 2 in possible:
        return False
    long = wishes.length >= ARC_FROM
    begins = not long or bool(stages & {0, 1}) or not possible & {0, 1}
    return begins and (3 in stages or 3 not in possible or not rests(wishes))


def rests(wishes: Wishes) -> bool:
    """Return whether a session ends with rest, where there is one: a short one does at the desk."""
    return wishes.length >= ARC_FROM or wishes.aim == "desk"
