"""Exercises of the library with their facts, measured once."""

from __future__ import annotations

import pytest

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


@pytest.fixture(scope="session")
def few() -> dict[str, Routine]:
    """Return some routines of every kind, by name."""
    return {name: load(SHIPPED / f"{name}.yaml") for name in FEW}


@pytest.fixture(scope="session")
def stock(few: dict[str, Routine]) -> Stock:
    """Return the facts of a few routines."""
    return Stock(tuple(facts_of(routine) for routine in few.values()), frames())


@pytest.fixture(scope="session")
def library() -> dict[str, Routine]:
    """Return all routines that ship, by name."""
    return {path.stem: load(path) for path in sorted(SHIPPED.glob("*.yaml"))}


@pytest.fixture(scope="session")
def whole(library: dict[str, Routine]) -> Stock:
    """Return the facts of all routines that ship."""
    return Stock(tuple(facts_of(routine) for routine in library.values()), frames())
