"""Where somebody stands for an exercise, and the words that lead from one such place to the next."""

from __future__ import annotations

from collections.abc import Iterable

from audioguide.compiler.context import Context
from audioguide.routine.language.positions import Move
from audioguide.vocabulary.vocabulary import vocabulary

# Things that stand in one place. Of two, an exercise is done at the first: a corner has walls, too.
PLACES = ("corner", "step", "table", "door frame", "wall", "chair")
SECONDS = 10  # ours, for a few steps and a look around


def place_of(equipment: Iterable[str]) -> str:
    """Return where an exercise is done that needs these things; "" where that is anywhere."""
    needed = {vocabulary().find("equipment", each) or each for each in equipment}
    return next((place for place in PLACES if place in needed), "")


def walk_to(place: str) -> Move:
    """Return what leads somebody who stands to another place, and how many seconds it takes."""
    return f"Slowly walk to the {place}.", SECONDS


def sentences() -> tuple[str, ...]:
    """Return everything that leads from one place to another."""
    return tuple(walk_to(place)[0] for place in PLACES)


def walk(here: Context, *, stands: bool) -> tuple[Move, ...]:
    """Note where an included routine is done; return what leads there, if it is done standing elsewhere."""
    out = here.out
    before, out.place = out.place, place_of(here.routine.document.equipment)
    if not stands or before is None or out.place in ("", before):
        return ()
    return (walk_to(out.place),)
