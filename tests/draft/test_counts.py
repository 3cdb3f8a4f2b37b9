"""How often, as sentences state it."""

from __future__ import annotations

from audioguide.draft.counts import breaths, counts
from tests.tables import every

STATED = [
    ("Complete eleven repetitions per side.", 11, 11),
    ("9 lifts, then the other leg.", 9, 9),
    ("Keep alternating until you have done 22 lifts.", 22, 22),
    ("Squeeze and let go; do seven of these.", 7, 7),
    ("Do 12 leading with the left leg, and 12 with the right.", 12, 12),
    ("14 again, and turn over.", 14, 14),
    ("Lower and relax. x5", 5, 5),
    ("Hold 5 seconds x 10.", 10, 10),
    ("Repeat 5 times.", 5, 5),
    ("Hold 3 x 30 seconds.", 3, 3),
    ("Repeat 5-10 times.", 5, 10),
    ("Do 10 repetitions.", 10, 10),
    ("Perform 8 to 12 reps on each side.", 8, 12),
    ("Repeat three times each.", 3, 3),
    ("Do 2 x 10.", 10, 10),
    ("3 sets of 12", 12, 12),
    ("Complete two to three sets of ten repetitions.", 10, 10),
    ("Repeat ten or more times.", 10, None),
    ("Repeat twice on each side.", 2, 2),
    ("Repeat this stretch 3 times.", 3, 3),
    ("Do this up to 10 times.", None, 10),
    ("Draw 10 circles in each direction.", 10, 10),
    ("Do 15 slow squats.", 15, 15),
    ("Repeat for a total of 20 reps.", 20, 20),
    ("Repetitions: 8-12", 8, 12),
    ("Reps: 10", 10, 10),
    ("Repeat 10 times, twice a day.", 10, 10),
    ("Repeat 2 to 4 times with each leg.", 2, 4),
    ("Swing the leg about 15 times.", 15, 15),
    ("Do ten on each side.", 10, 10),
    ("Repeat once more.", 1, 1),
    ("10 reps per leg", 10, 10),
    ("Twist as far as you can 3 times.", 3, 3),
    ("Perform 3x10 reps.", 10, 10),
    ("Repeat the movement four more times.", 4, 4),
]
NOTHING = [
    "Breathe in for four pumps and out for four pumps.",
    "Do this 3 times a day.",
    "Practise twice daily.",
    "Do these stretches two to three times a week.",
    "Step twice as far.",
    "One circle equals 1 repetition.",
    "This is one rep.",
    "Work up to 20 repetitions.",
    "Repeat.",
    "Hold for 10 seconds.",
    "Place your feet 2 to 3 times wider than your hips.",
    "Once you are there, breathe.",
]
ASKED = [
    "Repeat for the recommended amount of repetitions.",
    "Repeat for the prescribed number of times.",
    "Repeat a few times.",
    "Repeat several times on each side.",
    "Continue until all repetitions are done.",
]


@every(("sentence", "low", "high"), STATED)
def test_a_number_of_times_is_a_count(sentence: str, low: float | None, high: float | None) -> None:
    assert [(each.reps.low, each.reps.high) for each in counts(sentence)][:1] == [(low, high)]


@every("sentence", NOTHING)
def test_how_many_times_a_day_or_as_much_is_no_count(sentence: str) -> None:
    assert counts(sentence) == ()


@every("sentence", ASKED)
def test_a_count_without_a_number_is_known_to_be_one(sentence: str) -> None:
    assert [(each.reps.low, each.reps.high) for each in counts(sentence)] == [(None, None)]


@every(
    ("sentence", "number"),
    [
        ("Hold for 5 breaths.", 5),
        ("Stay here for three to five slow, deep breaths.", 3),
        ("Take 10 deep breaths.", 10),
        ("On the next breath, lift.", None),
        ("Take a deep breath.", None),
    ],
)
def test_breaths_are_counted(sentence: str, number: int | None) -> None:
    found = breaths(sentence)
    assert (found and found.low) == number
