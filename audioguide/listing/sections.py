"""The sections of a list: sessions, exercises by region, breath and rest, heat and cold, one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audioguide.routine import library
from audioguide.vocabulary.vocabulary import vocabulary

if TYPE_CHECKING:
    from audioguide.routine.load import Routine

YOURS = "Yours"
SESSIONS = "Sessions"
BREATH_AND_REST = "Breath and rest"
HEAT_AND_COLD = "Heat and cold"
OTHER = "Other"
_HEAT_OR_COLD = frozenset({"heat", "water", "ice", "heat and ice"})  # notices
_RESTING = frozenset({"arrive", "rest"})  # phases
_MIND = "breath and mind"  # a region


def section_of(routine: Routine) -> str:
    """Return the section that a routine belongs to.

    A session is what includes other routines. An exercise stands with the region of its first part of the
    body.
    """
    document = routine.document
    if routine.path.parent != library.SHIPPED:
        return YOURS
    if routine.includes:
        return SESSIONS
    if document.safety.notice in _HEAT_OR_COLD:
        return HEAT_AND_COLD
    words = vocabulary()
    region = words.region(document.body[0]) if document.body else None
    if region == _MIND or words.find("phase", document.phase or "") in _RESTING:
        return BREATH_AND_REST
    return region.capitalize() if region else OTHER


def sections() -> tuple[str, ...]:
    """Return all sections in the order in which they are shown."""
    regions = dict.fromkeys(region.capitalize() for region in vocabulary().regions.values())
    exercises = (each for each in regions if each.lower() != _MIND)
    return (SESSIONS, *exercises, OTHER, BREATH_AND_REST, HEAT_AND_COLD, YOURS)
