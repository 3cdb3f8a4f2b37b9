"""Which positions lie on the way from one to another."""

from __future__ import annotations

from audioguide.routine.language.positions import passed


def test_the_way_from_standing_to_the_back_goes_by_the_knees() -> None:
    assert "kneeling" in passed("standing", "back")


def test_between_neighbours_there_is_nothing() -> None:
    assert passed("chair", "standing") == ()
    assert passed("back", "back") == ()
