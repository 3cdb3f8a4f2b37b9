"""What makes a session easy to follow and good to hear: each row names what listeners missed."""

from __future__ import annotations

import re
from itertools import pairwise

from audioguide.units import TICKS_PER_SECOND
from tests.routine.test_review import is_heard
from tests.shipped import NAMES, compiled, heard
from tests.slow import first
from tests.tables import every

# Each row: what it is about, a routine, and what is heard in this order.
FOLLOWED: list[tuple[str, str, list[str]]] = [
    ("floor to chair", "lower-back", ["one side", "Push up", "stand up", "Sit down on the chair"]),
    ("floor to chair", "heat-move-ice", ["one side", "Push on the seat", "Sit down on the chair"]),
    ("chair to floor", "lower-back", ["stand up", "down to your knees", "hands and knees"]),
    ("chair to floor", "heat-move-ice", ["Slowly stand up", "down to your knees", "hands and knees"]),
    ("knees to chair", "full-back-care", ["Seated", "kneel upright", "stand up", "Come to your chair"]),
    ("chair to back", "full-back-care", ["last exercise", "stand up", "knees", "one side", "onto your back"]),
    ("heels to back", "unwind", ["Knee to chest", "hands and knees", "onto one side", "onto your back"]),
    ("heels to feet", "morning-ten", ["kneel upright", "one foot", "dizzy", "stand up"]),
    ("back to stomach", "core-and-back", ["Back relaxation", "Stretch your legs", "roll onto your stomach"]),
    ("chair before the heat", "heat-move-ice", ["firm chair that cannot roll", "Switch your pad on", "HOLD"]),
    ("questions first", "before-you-start", ["eight questions", "For every yes", "One"]),
    ("title first", "ice-massage", ["Ice massage", "Never put ice on bare skin", "ice cubes"]),
    ("no pronoun", "warm-towel", ["Wring the wet towel out well"]),
    ("no pronoun", "hot-shower", ["Test the water with your hand"]),
    ("landmark", "neutral-spine", ["lower back lifts a little from the floor", "lower back meets the floor"]),
    ("where the arms are", "childs-pose", ["Place your hands on the floor in front of you", "HOLD"]),
    ("whether hands push", "cobra-pose", ["Your back does the work, and your hands only help", "HOLD"]),
    *[
        ("second side", name, ["HOLD", "right side of your head", "your right arm under your left", "HOLD"])
        for name in ("thread-the-needle", "upper-and-mid-back", "full-back-care", "neck-and-back")
    ],
    ("lamp", "bedtime", ["room dark and quiet", "Pause me until", "Lie down in your bed"]),
    ("round time", "unwind", ["Corpse pose", "This will last 3 minutes", "HOLD"]),
    ("quiet with a word", "full-back-care", ["This will last 1 minute", "HOLD", "Breathe easily"]),
    ("long silence", "corpse-pose", ["HOLD", "jaw", "halfway", "mind has wandered", "few more breaths"]),
    ("long silence", "relax-the-back", ["This will last 2 minutes", "HOLD", "You are halfway"]),
    ("long silence", "bedtime", ["This will last 2 minutes", "HOLD", "Breathe easily"]),
    ("last one", "diaphragmatic-breathing", ["The last breath"]),
    ("last one", "cat-stretch", ["Last time", "HOLD"]),
    ("last one", "neutral-spine", ["The last time", "BREATHS"]),
    *[
        ("countdown", name, ["HOLD", "Five more seconds"])
        for name in ("upper-arm-raise", "knee-to-chest", "seated-hamstring-stretch", "thread-the-needle")
    ],
    *[("warmth", name, ["HOLD", "Well done"]) for name in ("back-relaxation", "cobra-pose", "bridge-pose")],
    ("warmth", "desk-break", ["HOLD", "Well done"]),
    ("varied", "back-relaxation", ["navel", "neck be long", "jaw", "shoulder blades"]),
    ("varied", "bridge-pose", ["Keep breathing", "Feel your legs", "throat be soft"]),
    ("varied", "forward-bend", ["Keep breathing", "neck be soft", "Breathe into your back"]),
    *[
        ("breath and movement", name, [move])
        for name, move in (
            ("back-relaxation", "Breathe out, and slowly lift"),
            ("bridge-pose", "Breathe out, and slowly lift"),
            ("cobra-pose", "Breathe in, and slowly lift"),
            ("forward-bend", "Breathe out, and slowly bend"),
            ("childs-pose", "Breathe out, and slowly fold"),
            ("knee-to-chest", "Breathe out, and slowly draw"),
            ("thread-the-needle", "Breathe out, and slowly lower"),
            ("cat-stretch", "Breathe out, and slowly round"),
            ("desk-break", "Breathe in, and slowly raise"),
        )
    ],
    *[
        ("half way", name, ["You are halfway", "This is the last exercise"])
        for name in ("lower-back", "upper-and-mid-back", "core-and-back", "full-back-care", "unwind")
    ],
    *[
        ("half way", name, ["This is the last exercise"])
        for name in ("morning-ten", "bedtime", "neck-and-back")
    ],
    ("half way", "heat-move-ice", ["First, you will use a heating pad", "Lower back", "Now the ice"]),
]  # fmt: skip


