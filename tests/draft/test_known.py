"""Exercises that the library has, and others that only have a similar name."""

from __future__ import annotations

from audioguide.draft.known import known_as
from tests.tables import every


@every(
    ("title", "position", "name"),
    [
        ("Knee to chest", "back", "knee-to-chest"),
        ("Single knee to chest stretch", "back, knees bent", "knee-to-chest"),
        ("Child's Pose", None, "childs-pose"),
        ("The cat-cow", "hands and knees", "cat-cow"),
    ],
)
def test_the_same_exercise_in_other_words(title: str, position: str | None, name: str) -> None:
    found = known_as(title, position)
    assert found
    assert found.name == name


@every(
    ("title", "position", "partner"),
    [
        ("The bridge", "back", False),
        ("Cat-cow", "chair", False),
        ("Lying hamstring stretch", "back", True),
        ("Double knee to chest", "back", False),
        ("Stretch", None, False),
    ],
)
def test_another_exercise_of_a_similar_name(title: str, position: str | None, *, partner: bool) -> None:
    found = known_as(title, position, partner=partner)
    assert found is None or found.name not in (
        "bridge-pose",
        "cat-cow",
        "lying-hamstring-stretch",
        "knee-to-chest",
    )
