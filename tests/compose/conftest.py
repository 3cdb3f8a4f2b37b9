"""Exercises of the library with their facts, measured once."""

from __future__ import annotations

import pytest

from audioguide.compose.measure import frames
from audioguide.compose.stock import Stock, facts_of
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import Routine, load
from tests.compose.few import few_routines, few_stock


@pytest.fixture(scope="session")
def few() -> dict[str, Routine]:
    """Return some routines of every kind, by name."""
    return few_routines()


@pytest.fixture(scope="session")
def stock() -> Stock:
    """Return the facts of a few routines."""
    return few_stock()


@pytest.fixture(scope="session")
def library() -> dict[str, Routine]:
    """Return all routines that ship, by name."""
    return {path.stem: load(path) for path in sorted(SHIPPED.glob("*.yaml"))}


@pytest.fixture(scope="session")
def whole(library: dict[str, Routine]) -> Stock:
    """Return the facts of all routines that ship."""
    return Stock(tuple(facts_of(routine) for routine in library.values()), frames())
