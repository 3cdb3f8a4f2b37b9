"""The positions of the body, and the words that lead from each to every other, with time to do it."""

from __future__ import annotations

from functools import cache
from heapq import heappop, heappush
from typing import Literal, get_args

Position = Literal[
    "back",
    "back, knees bent",
    "stomach",
    "side",
    "hands and knees",
    "heels",
    "kneeling",
    "floor",
    "chair",
    "standing",
]
POSITIONS: tuple[Position, ...] = get_args(Position)

# A sentence, and how many seconds it takes to do what it says. The times are ours, for a stiff back.
Move = tuple[str, int]

OPEN_EYES = "Open your eyes."
_EYES: Move = (OPEN_EYES, 2)
_DIZZY: Move = ("If you feel dizzy, stay here, and pause me until the dizziness has passed.", 5)
_TO_CHAIR: tuple[Move, ...] = (("Come to your chair, and sit down.", 12),)

# The ways that are one movement. All others go by way of these.
_STEPS: dict[tuple[Position, Position], tuple[Move, ...]] = {
    ("back", "back, knees bent"): (("Bend your knees.", 2), ("Set both feet down flat.", 4)),  # in bed, too
    ("back, knees bent", "back"): (),
    ("back", "stomach"): (("Slowly roll onto your stomach.", 10),),
    ("back, knees bent", "stomach"): (
        ("Stretch your legs out.", 4), ("Slowly roll onto your stomach.", 10),
    ),
    ("stomach", "back"): (("Slowly roll onto your back.", 10),),
    # Straight legs would twist the lower back.
    ("back", "side"): (("Bend your knees.", 3), ("Slowly roll onto one side.", 6)),
    ("back, knees bent", "side"): (("Slowly roll onto one side.", 6),),
    ("side", "back"): (("Slowly roll onto your back.", 6),),
    ("side", "stomach"): (("Slowly roll onto your stomach.", 6),),
    ("side", "hands and knees"): (
        _EYES, ("Push up with your hands, until you sit.", 6), ("Come onto your hands and knees.", 8),
    ),
    ("side", "floor"): (_EYES, ("Push up with your hands, until you sit.", 6),),
    ("floor", "side"): (("Slowly lower yourself onto one side.", 8),),
    ("floor", "hands and knees"): (("Come onto your hands and knees.", 8),),
    ("stomach", "hands and knees"): (
        _EYES, ("Place your hands beside your chest.", 4), ("Push back, onto your hands and knees.", 7),
    ),
    ("hands and knees", "stomach"): (("Slowly lower yourself onto your stomach.", 8),),
    ("hands and knees", "side"): (("Slowly lower yourself onto one side.", 8),),
    ("hands and knees", "kneeling"): (("Walk your hands back, and kneel upright.", 6),),
    ("hands and knees", "chair"): (
        _EYES, ("Come to the front of your chair, on your hands and knees.", 12),
        ("Place both hands on the seat.", 4),
        ("Set one foot on the floor in front of you.", 6), _DIZZY,
        ("Push on the seat, and slowly stand up.", 8), ("Turn around, in small steps.", 6),
        ("Step back, until your legs touch the chair.", 3), ("Sit down on the chair.", 6),
    ),
    ("hands and knees", "heels"): (("Sit back towards your heels, as far as is comfortable.", 6),),
    ("kneeling", "heels"): (("Slowly sit back on your heels.", 5),),
    ("heels", "kneeling"): (("Slowly come up, to kneel upright.", 5),),
    ("heels", "hands and knees"): (("Lean forward, onto your hands and knees.", 6),),
    ("heels", "floor"): (("Sit down beside your heels.", 6),),
    ("kneeling", "hands and knees"): (("Lean forward, onto your hands and knees.", 6),),
    ("kneeling", "standing"): (
        _EYES, ("Set one foot on the floor in front of you.", 6),
        ("Rest both hands on that thigh.", 4), _DIZZY,
        ("Hold on to something firm, if you like, and slowly stand up.", 8),
    ),
    ("standing", "kneeling"): (
        ("Hold on to something firm, if you like, and slowly come down to your knees.", 10),
    ),  # eyes are open already
    ("standing", "chair"): _TO_CHAIR,
    ("chair", "standing"): (_EYES, ("Slowly stand up.", 6)),
    ("chair", "kneeling"): (
        _EYES, ("Slowly stand up.", 6),
        ("Step beside the chair, onto your mat if you have one, facing the way you sat.", 6),
        ("Hold on to the chair, and slowly come down to your knees.", 10), ("Let go of the chair.", 2),
        ("Draw your cushion close, if you have one.", 4),
    ),
    ("kneeling", "floor"): (("Sit down beside your heels.", 6),),
}  # fmt: skip


