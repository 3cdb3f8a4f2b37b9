"""How good a session is, as a whole number: docs/compose.md has the same list in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

from audioguide.compose.facts import Facts
from audioguide.compose.purpose import WHOLE, is_for, purpose
from audioguide.compose.rules import ARC_FROM, MINUTE
from audioguide.compose.wishes import Wishes
from audioguide.units import TICKS_PER_SECOND

FOR_A_WISH = (0, 3, 18)  # not at all, among others, mainly
AIM, NOT_CALM = 2, -30  # a phase that suits the aim; one that moves, to unwind or to sleep
NOT_STRONG = -16  # a stretch, for strength
THING = -1  # what an exercise needs
CHANGE = -8
WAY = 3 * TICKS_PER_SECOND  # of a way between two positions: a point less for each
DOUBLE = -24
NEW = 10  # an exercise for a direction, a muscle group or a region that none before it is for
ORDER = -10  # each pair in the wrong order
LOADED_FIRST = -8  # an exercise above gentle before all others for the wishes, but for strength
AGAINST, WRONG_END = -30, -60  # each way up in a long session, which ends lying; down in the morning
SEATED = -12  # each seated exercise above a third, where there is enough else
STATION, RETURN = -25, -15  # each place beyond two in a short session; each return to one that was left
WARM = 8  # an exercise that warms up
TOO_FEW, ENOUGH = -40, 3  # each exercise fewer for the wishes, from 10 minutes on
LIKED, DISLIKED = 14, -60
TURN, TURN_OF_FRAMES = 12, 4
CHANCE = 3  # a preference of the seed: from 0 to one less
LEAST_SERVED, MOST_SERVED = 8, 3
UNEVEN = -40  # each wish with less than half of an equal share of the time that is for the wishes
FEWER, MORE = -3, -10  # each one more costs as much more as there are too many
SHORT_MINUTE, LONG_MINUTE = -2, -5  # off the asked length: holds grow more easily than they shrink
SLEEPS = 20  # a rest in whose silence a listener falls asleep: rules keep it for that aim
CALM = ("unwind", "sleep")
_PER_EXERCISE = {1: 360, 2: 240, 3: 180, 4: 150, 5: 120}  # seconds, by variety
_AIM_PHASES: Mapping[str, tuple[str, ...]] = {
    "unwind": ("stretch", "rest"), "mobility": ("warm up", "stretch"), "strength": ("move",),
    "sleep": ("stretch", "rest"), "morning": ("warm up", "move"),
}  # fmt: skip


def target(wishes: Wishes) -> int:
    """Return how many exercises suit the length and the variety that are asked for."""
    least = 4 if wishes.length >= ARC_FROM and wishes.variety > 1 else 2
    each = _PER_EXERCISE[wishes.variety] * (3 if wishes.aim in CALM else 2) / 2
    suits = max(least, round(wishes.length / (each * TICKS_PER_SECOND)))
    return suits + (WHOLE in wishes.body)  # which has more to go round


def most_served(wishes: Wishes) -> int:
    """Return how many exercises for the wish with the fewest are worth something: more in a long session."""
    return max(MOST_SERVED, target(wishes) // (2 * len(wishes.body)))


def of_shares(times: Sequence[int]) -> int:
    """Return what a session loses for the wishes that come off badly, of the time that it has for each."""
    return UNEVEN * sum(2 * len(times) * each < sum(times) for each in times)


def of_exercise(facts: Facts, wishes: Wishes) -> int:
    """Return what an exercise is worth by itself, whatever the seed."""
    suits = facts.phase in _AIM_PHASES.get(wishes.aim, ())
    strong = wishes.aim == "strength" and facts.effort > 0
    # Which rest comes last is a matter of taste: one for the back is no better than another.
    wanted = FOR_A_WISH[min(purpose(facts, wishes), 1 if facts.is_frame else 2)]
    worth = wanted + WARM * (facts.stage == 1) + AIM * (suits + strong) + THING * len(facts.equipment)
    busy = NOT_CALM * (wishes.aim in CALM and facts.phase == "move")
    slack = NOT_STRONG * (wishes.aim == "strength" and facts.phase == "stretch")
    return worth + busy + slack + SLEEPS * facts.falls_asleep + _taste(facts, wishes)


def _taste(facts: Facts, wishes: Wishes) -> int:
    """Return what the listener thinks of an exercise; one that has to be in the session is in it anyway."""
    if facts.name in wishes.like:
        return 0
    return LIKED * (facts.name in wishes.liked) + DISLIKED * (facts.name in wishes.disliked)


def preferences(among: Sequence[Facts], wishes: Wishes) -> dict[str, int]:
    """Return what the seed adds to each exercise: each seed has its turn with some of them, and its chances.

    Those that could stand for each other, in the same part of the arc and for the same wishes, take turns, so
    that neighbouring seeds prefer different ones.
    """
    pools: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for each in among:
        served = (0,) if each.is_frame else tuple(is_for(each, wish) for wish in wishes.body)
        pools.setdefault((each.stage, served), []).append(each.name)
    found: dict[str, int] = {}
    best = max((max(served) for stage, served in pools if stage == 2), default=0)
    mains = sum(stage == 2 and max(served) == best for stage, served in pools) or 1
    for (stage, _), names in pools.items():
        need = -(-target(wishes) // mains) if stage == 2 else 1
        turns = max(2, min(8, len(names) // need))
        ordered = sorted(names, key=lambda name: (crc32(f"{wishes.seed // turns} {name}".encode()), name))
        for rank, name in enumerate(ordered):
            chance = crc32(f"{wishes.seed} {name}".encode()) % CHANCE
            turn = TURN_OF_FRAMES if stage in (0, 3) else TURN
            found[name] = chance + turn * (rank % turns == wishes.seed % turns)
    return found


def of_whole(count: int, usual: int, served: Sequence[int], useful: int, wishes: Wishes) -> int:
    """Return what only a whole session has.

    `served` is how many exercises each wish has, `useful` how many move, stretch or warm up for one.
    """
    more = count - target(wishes)
    off = LONG_MINUTE if usual > wishes.length else SHORT_MINUTE
    few = max(0, ENOUGH - useful) if wishes.length >= ARC_FROM else 0
    return (
        TOO_FEW * few
        + LEAST_SERVED * min(most_served(wishes), *served)
        + (MORE * more * (more + 1) // 2 if more > 0 else -FEWER * more)
        + off * (abs(usual - wishes.length) // MINUTE)
    )
