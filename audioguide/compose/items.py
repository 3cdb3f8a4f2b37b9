"""What the search has to know of each exercise and of each way to it, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audioguide.compose import order, purpose, rules, score
from audioguide.compose.facts import Facts
from audioguide.compose.lengths import Span, share_of, span_of, way_between
from audioguide.compose.wishes import Wishes

_NO_ASPECTS: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One exercise among others, which are bits of a number.

    `clash` are those of which only one may be in a session, `doubles` those that are nearly the same, `ill`
    those that should not come before it. `serves` says for each wish if it counts, `shares` how much of
    its usual time is for it, `useful` if it counts for any.
    """

    stage: int
    effort: int
    worth: int
    span: Span
    last: str
    ground: str
    fits: bool
    loaded: bool
    useful: bool
    seated: bool
    station: str
    stands: bool
    serves: tuple[int, ...]
    shares: tuple[int, ...]
    aspects: frozenset[tuple[str, str]]
    prepares: frozenset[str]
    clash: int
    doubles: int
    ill: int


@dataclass(frozen=True, slots=True)
class Leg:
    """The way to an exercise, and through it: ticks, changes of position, and points."""

    ticks: int
    changes: int
    points: int


def items_of(among: Sequence[Facts], possible: Sequence[Facts], wishes: Wishes) -> list[Item]:
    """Return what the search has to know of the exercises `among` those that are `possible`."""
    preferred = score.preferences(possible, wishes)
    needs = [_least(wish, possible, wishes) for wish in wishes.body]
    return [_item(each, among, wishes, preferred[each.name], needs) for each in among]


def _item(
    facts: Facts,
    among: Sequence[Facts],
    wishes: Wishes,
    preferred: int,
    needs: Sequence[Callable[[Facts], bool]],
) -> Item:
    span = span_of(facts, wishes)
    doubles = [other for other in among if other is not facts and facts.is_double_of(other)]
    alone = [] if wishes.loose or facts.name in wishes.like else doubles
    return Item(
        stage=facts.stage, effort=facts.effort, worth=score.of_exercise(facts, wishes) + preferred,
        span=span, last=facts.last, ground=facts.ground, fits=_fits(facts, span, wishes),
        loaded=facts.stage == 2 and facts.effort > 0 and wishes.aim != "strength",
        useful=facts.stage in (1, 2) and purpose.purpose(facts, wishes) >= facts.stage,
        seated=facts.first == "chair" and not facts.is_frame, station=order.station(facts),
        stands=facts.first == "standing",
        serves=tuple(int(serves(facts)) for serves in needs),
        shares=tuple(span.usual * each for each in purpose.shares(facts, wishes)),
        aspects=purpose.aspects(facts, wishes) if facts.stage == 2 else _NO_ASPECTS,
        prepares=frozenset(facts.prepares), doubles=_bits(doubles, among),
        clash=_bits([each for each in alone if rules.group(each.first) == rules.group(facts.first)], among),
        ill=_bits([before for before in among if order.ill_ordered(before, facts)], among),
    )  # fmt: skip


def _bits(some: Iterable[Facts], among: Sequence[Facts]) -> int:
    names = {each.name for each in some}
    return sum(1 << number for number, each in enumerate(among) if each.name in names) if names else 0


def _fits(facts: Facts, span: Span, wishes: Wishes) -> bool:
    """Return whether an exercise takes no more than its share of the session when it is short."""
    if wishes.loose > 1 or facts.is_frame or facts.name in wishes.like:
        return True
    return span.shortest <= share_of(wishes)


def _least(wish: str, possible: Sequence[Facts], wishes: Wishes) -> Callable[[Facts], bool]:
    """Return what counts as an exercise for a wish: one mainly for it that moves, where there is one."""
    among = () if wishes.loose else possible
    found = [each for each in among if purpose.is_for(each, wish) == 2]
    if wishes.aim == "mobility" and any(each.phase == "stretch" for each in found):
        return lambda each: each.phase == "stretch" and purpose.is_for(each, wish) == 2
    if any(each.stage == 2 for each in found):
        return lambda each: each.stage == 2 and purpose.is_for(each, wish) == 2
    return lambda each: purpose.is_for(each, wish) > int(bool(found))


def leg_of(position: str, facts: Facts, wishes: Wishes) -> Leg | None:
    """Return the way from a position to an exercise; None where it may not be gone, or nobody rests so."""
    if not rules.way_is_free(position, facts.first, wishes) or not rules.may_rest(position, facts, wishes):
        return None
    changes, before = 0, rules.group(position)
    for place in (rules.group(facts.first), rules.group(facts.last)):
        if place:
            changes += bool(before) and place != before
            before = place
    ticks = way_between(position, facts.first)
    points = score.CHANGE * changes - ticks // score.WAY
    if facts.stage != 3 and order.against(position, facts.first, wishes):
        points += score.AGAINST
    return Leg(ticks, changes, points)
