"""A session from words: the listener's library read, the wishes understood, the session tried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from audioguide.compose.compose import Composed, compose
from audioguide.compose.facts import Facts
from audioguide.compose.stock import Stock, stock
from audioguide.compose.wishes import Asked, Wishes, read
from audioguide.errors import AudioguideError, RoutineError
from audioguide.fitting.search import UnreachableLength
from audioguide.listener.diary import Taste
from audioguide.listener.layers import Layer
from audioguide.listener.request import request
from audioguide.listing.index import Shelf, listed
from audioguide.pipeline.build import build
from audioguide.routine.library import Library
from audioguide.routine.load import load_text
from audioguide.storage.cache import user_cache
from audioguide.units import TICKS_PER_SECOND, format_length

NAME = "session.yaml"
TRIES = 5
LEAST_OFF = 60  # of the length: so much at least is allowed for in another try

LeftOut = Callable[[str, AudioguideError], None]


def stocked(
    library: Library,
    left_out: LeftOut,
    shelf: Shelf | None = None,
    measuring: Callable[[int], None] | None = None,
) -> Stock:
    """Return the exercises of this listener, or of a `shelf`, with what composing needs of each.

    One that cannot be read is given to `left_out` with its name, and `measuring` gets how many have to be
    measured. Raises as `listed` does.
    """
    cache = user_cache()
    return stock(listed(left_out, cache, shelf), library, cache, left_out, measuring)


def composed(
    asked: Asked, exercises: Stock, library: Library, layers: Sequence[Layer] = (),
    tastes: Mapping[str, Taste] = MappingProxyType({}),
) -> Composed:  # fmt: skip
    """Return the session that is `asked` for, with a length that is exact by estimate.

    `layers` are the listener's options, for the trial; `tastes` say which exercises they like. Raises Refused
    with all that is not understood, or with what to relax; RoutineError as `build` does.
    """
    return tried(tasted(read(asked, exercises.exercises), tastes), exercises, library, layers)


def tasted(wishes: Wishes, tastes: Mapping[str, Taste]) -> Wishes:
    """Return `wishes` with the exercises that are liked and disliked."""
    liked, disliked = (
        frozenset(name for name, taste in tastes.items() if taste == which) for which in ("like", "dislike")
    )
    return replace(wishes, liked=liked, disliked=disliked)


def tried(wishes: Wishes, exercises: Stock, library: Library, layers: Sequence[Layer] = ()) -> Composed:
    """Return a session that the settings really bring to its length. Raises as `composed` does.

    What choosing knows of lengths is a sum of parts. Where the whole cannot be brought to the length, the
    difference counts as part of what stands around the exercises, and it chooses again: more and more of it,
    as long as that changes nothing.
    """
    frames = dict(exercises.frames)
    before: tuple[Facts, ...] = ()
    times = 1
    for left in reversed(range(TRIES)):
        session = compose(wishes, exercises.facts, frames)
        off = too_long(session, library, layers)
        if off == 0:
            return session
        times = 2 * times if session.parts == before else 1
        before = session.parts
        if left:
            frames = {closing: length + off * times for closing, length in frames.items()}
    raise RoutineError(
        f"the session cannot be fitted to {session.wishes.length // TICKS_PER_SECOND} s",
        hint="try another --length or --seed",
    )


def too_long(session: Composed, library: Library, layers: Sequence[Layer]) -> int:
    """Return 0 where the settings bring a session to its length, else by how much they miss it, in ticks."""
    routine = load_text(session.text, Path(NAME), library)
    wanted = request(routine, _without_fit(layers))
    if build(wanted).fit:
        return 0
    asked = session.wishes.length
    least = asked // LEAST_OFF
    try:
        build(replace(wanted, options=replace(wanted.options, fit=format_length(asked))))
    except UnreachableLength as error:
        if asked > error.longest:
            return min(error.longest - asked, -least)
        return max(error.shortest - asked, least)
    return 0


def _without_fit(layers: Sequence[Layer]) -> list[Layer]:
    return [Layer(each.origin, replace(each.options, fit=None)) for each in layers]
