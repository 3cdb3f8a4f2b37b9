"""What a length of time in a sentence means."""

from __future__ import annotations

from audioguide.draft.times import times
from tests.tables import every

HOLDS = [
    ("Lift your bottom for 20 seconds.", 20, 20),
    ("Hold for 15 to 30 seconds.", 15, 30),
    ("Hold this position for 20-30 secs.", 20, 30),
    ("Hold the stretch for 10 or more seconds.", 10, None),
    ("Hold for at least 30 seconds.", 30, None),
    ("Hold for half a minute.", 30, 30),
    ("Stay here for a minute and a half.", 90, 90),
    ("Hold for thirty seconds, then relax.", 30, 30),
    ("Stay in the pose for between one and three minutes.", 60, 180),
    ("Hold for 30 seconds to 1 minute.", 30, 60),
    ("Hold 5 seconds, then lower.", 5, 5),
    ("Squeeze your buttocks for five seconds.", 5, 5),
    ("Pause for a second at the top.", 1, 1),
    ("Hold it for a second or two.", 1, 2),
    ("After a one second pause, lower your arms.", 1, 1),
    ("Press your palms together for 10 seconds.", 10, 10),
    ("Hold: 20 s", 20, 20),
    ("Hold for a count of five.", 5, 5),
    ("Hold for 5 counts and relax.", 5, 5),
    ("Keep your leg up for about ten seconds.", 10, 10),
    ("Lift your heels and hold for two to three seconds.", 2, 3),
    ("Remain here for 1-2 minutes.", 60, 120),
    ("Breathe deeply as you hold this for 45 seconds.", 45, 45),
    ("Maintain the contraction for twenty-five seconds.", 25, 25),
    ("Let your head hang for 20 seconds.", 20, 20),
    ("Balance on one leg for 30 sec.", 30, 30),
    ("Continue to hold for 30 seconds.", 30, 30),
    ("Relax into the stretch for 30 seconds.", 30, 30),
    ("Rest in this position for 2 minutes.", 120, 120),
    ("Hold the plank for 1 minute 30 seconds.", 90, 90),
    ("Do this 10 times for 5 seconds each.", 5, 5),
    ("Bring your ear to your shoulder for 15s.", 15, 15),
    ("Hold the stretch 15 to 20 seconds on each side.", 15, 20),
]
DURATIONS = [
    ("Punch forward with your right and left arm in turn for one minute.", 60, 60),
    ("Roll a ball under the arch of your foot for 2 minutes.", 120, 120),
    ("March on the spot for 60 seconds.", 60, 60),
    ("Continue for two minutes.", 120, 120),
    ("Circle your arms for 30 to 60 seconds.", 30, 60),
    ("Keep alternating legs for one minute.", 60, 60),
    ("Rock gently from side to side for a minute.", 60, 60),
    ("Walk around the room for 5 minutes.", 300, 300),
    ("Repeat for 45 seconds.", 45, 45),
    ("Shake your hands for 10 seconds.", 10, 10),
    ("Do this for thirty seconds.", 30, 30),
    ("Keep going for 90 seconds.", 90, 90),
    ("Jog in place for half a minute.", 30, 30),
]
RESTS = [
    "Rest for 30 seconds between sets.",
    "Relax for 10 seconds.",
    "Wait 15 seconds, then repeat.",
    "Take a break of 1 minute.",
]
NOTHING = [
    "Lower your leg over three seconds.",
    "Breathe in for 4 seconds.",
    "Exhale slowly for six seconds.",
    "Take 3 seconds to lower the weight.",
    "Work up to 60 seconds.",
    "Gradually increase the hold to 2 minutes.",
    "Do this every 30 minutes.",
    "Swimming burns 200 calories in 30 minutes.",
    "This routine takes 15 minutes.",
    "A second exercise follows.",
    "Raise the leg a second time.",
    "Raise for a count of three.",
]


@every(("sentence", "low", "high"), HOLDS)
def test_a_position_that_is_kept_is_a_hold(sentence: str, low: float, high: float | None) -> None:
    found = [(each.meaning, each.seconds.low, each.seconds.high) for each in times(sentence)]
    assert found == [("hold", low, high)]


@every(("sentence", "low", "high"), DURATIONS)
def test_a_movement_that_goes_on_is_a_duration(sentence: str, low: float, high: float | None) -> None:
    found = [(each.meaning, each.seconds.low, each.seconds.high) for each in times(sentence)]
    assert found == [("duration", low, high)]


@every("sentence", RESTS)
def test_a_rest_is_neither(sentence: str) -> None:
    assert [each.meaning for each in times(sentence)] == ["rest"]


@every("sentence", NOTHING)
def test_a_tempo_a_goal_and_a_report_are_not_a_length_of_the_exercise(sentence: str) -> None:
    assert [each for each in times(sentence) if each.meaning in ("hold", "duration")] == []


def test_after_a_time_the_position_before_was_held_for_it() -> None:
    found = times("After 10-20 seconds, switch sides.", "Pull the knee towards your chest.")
    assert [(each.meaning, each.seconds.low, each.seconds.high) for each in found] == [("hold", 10, 20)]


def test_a_movement_with_more_than_one_verb_goes_on_for_the_time_after_it() -> None:
    swing = "Swing the bell back, then drive your hips forward and let it float up."
    assert [each.meaning for each in times("35 seconds.", swing, moving=True)] == ["duration"]


def test_an_age_and_two_days_of_rest_are_no_holds() -> None:
    assert times("Balance for the over-70s.") == ()
    assert [each.meaning for each in times("Raise the leg for the first 48 hours.")] == ["other"]


def test_after_a_time_a_movement_before_went_on_for_it() -> None:
    found = times("After 30 seconds, change legs.", "Swing one leg back and forth.")
    assert [each.meaning for each in found] == ["duration"]
