"""Whether a text asks for both sides."""

from __future__ import annotations

import pytest

from audioguide.draft.sides import is_one_sided, sides_of
from tests.tables import every

BOTH = [
    "Do 12 leading with the left leg, and 12 leading with the right.",
    "Two sets of twelve on both arms.",
    "Repeat with the other leg.",
    "Switch sides.",
    "Change legs and repeat.",
    "Do the same with your right arm.",
    "Repeat 5 times on each side.",
    "Hold for 20 seconds per side.",
    "Do 10 reps with each leg.",
    "Lower it and repeat on the opposite side.",
    "Alternate legs.",
    "Continue alternating for one minute.",
    "Turn your head to the left, then to the right.",
    "Twist to one side, then the other.",
    "Roll your knees from side to side.",
    "Repeat, this time leading with the other foot.",
    "Hold 15 seconds each leg.",
    "Swap legs.",
    "Repeat on the left.",
    "Now the other arm.",
    "Then stretch the other side.",
    "Perform on both sides.",
    "Repeat the stretch, turning to the opposite side.",
    "Lift one leg at a time.",
]
ALSO_TOGETHER = [
    ["Pull one knee to your chest.", "Repeat with the other leg, then with both legs together."],
    ["Hug your left knee, then your right knee.", "Finally, hug both knees."],
]
NEITHER = [
    "Place your ankle on the opposite knee.",
    "Bring the leg across your body to the opposite side.",
    "Hold your elbow with the other hand.",
    "Keep the other leg straight.",
    "Pull both knees to your chest.",
    "Circle both arms, then reverse the direction.",
    "Hold a weight in each hand.",
    "Clasp your right wrist with your left hand.",
    "Place your hands on each side of your head.",
    "Make small circles with each outstretched arm.",
    "Place your hands on either side of your chest.",
]


@every("sentence", BOTH)
def test_the_other_side_is_asked_for(sentence: str) -> None:
    assert sides_of([sentence]) == "left_right"


@pytest.mark.parametrize("sentences", ALSO_TOGETHER)
def test_both_together_may_follow(sentences: list[str]) -> None:
    assert sides_of(sentences) == "left_right_both"


@every("sentence", NEITHER)
def test_the_other_limb_may_only_be_a_place(sentence: str) -> None:
    assert sides_of([sentence]) == "none"


def test_the_same_verb_with_the_other_side_goes_over() -> None:
    assert sides_of(["Lean to one side.", "Hold, then lean to the other side."]) == "left_right"
    assert sides_of(["Lift your left arm.", "Lower it.", "Now lift your right arm."]) == "left_right"


def test_a_movement_of_one_limb_has_a_side() -> None:
    assert is_one_sided(["Bend one knee."])
    assert not is_one_sided(["Bend both knees."])
