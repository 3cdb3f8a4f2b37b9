"""What a listener, a physiotherapist and a teacher asked for: spoken, shown, or left out with the reason."""

from __future__ import annotations

import re

from audioguide.compiler.compile import compile
from audioguide.compiler.opening import printed
from audioguide.lint.texts import texts
from audioguide.routine.language.notices import CLOSINGS, OPENINGS
from audioguide.routine.library import SHIPPED_LIBRARY
from tests.shipped import NAMES, heard, shipped
from tests.slow import first
from tests.tables import every

TICKS = 250


def is_heard(name: str, *patterns: str) -> bool:
    """Return whether all of these are heard in `name`, each after the one before or in the same words."""
    said = iter(["", *heard(name)])
    now = next(said)
    for pattern in patterns:
        while not re.search(pattern, now):
            if (now := next(said, "END")) == "END":
                return False
    return True


# Safety: a number of what was asked for, a routine, and what is heard in this order.
SAFE: list[tuple[int, str, list[str]]] = [
    (1, "back-relaxation", ["hands press", "shoulder blades", "lift your chest and", "HOLD", "Slowly lower"]),
    (1, "core-and-back", ["hands press", "shoulder blades", "lift your chest and", "HOLD", "Slowly lower"]),
    (2, "cobra-pose", ["Your back does the work", "lift your chest", "HOLD", "Slowly lower your chest"]),
    (2, "upper-arm-raise", ["raise both arms", "HOLD", "Slowly lower both arms to your sides"]),
    (3, "cat-cow", ["your head will lift a little", "Keep breathing"]),
    (3, "forward-bend", ["Keep breathing", "let your head hang"]),
    (4, "seated-hamstring-stretch", ["cannot roll", "HOLD", "Bend your left knee", "Stretch your right leg"]),
    (4, "lower-back", ["against a wall", "HOLD", "Bend your left knee", "Stretch your right leg"]),
    (4, "full-back-care", ["against a wall", "Bend your left knee", "Stretch your right leg"]),
    (4, "heat-move-ice", ["cannot roll", "Bend your left knee", "Stretch your right leg"]),
    (5, "cat-stretch", ["round your back up", "HOLD", "sink", "round your back up", "HOLD", "sink"]),
    (6, "heat-move-ice", ["Switch your pad on, on a low", "HOLD", "Switch the pad off"]),
    (6, "heat-move-ice", ["kneel upright", "stand up", "Bring the cold pack", "Wrap the pack", "your knees"]),
    (6, "heat-move-ice", ["onto your stomach", "Stay awake", "lay the wrapped pack", "HOLD"]),
    (7, "heating-pad", ["Never lie on the pad, and never lean", "Lie on your side", "cushion", "HOLD"]),
    (7, "hot-water-bottle", ["Fill", "Let the air out", "Pause me", "Lie on your side", "cushion", "HOLD"]),
    (8, "hot-shower", ["eyes open", "does not slip", "faint", "Test the water", "HOLD", "eyes open"]),
    (8, "forward-bend", ["dizzy", "HOLD", "Bend your knees", "thighs", "HOLD", "Bend your knees", "thighs"]),
    (9, "forward-bend", ["eyes open while you stand", "HOLD", "eyes open", "Go on gently with your day"]),
    (9, "desk-break", ["eyes open", "stand up", "HOLD", "Hold your chair", "Sit down again"]),
    (9, "morning-ten", ["Open your eyes", "stand up", "eyes open while you stand", "HOLD", "eyes open"]),
    (10, "before-you-start", ["bowel or bladder trouble is new", "as an emergency"]),
    (11, "foam-roller-release", ["Never go to your neck or your lower back", "your back to the roller"]),
    (11, "foam-roller-release", ["Bend your knees", "lean back", "behind your head", "HOLD", "push"]),
    (12, "corpse-pose", ["lay a cushion on the floor", "slide a cushion under your knees"]),
    (12, "unwind", ["two cushions", "slide a cushion under your knees"]),
    (12, "childs-pose", ["cushion for your knees within reach", "stiff, lay the cushion on your heels"]),
    *[
        (12, name, ["wrists or your knees are sore, bring a cushion"])
        for name in ("cat-cow", "cat-stretch", "thread-the-needle")
    ],
    *[
        (13, name, ["I will remind you", "HOLD", "ouch your skin", "[Hh]alfway", "numb", "One more minute"])
        for name in ("ice-massage", "cold-compress")
    ],
    (13, "ice-massage", ["a few ice cubes"]),
    *[
        (13, name, ["I will remind you", "HOLD", "[Hh]alfway", "skin", "One more minute"])
        for name in ("heating-pad", "hot-water-bottle", "warm-towel", "heat-wrap", "hot-shower")
    ],
    (13, "heat-move-ice", ["I will remind you", "HOLD", "too hot", "I will remind you", "HOLD", "numb"]),
    (14, "morning-ten", ["BREATHS", "Cat cow", "BREATHS", "last exercise"]),
    (14, "morning-ten", ["last exercise", "bend halfway", "more than an hour ago", "HOLD"]),
]  # fmt: skip


