"""Some routines of every kind that ship, with their facts: a library that is measured in a second."""

from __future__ import annotations

from functools import cache

from audioguide.compose.measure import frames
from audioguide.compose.stock import Stock, facts_of
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import Routine, load

FEW = (
    "arm-across-chest", "bridge-pose", "cat-cow", "cat-stretch", "chair-arch", "childs-pose", "chin-tuck", "cobra-pose",  # noqa: E501
    "corpse-pose", "diaphragmatic-breathing", "eye-rest", "forward-bend", "heating-pad", "knee-to-chest",
    "mindfulness-meditation", "neck-tilt", "neck-turn", "neutral-spine", "relax-the-back", "seated-cat-cow",
    "seated-hamstring-stretch", "shoulder-rolls", "sit-tall", "upper-arm-raise", "wall-angel", "lower-back",
)  # fmt: skip


@cache
def few_routines() -> dict[str, Routine]:
    """Return them by name."""
    return {name: load(SHIPPED / f"{name}.yaml") for name in FEW}


@cache
def few_stock() -> Stock:
    """Return their facts."""
    return Stock(tuple(facts_of(routine) for routine in few_routines().values()), frames())