@every(("about", "name", "wanted"), FOLLOWED)
def test_what_makes_it_easy_to_follow_is_heard(about: str, name: str, wanted: list[str]) -> None:
    assert is_heard(name, *wanted), about


@every(
    ("name", "welcome"),
    [
        ("bedtime", "Good evening."),
        ("morning-ten", "Good morning."),
        *[
            (name, "Welcome.")
            for name in ("mindfulness-meditation", "relax-the-back", "unwind", "lower-back", "full-back-care")
        ],
    ],
)
def test_a_welcome_comes_before_any_warning(name: str, welcome: str) -> None:
    assert heard(name)[0] == welcome


@every("name", first(50, NAMES))
def test_bell_and_breath_tone_are_named_before_they_sound(name: str) -> None:
    made = compiled(name)
    told = ""
    for cue in made.cues:
        told += cue.text or ""
        if cue.kind == "breath" and cue.tone:
            assert "A soft tone rises as you breathe in" in told
        if cue.kind == "chime" and cue.offset == 0:  # it starts a hold
            assert re.search(r"A bell (?:starts|sounds when)", told)


@every("name", first(50, NAMES))
def test_eyes_that_are_closed_are_opened_again(name: str) -> None:
    said = " ".join(heard(name))
    if "Let your eyes close" in said and "Let sleep come" not in said:
        assert said.rindex("Let your eyes close") < said.rindex("Open your eyes")


@every(
    "name",
    [
        *("back-relaxation", "knee-to-chest", "cat-stretch", "cobra-pose", "childs-pose", "heating-pad"),
        *("unwind", "lower-back", "upper-and-mid-back", "core-and-back", "full-back-care", "heat-move-ice"),
    ],
)
def test_the_end_asks_how_the_back_feels(name: str) -> None:
    assert is_heard(name, "HOLD", "Notice how your back feels now", "You have finished")


@every(("name", "longest"), [("mindfulness-meditation", 61), ("corpse-pose", 61), ("relax-the-back", 61)])
def test_a_word_comes_at_least_each_minute_of_a_long_stay(name: str, longest: float) -> None:
    made = compiled(name)
    stay = max((cue for cue in made.cues if cue.kind == "hold"), key=lambda cue: cue.length or 0)
    marks = [cue.offset or 0 for cue in made.cues if cue.kind == "mark" and cue.step.startswith(stay.step)]
    moments = [0, *sorted(marks), stay.length or 0]
    assert max(b - a for a, b in pairwise(moments)) <= longest * TICKS_PER_SECOND


def test_knees_that_are_bent_are_not_bent_again() -> None:
    assert heard("upper-and-mid-back").count("Bend your knees.") == 1
