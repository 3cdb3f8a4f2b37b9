"""Texts are read in the words of the one vocabulary."""

from __future__ import annotations

from audioguide.draft import vocabulary as read
from audioguide.draft.vocabulary import SAID, body_parts, equipment_of
from audioguide.vocabulary.vocabulary import vocabulary
from tests.tables import every


@every(
    ("text", "parts"),
    [
        ("Stretch your calf and your Achilles tendon.", ("calves",)),
        ("This opens the chest. Draw your shoulder blades together.", ("shoulders", "chest")),
        ("Tighten your quads, then your quadriceps again and a hamstring.", ("quadriceps", "hamstrings")),
        ("Round your lower back, then the lumbar spine.", ("lower back",)),
        ("Bend the back leg, with your back foot flat.", ("feet",)),
        ("Bend the wrist, and spread the fingers. Wrists again.", ("wrists", "hands")),
        ("Squeeze your buttocks. Your glutes hold you.", ("glutes",)),
        ("Sit still and let everything calm down.", ()),
    ],
)
def test_parts_of_the_body(text: str, parts: tuple[str, ...]) -> None:
    assert body_parts(text) == parts


@every(
    ("text", "things"),
    [
        ("Hold a belt or a yoga strap.", ("strap",)),
        ("Lie on a yoga mat, with a cushion under your head.", ("mat", "pillow")),
        ("Stand in a doorway.", ("door frame",)),
        ("Shift your weight onto the ball of your foot.", ()),
        ("Take a step forward.", ()),
        ("Hold a dumbbell in each hand, or use hand weights.", ("dumbbells",)),
        ("Use a hot-water bottle.", ("hot-water bottle",)),
        ("Load a barbell.", ("barbell",)),
        ("Hang from a pull-up bar.", ("bar",)),
    ],
)
def test_things(text: str, things: tuple[str, ...]) -> None:
    assert equipment_of(text) == things


def test_each_name_that_a_draft_writes_is_known() -> None:
    names = vocabulary().names
    assert set(read._PART_IN_TEXT) | read._EVERYWHERE <= set(names["body"])
    assert set(read._THING_IN_TEXT) | read._NO_THINGS <= set(names["equipment"])
    assert [said for said in SAID.values() if not vocabulary().kinds_of("position", said)] == []
