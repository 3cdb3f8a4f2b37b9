"""Kinds of leaflets: how they lay out an exercise, and texts that only look like one."""

from __future__ import annotations

import pytest

from audioguide.draft.draft import drafts_of
from audioguide.draft.readers.find import read
from audioguide.errors import RoutineError
from tests.tables import every

Found = tuple[str, int | None, int | None, int | None, str]

DOSE_BELOW_THE_NAME = """\
Sofa bridge
3 sets of 12 reps
\u2022 Lie on your back with your heels on a sofa.
\u2022 Lift your hips and lower them again.

Corner stretch
2 x 40 sec each arm
\u2022 Stand in a corner with one forearm on the wall.
\u2022 Turn your chest away from it.
"""
ONE_IN_EACH_LINE = """\
Lunchtime mobility

Chin nods - 20 seconds. Sit tall and nod your head slowly.
Shoulder circles - 15 each way. Stand and circle both shoulders.
Kneeling stretch - 40 sec per side. Kneel on one knee and lean forward.
"""
GLUED = (
    "Elbow sheet Do these twice a day.1. Sit on a chair and bend your elbow. Hold for eight seconds "
    "and repeat six times.2. Rest your forearm on a table and turn your palm up. Repeat nine times."
)
NAMES_ONLY = (
    "Day 1\nGlute bridge 3x12\nClamshell 3x15 each side\nCat cow 10 reps\nPigeon pose 50 sec each side\n"
)
LABELLED = """\
Exercise 1: Hip hitch
Start: Stand sideways on a step with one leg hanging.
Movement: Let the hanging hip drop, then hitch it up again.
Amount: 2 sets of 9 repetitions on each leg
"""
FOR_ALL = """\
Stretches for gardeners

Repeat each exercise 7 times, holding each position for 6 seconds.

1. Standing, clasp your hands behind your back and lift them.
2. Lying on your back, lift a stick over your head with both hands.
"""
AFTERWARDS = """\
Thigh stretch
Stand and pull one heel to your bottom.

Hip stretch
Kneel on one knee and push your hips forward.

Calf stretch
Lean on a wall and press one heel down.

Hold each stretch for 35 seconds on both sides.
"""
TABLE = """\
<table><tr><th>Exercise</th><th>How</th><th>Hold (s)</th></tr>
<tr><td>Towel pull</td><td>Sit and pull a towel round your foot.</td><td>25</td></tr>
<tr><td>Heel press</td><td>Sit and press your heel into the floor.</td><td>5</td></tr></table>
"""

KINDS: list[tuple[str, str, list[Found]]] = [
    (
        "a.txt",
        DOSE_BELOW_THE_NAME,
        [
            ("Sofa bridge", None, None, 12, "none"),
            ("Corner stretch", 40, None, 2, "left_right"),
        ],
    ),
    (
        "a.txt",
        ONE_IN_EACH_LINE,
        [
            ("Chin nods", 20, None, None, "none"),
            ("Shoulder circles", None, None, 15, "none"),
            ("Kneeling stretch", 40, None, None, "left_right"),
        ],
    ),
    (
        "a.txt",
        GLUED,
        [
            ("Bend your elbow", 8, None, 6, "none"),
            ("Rest your forearm on a table", None, None, 9, "none"),
        ],
    ),
    (
        "a.txt",
        NAMES_ONLY,
        [
            ("Glute bridge", None, None, 12, "none"),
            ("Clamshell", None, None, 15, "left_right"),
            ("Cat cow", None, None, 10, "none"),
            ("Pigeon pose", 50, None, None, "left_right"),
        ],
    ),
    ("a.txt", LABELLED, [("Hip hitch", None, None, 9, "left_right")]),
    (
        "a.txt",
        FOR_ALL,
        [
            ("Clasp your hands behind your back", 6, None, 7, "none"),
            ("Lift a stick over your head", 6, None, 7, "none"),
        ],
    ),
    (
        "a.txt",
        AFTERWARDS,
        [
            ("Thigh stretch", 35, None, None, "left_right"),
            ("Hip stretch", 35, None, None, "left_right"),
            ("Calf stretch", 35, None, None, "left_right"),
        ],
    ),
    ("a.html", TABLE, [("Towel pull", 25, None, None, "none"), ("Heel press", 5, None, None, "none")]),
]

NO_EXERCISES = {
    "a poem": "I lie upon my back and breathe,\nI lift my arms and turn my head,\nten times the bell.\n" * 2,
    "changing a tyre": "1. Kneel beside the wheel and lift the car with the jack.\n"
    "2. Push down on the wrench with your foot and turn it three times.\n"
    "3. Lift the wheel with both hands and tighten the nuts.\n",
    "a bath": "Support your baby's head with one hand. Lower her into the water, and wash her arms "
    "and legs for two minutes. Lift her out and hold her against your chest.\n",
    "a contract": "Hold on to your receipts for at least 12 months. Keep your back door locked. "
    "Repeat claims may raise your premium three times over. To make a claim, call us.\n",
    "a question": "Why does sitting hurt? When you sit, the hip flexors shorten and the back gets stiff. "
    "After about 20 minutes the discs take more load.\n",
}


@every(("name", "text", "expected"), KINDS)
def test_a_layout_is_understood(name: str, text: str, expected: list[Found]) -> None:
    data = [draft.as_json() for draft in drafts_of(read(text.encode(), name))]
    assert [
        (
            each["title"],
            *(each[key] and each[key]["min"] for key in ("hold_s", "duration_s", "reps")),
            each["sides"],
        )
        for each in data
    ] == expected


@pytest.mark.parametrize("text", NO_EXERCISES.values(), ids=NO_EXERCISES.keys())
def test_what_only_looks_like_an_exercise_is_none(text: str) -> None:
    with pytest.raises(RoutineError, match="no exercise"):
        drafts_of(read(text.encode(), "a.txt"))


def test_a_text_without_a_full_stop_is_read_as_quickly_as_any_other() -> None:
    text = "lie on your back and stretch both arms over your head " * 300
    (only,) = drafts_of(read(text.encode(), "a.txt"))
    assert max(len(each.text) for each in only.exercise.passage.sentences) <= 600


def test_each_assumption_knows_the_words_it_is_about() -> None:
    entry = b'[\n{"name": "Leg stretch",\n"instructions": ["Sit down.",\n"Pull one foot up and hold."]}]'
    (only,) = drafts_of(read(entry, "a.json"))
    found = {each.what: (each.line, each.words) for each in only.assumed}
    assert found["hold"] == (4, "Pull one foot up and hold.")
    assert found["sides"] == (4, "Pull one foot up and hold.")
