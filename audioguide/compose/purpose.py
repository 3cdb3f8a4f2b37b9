"""What an exercise is for: which wish, what part of it, and what it may stand beside."""

from __future__ import annotations

from functools import cache

from audioguide.compose.facts import Facts
from audioguide.compose.wishes import Wishes
from audioguide.vocabulary.vocabulary import vocabulary

WHOLE = "whole body"
# A rest or a warm-up for these suits every wish.
NEUTRAL = frozenset({WHOLE, "mind", "breath"})
_LIMBS = {"legs": "legs", "arms": "arms and hands", "upper back": "upper and mid back",
          "mid back": "upper and mid back"}  # fmt: skip
_ON_THE_HEAD = frozenset({"eyes", "face", "jaw"})


def is_for(facts: Facts, wish: str) -> int:
    """Return 2 where an exercise is mainly for this part of the body, 1 where it is among others, else 0."""
    if any(covers(part, wish) for part in facts.mainly):
        return 2
    return int(any(covers(part, wish) for part in facts.body))


@cache
def covers(part: str, wish: str) -> bool:
    """Return whether what is good for `part` is good for `wish`: a kind of it, or a part of its limb."""
    if wish in (WHOLE, part) or set(wish.split()) <= set(part.split()):
        return True
    if wish == "head":
        return part in _ON_THE_HEAD
    return wish in _LIMBS and vocabulary().regions.get(part) == _LIMBS[wish]


def purpose(facts: Facts, wishes: Wishes) -> int:
    """Return the best of `is_for` over all wishes."""
    return max(is_for(facts, wish) for wish in wishes.body)


def shares(facts: Facts, wishes: Wishes) -> tuple[bool, ...]:
    """Return for each wish whether the time of an exercise is for it: what it is most for."""
    best = 0 if facts.is_frame else purpose(facts, wishes)
    return tuple(bool(best) and is_for(facts, wish) == best for wish in wishes.body)


def warms(facts: Facts, wishes: Wishes) -> bool:
    """Return whether it warms up the part of a wish, or one in a region beside it."""
    if purpose(facts, wishes):
        return True
    regions = {vocabulary().regions.get(part, "") for part in facts.mainly}
    return any(not regions.isdisjoint(_beside(wish)) for wish in wishes.body)


@cache
def _beside(wish: str) -> frozenset[str]:
    words = vocabulary()
    if wish in NEUTRAL:
        return frozenset(words.regions.values())
    region = words.regions.get(wish, "")
    return frozenset({region, *words.near.get(region, ())})


def concerns(facts: Facts, wishes: Wishes) -> bool:
    """Return whether a rest is about a part of a wish, or about none."""
    if not facts.body or facts.body[0] in NEUTRAL:
        return True
    return any(covers(part, wish) for part in facts.body for wish in wishes.body if wish != WHOLE)


def aspects(facts: Facts, wishes: Wishes) -> frozenset[tuple[str, str]]:
    """Return for each wish that it is mainly for which part of it: a region, a muscle group, a direction."""
    return frozenset((wish, _aspect(facts, wish)) for wish in wishes.body if is_for(facts, wish) == 2)


def _aspect(facts: Facts, wish: str) -> str:
    if wish == WHOLE:
        return facts.region
    if wish in ("legs", "arms"):
        return facts.body[0]
    return facts.direction or facts.phase