@every(("number", "name", "wanted"), SAFE)
def test_what_keeps_the_listener_safe_is_heard(number: int, name: str, wanted: list[str]) -> None:
    assert 1 <= number <= 14
    assert is_heard(name, *wanted)


def test_each_point_of_safety_is_asserted() -> None:
    assert {number for number, _, _ in SAFE} == set(range(1, 15))
    assert not any("chest" in text and "knee" in text for text in heard("morning-ten"))


@every("name", first(50, NAMES))
def test_pain_tingling_and_numbness_stop_whatever_it_is(name: str) -> None:
    assert is_heard(name, "Stop if anything hurts, tingles or goes numb")


# The wordings: the routine in which each is heard, or its reason where it is not.
WORDINGS: list[tuple[int, str, list[str]]] = [
    (1, "knee-to-chest", ["older adult, have arthritis or ever hurt your back, ask a doctor first"]),
    (2, "cobra-pose", ["Learn yoga poses from a teacher first", "ask a doctor first"]),
    (3, "heating-pad", ["long-term illness or an injury", "ask your doctor first"]),
    (4, "diaphragmatic-breathing", ["If you have a back injury, new or old, ask your doctor first"]),
    (5, "cat-cow", ["Stop if anything hurts, tingles or goes numb"]),
    (6, "bridge-pose", ["Keep breathing", "neck in line with your back"]),
    (7, "back-relaxation", ["low tone ends it", "neck be long", "top of your head forward"]),
    (8, "back-relaxation", ["Draw your shoulder blades together"]),
    (9, "back-relaxation", ["Second lift", "Third lift", "Last lift"]),
    (10, "upper-arm-raise", ["Second time", "Last time"]),
    (10, "forward-bend", ["Second time", "Last time"]),
    (11, "cat-stretch", ["slowly round your back up"]),
    (12, "cat-stretch", ["Slowly let your back sink again"]),
    (13, "neutral-spine", ["Tilt your pelvis, so that your lower back lifts a little from the floor"]),
    (14, "neutral-spine", ["Now tilt the other way", "lower back meets the floor"]),
    (15, "neutral-spine", ["breathe out, your back will flatten", "will draw in, until the air is gone"]),
    (16, "knee-to-chest", ["Set your left foot down again"]),
    (17, "knee-to-chest", ["both legs", "Hold behind your right thigh with your right hand"]),
    (18, "seated-hamstring-stretch", ["Bend your left knee", "Stretch your right leg out in front"]),
    (19, "seated-hamstring-stretch", ["mild stretch behind your left thigh"]),
    (20, "thread-the-needle", ["left side of your head will rest on the floor", "right side of your head"]),
    (21, "thread-the-needle", ["Keep your right hand where", "Press your right hand", "Press your left"]),
    (22, "forward-bend", ["Stand still for a moment, eyes open"]),
    (23, "lower-back", ["Open your eyes", "one side", "Push up", "front of your chair", "stand up"]),
    (24, "corpse-pose", ["This will last 3 minutes"]),
    (25, "bedtime", ["Set both feet down flat", "Set your left foot down again"]),
    (26, "hot-water-bottle", ["never boiling", "Fill", "close the bottle well", "Pause me until"]),
    (27, "warm-towel", ["Wring the wet towel out well"]),
    (27, "hot-shower", ["Test the water with your hand"]),
    (27, "heat-wrap", ["The skin must be dry, feel your touch"]),
    (28, "ice-massage", ["Keep the ice moving", "about 20 minutes"]),
    (29, "before-you-start", ["injured recently", "although you have treated it at home"]),
    (30, "desk-break", ["Get up again within the hour", "You have finished"]),
]  # fmt: skip


@every(("number", "name", "wanted"), WORDINGS)
def test_what_was_hard_to_follow_is_said_in_plainer_words(number: int, name: str, wanted: list[str]) -> None:
    assert 1 <= number <= 30
    assert is_heard(name, *wanted)