# A way of its own is worth some seconds: from a chair to the floor it holds on to the chair.
_STOP = 15


def way(start: Position, end: Position) -> tuple[Move, ...]:
    """Return what to say, and how long each takes in seconds, to come from `start` to `end`.

    Nothing where they are the same. The way that takes the least time wins (Dijkstra 1959); each position
    on the way counts as `_STOP` seconds more, and opening the eyes as none.
    """
    moves, _ = _shortest(start, end)
    first = [_EYES] if _EYES in moves else []  # before the first move, and they stay open
    return tuple(dict.fromkeys([*first, *moves]))


def passed(start: Position, end: Position) -> tuple[Position, ...]:
    """Return the positions between `start` and `end` that the way of `way` goes by."""
    return _shortest(start, end)[1][:-1]


@cache
def _shortest(start: Position, end: Position) -> tuple[tuple[Move, ...], tuple[Position, ...]]:
    """Return the moves from `start` to `end`, and the positions that they lead to."""
    waiting: list[tuple[int, Position, tuple[Move, ...], tuple[Position, ...]]] = [(0, start, (), ())]
    known: set[Position] = set()
    while True:
        time, here, moves, stops = heappop(waiting)
        if here == end:
            return moves, stops
        if here in known:
            continue
        known.add(here)
        for there in POSITIONS:
            step = _STEPS.get((here, there))
            if step is not None:
                cost = _STOP + sum(move[1] for move in step if move != _EYES)
                heappush(waiting, (time + cost, there, moves + step, (*stops, there)))


_GET_UP = "Take your time getting up."
_BEND: Move = ("Bend your knees.", 3)
_SIT_UP: tuple[Move, ...] = (("Push up with your hands, until you sit.", 6), (_GET_UP, 0))
_FROM_BACK: tuple[Move, ...] = (("Roll onto one side.", 6), ("Rest a moment.", 5), *_SIT_UP)
_UP_FROM: dict[Position | None, tuple[Move, ...]] = {
    "back": (_BEND, *_FROM_BACK),
    "back, knees bent": _FROM_BACK,
    "side": _SIT_UP,
    # Not by hands and knees: nobody knows how to go on there, and bad knees hurt. The arm would be trapped.
    "stomach": (
        ("Reach one arm past your head, and roll onto that side.", 9), _BEND, ("Rest a moment.", 5), *_SIT_UP,
    ),
    "standing": (),
    # Nobody said where the listener is.
    None: (("If you are lying down, roll onto one side.", 8), (_GET_UP, 0)),
}  # fmt: skip
# In bed, the side is the one where you get out, and the legs go first.
_OUT_OF_BED: tuple[Move, ...] = (
    ("Roll onto your side, towards the edge of the bed.", 6), ("Rest a moment.", 5),
    ("Let your feet slide over the edge.", 5), *_SIT_UP,
)  # fmt: skip
_UP_FROM_BED: dict[Position | None, tuple[Move, ...]] = {
    "back": (_BEND, *_OUT_OF_BED),
    "back, knees bent": _OUT_OF_BED,
}


def sentences() -> tuple[str, ...]:
    """Return everything that leads from any position to another, and up at the end."""
    ways = (*_STEPS.values(), *_UP_FROM.values(), *_UP_FROM_BED.values())
    return tuple(dict.fromkeys(text for way in ways for text, _ in way))


def up_from(position: Position | None, *, bed: bool = False) -> tuple[Move, ...]:
    """Return what to say at the end to a listener in `position`, on a bed or not, with times in seconds."""
    other = _UP_FROM.get(position, ((_GET_UP, 0),))
    return _UP_FROM_BED.get(position, other) if bed else other
