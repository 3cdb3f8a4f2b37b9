"""Which exercises a session may be made of, and why the others are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audioguide.compose import purpose, rules, score
from audioguide.compose.facts import Facts
from audioguide.compose.lengths import most_of, too_long_on_hands
from audioguide.compose.wishes import Wishes

_BESIDE = (3, 5, 0, 3)  # how many are tried for arriving, warming up and resting
_COUNTERS = 4
_MAINS = 24


@dataclass(frozen=True, slots=True)
class Candidates:
    """The exercises that are `possible`, and by name why each of the others is `left_out`."""

    possible: tuple[Facts, ...]
    left_out: Mapping[str, str]

    def best(self, wishes: Wishes) -> list[Facts]:
        """Return those worth trying together: the best for each wish, and some for the rest of the arc."""
        preferred = score.preferences(self.possible, wishes)
        ordered = sorted(
            self.possible,
            key=lambda each: (-score.of_exercise(each, wishes) - preferred[each.name], each.name),
        )
        chosen = [each for each in ordered if each.name in wishes.like]
        mains = _by_turns([each for each in ordered if each.stage == 2], wishes)
        # What begins and ends a session is best done where most of it is done.
        home = Counter(rules.group(each.first) for each in mains[:_MAINS]).most_common(1)
        for stage in (0, 1, 3):
            beside = [each for each in ordered if each.stage == stage]
            beside.sort(key=lambda each: home and rules.group(each.first) not in ("", home[0][0]))
            chosen += beside[: _BESIDE[stage]] + _one_for_each_group(beside)
        chosen += mains
        far = [each for each in chosen if each.bends_far]
        chosen += [each for each in ordered if any(rules.counters(bend, each) for bend in far)][:_COUNTERS]
        return list(dict.fromkeys(chosen))


def _one_for_each_group(beside: Sequence[Facts]) -> list[Facts]:
    """Return the first of each group of positions: where a session goes, somebody may rest."""
    return list({rules.group(each.first): each for each in reversed(beside)}.values())


def candidates(stock: Iterable[Facts], wishes: Wishes) -> Candidates:
    """Sort the exercises by whether they may be part of a session."""
    left_out: dict[str, str] = {}
    fit: list[Facts] = []
    for each in stock:
        if why := rules.ruled_out(each, wishes):
            left_out[each.name] = why
        elif _too_long(each, wishes):
            left_out[each.name] = "too long"
        elif too_long_on_hands(each, wishes):
            left_out[each.name] = "too long on hands and knees"
        else:
            fit.append(each)
    mains = [each for each in fit if each.stage == 2 and rules.on_purpose(each, wishes)]
    far = [each for each in mains if each.bends_far]
    possible = [each for each in fit if _belongs(each, mains, far, wishes)]
    names = {each.name for each in possible}
    left_out |= {each.name: "for other parts of the body" for each in fit if each.name not in names}
    return Candidates(tuple(possible), left_out)


def _too_long(each: Facts, wishes: Wishes) -> bool:
    most = most_of(each, wishes) if each.is_frame else None
    shortest = each.usual if each.name in wishes.like and not each.is_frame else each.shortest
    return shortest > (wishes.length if most is None else most)


def _belongs(each: Facts, mains: Sequence[Facts], far: Sequence[Facts], wishes: Wishes) -> bool:
    if each.stage in (1, 2) and not rules.on_purpose(each, wishes):
        return each.stage == 2 and any(rules.counters(bend, each) for bend in far)
    if each.stage == 2:
        return True
    if each.name in wishes.like or not mains:
        return True
    return any(
        rules.way_is_free(each.last, main.first, wishes)
        and rules.way_is_free(main.last, each.first, wishes)
        and rules.may_rest(main.last, each, wishes)
        for main in mains
    )


def _by_turns(mains: Sequence[Facts], wishes: Wishes) -> list[Facts]:
    """Return the best for each wish in turn, until there are enough for every place in the session."""
    most = max(_MAINS, 2 * score.target(wishes))
    queues = [[each for each in mains if purpose.is_for(each, wish)] for wish in wishes.body]
    found: dict[Facts, None] = {}
    for place in range(max(map(len, queues), default=0)):
        for queue in queues:
            if place < len(queue) and len(found) < most:
                found[queue[place]] = None
    return list(found)