def test_each_wording_is_asserted() -> None:
    assert {number for number, _, _ in WORDINGS} == set(range(1, 31))
    assert not any("floor" in text for text in heard("bedtime"))
    assert not any("injur" in text for text in heard("mindfulness-meditation"))
    assert not any(re.search(r"free hand|not long ago|Turn \d|Push \d", text) for text in heard("unwind"))


# What is left out of what is heard, by the line of its source (S0: the page "Back Relaxation", S3: the
# article "How To Relax Back Muscles"; else what listeners asked for), and the reason: a comment there.
LEFT_OUT: list[tuple[str, str, str]] = [
    ("S0 L8–11", "back-relaxation", r"# The page leaves the place of the hands unclear"),
    ("S0 L12–17", "back-relaxation", r"# What the page asks of every lift is said before the first"),
    ("S3 L33", "before-you-start", r"# The five illnesses that forbid heat are not asked for"),
    ("S0 L23, S3 L104", "cat-cow", r"# The article names it among yoga poses"),
    ("S3 L19", "cold-compress", r"# General guidance warns above 15 min"),
    ("S3 L37", "heat-move-ice", r"# No setting for the heat or the ice"),
    ("S3 L18", "ice-massage", r"# The article speaks of one cube"),
    ("S3 L131", "knee-to-chest", r"# Down, and not to the floor"),
    ("S3 L128–133", "morning-ten", r"# No knees to the chest: right after a night"),
    ("S3 L77–78", "neutral-spine", r'# "Forward" and "back" have no landmark'),
    ("S3 L96–97", "upper-arm-raise", r"# The article's 30 s are from chime to chime"),
    ("countdown", "back-relaxation", r"# No countdown"),
    ("countdown", "bridge-pose", r"# No countdown"),
    ("countdown", "cobra-pose", r"# No countdown"),
    ("countdown", "foam-roller-release", r"# No countdown"),
    ("countdown", "forward-bend", r"# No countdown"),
    ("countdown", "cat-stretch", r"# No word within a hold .* no countdown"),
    ("countdown", "desk-break", r"# No word within these, and so no countdown"),
    ("long silence", "bedtime", r"# Silence is the point here"),
    ("long silence", "relax-the-back", r"# No chimes at these stays"),
]


@every(("source", "name", "reason"), LEFT_OUT)
def test_what_differs_from_the_source_has_its_reason_in_the_routine(
    source: str, name: str, reason: str
) -> None:
    assert re.search(reason, SHIPPED_LIBRARY.find(name).read_text(encoding="utf-8")), source


# What the sources say that is shown, and not spoken: the rules in the head of each file.
def test_good_form_and_who_can_advise_are_shown_with_every_routine() -> None:
    for name in NAMES:
        notes = " ".join(str(each) for each in (printed(shipped(name)),))
        assert {"R1", "R18", "R19"} <= set(printed(shipped(name)).rules), notes


def test_holds_of_the_first_source_grow_unless_the_listener_says_not_to() -> None:
    for name in ("back-relaxation", "core-and-back"):
        made = compile(shipped(name))
        step = next(cue.step for cue in made.cues if cue.text and "hands press" in cue.text)
        around = step.rsplit(".", 1)[0] if "include" in step else "steps"
        lifts = [c.length or 0 for c in made.cues if c.kind == "hold" and c.step.startswith(around)]
        lasting = [length / TICKS for length in lifts if 10 * TICKS <= length <= 12 * TICKS]
        assert lasting == sorted(lasting)
        assert (lasting[0], lasting[-1]) == (10, 11.4)
        assert is_heard(name, "or a little longer")


@every("name", first(50, NAMES))
def test_no_text_names_two_lengths_in_a_sentence(name: str) -> None:
    for text in texts(shipped(name)):
        for sentence in re.split(r"(?<=[.!?])\s", text.written):
            assert len(re.findall(r"\{(?:hold|time|rest|walk|stay)\}", sentence)) < 2, sentence


def test_the_listener_is_led_back_at_the_end() -> None:
    assert CLOSINGS["gentle"].then == ("You have finished.",)
    assert OPENINGS["meditation"].sentences[0] == "Listen to your body."
    for name in ("corpse-pose", "relax-the-back", "mindfulness-meditation", "unwind", "full-back-care"):
        assert is_heard(
            name, "breathe more deeply", "fingers and your toes", "Open your", "You have finished"
        )
