"""In which order exercises are good to follow: what comes late, where a session goes, what it needs there."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.compiler.walking import place_of
from audioguide.compose import rules
from audioguide.compose.facts import Facts
from audioguide.compose.wishes import Wishes

FLOOR_LAST = 20 * rules.MINUTE  # from here on, a session stands and sits first, and lies last
FEW_STATIONS = 15 * rules.MINUTE
# Wishes that leave the positions open; others say where a session is.
_ANYWHERE = ("", "mobility", "strength", "unwind", "morning")


def ill_ordered(before: Facts, after: Facts) -> bool:
    """Return whether two exercises of one session come in the wrong order, next to each other or not.

    What moves a region comes before what stretches it, the light before the loaded, a roll of the neck last,
    and the cat before a far bend back. Held twists come last.
    """
    if before.stage != 2 or after.stage != 2:
        return False
    if _held_twist(before) and not _held_twist(after):
        return True
    if before.bends_far and before.bend == "back" and after.bend == "both":
        return True
    if before.region != after.region:
        return False
    if "neck roll" in before.nature or (before.phase == "stretch" and after.phase == "move"):
        return True
    same = before.phase == after.phase == "move"
    return same and before.effort > after.effort and not rules.counters(before, after)


def _held_twist(facts: Facts) -> bool:
    return facts.direction == "turn" and facts.phase == "stretch" and "back" in facts.region


def floor_last(wishes: Wishes) -> bool:
    """Return whether a session goes from standing down to lying: it is long, and no position is asked for.

    To unwind, shorter ones do, too.
    """
    long = wishes.length >= (rules.ARC_FROM if wishes.aim == "unwind" else FLOOR_LAST)
    return long and is_free(wishes) and not rules.stays_up(wishes)


def is_free(wishes: Wishes) -> bool:
    """Return whether no wish says in which positions a session is."""
    return not wishes.places and wishes.aim in _ANYWHERE


def against(before: str, after: str, wishes: Wishes) -> bool:
    """Return whether a way leads up in a session that goes down to lying, or down in one that rises."""
    if not before or not after:
        return False
    start, end = (rules.HEIGHTS[rules.group(each)] for each in (before, after))
    return end < start if rules.stays_up(wishes) else floor_last(wishes) and end > start


def station(facts: Facts) -> str:
    """Return where an exercise is done: a wall, a table, a chair, the floor; "" for anywhere."""
    if place := place_of(facts.equipment):
        return place
    return "floor" if rules.group(facts.first) in ("lying", "on the knees", "on the floor") else ""


def many_seated(among: Sequence[Facts], wishes: Wishes) -> bool:
    """Return whether a session should not be seated for the most part: there is enough else to do."""
    mains = [each for each in among if each.stage == 2 and rules.on_purpose(each, wishes)]
    return is_free(wishes) and 2 * sum(each.first == "chair" for each in mains) <= len(mains)
