"""What both sources ask for, line by line, in the compiled scripts: words, their order, and numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.shipped import NAMES, compiled, heard
from tests.slow import first
from tests.tables import every

# Each row: a routine, and what must be heard in this order (regular expressions).
TABLE: list[tuple[str, list[str]]] = [
    ("back-relaxation", [r"stomach", r"neck be long, in line with your back", r"palms.*ribs", r"legs relax"]),
    (
        "back-relaxation",
        [r"hands press", r"shoulder blades", r"slowly lift", "HOLD", r"Slowly lower.*forehead"],
    ),
    (
        "back-relaxation",
        [r"navel to your spine", "HOLD", r"Keep breathing|top of your head", r"Second lift", r"Last lift"],
    ),
    (
        "diaphragmatic-breathing",
        [r"breathe in deeply", r"ribs", r"gently through your mouth", r"press slightly"],
    ),
    ("diaphragmatic-breathing", [r"muscles of your back relax", "BREATHS", r"eased"]),
    (
        "neutral-spine",
        [r"lower back lifts", r"other way", r"rises slightly", r"deeply", r"belly will draw in", "BREATHS"],
    ),
    (
        "upper-arm-raise",
        [r"[Oo]nly your arms", r"arms be long.*elbows soft", r"point to the ceiling.*comfortable"],
    ),
    ("upper-arm-raise", [r"Breathe easily", r"raise both arms", "HOLD", r"Slowly lower both arms"]),
    ("knee-to-chest", [r"left thigh with both hands", "HOLD", r"left foot down"]),
    (
        "knee-to-chest",
        [r"right thigh with both hands", "HOLD", r"thigh with your right hand", "HOLD", r"[Oo]ne foot"],
    ),
    ("seated-hamstring-stretch", [r"cannot roll", r"right knee bent", r"back straight", r"Lean", "HOLD"]),
    (
        "seated-hamstring-stretch",
        [r"Bend your left knee", r"Stretch your right leg", r"back straight", "HOLD"],
    ),
    (
        "cat-stretch",
        [r"sink", r"belly in", r"round your back up", "HOLD", r"sink", r"Belly in.*round", "HOLD"],
    ),
    ("thread-the-needle", [r"never overstretch", "HOLD", r"[Nn]ever overstretch", "HOLD"]),
    (
        "corpse-pose",
        [
            r"pillow|cushion",
            r"belly be soft",
            "HOLD",
            r"halfway",
            r"breathe more deeply",
            r"fingers",
            r"one side",
        ],
    ),
    ("bridge-pose", [r"neck in line", r"buttocks", r"lift your hips", "HOLD", r"bone by bone"]),
    ("forward-bend", [r"eyes open", r"dizzy", r"reach towards your toes", "HOLD", r"hands on your thighs"]),
    ("foam-roller-release", [r"Never go to your neck or your lower back", r"lean back", r"behind your head"]),
    ("foam-roller-release", [r"roll to and fro", "HOLD", r"Lower your hips", r"push yourself up"]),
    (
        "ice-massage",
        [
            r"bare skin",
            r"after exercise",
            r"thin cloth",
            r"about 20 minutes",
            r"place the wrapped ice",
            "HOLD",
        ],
    ),
    (
        "cold-compress",
        [r"bare skin", r"frozen peas or a gel pack", r"stay awake", r"lay the wrapped pack", "HOLD"],
    ),
    (
        "hot-water-bottle",
        [r"never boiling", r"Never lie on the bottle", r"Fill", r"air out", r"Lie on your side"],
    ),
    (
        "warm-towel",
        [
            r"never boiling",
            r"Dip",
            r"Wring the wet towel out",
            r"Test the wet towel",
            "HOLD",
            r"Take the wet towel off",
        ],
    ),
    (
        "hot-shower",
        [r"eyes open", r"does not slip", r"faint", r"never boiling|warm", r"Test the water", "HOLD"],
    ),
    (
        "heating-pad",
        [r"Never lie on the pad", r"Switch your pad on", r"cushion", "HOLD", r"Switch the pad off"],
    ),
    (
        "heat-wrap",
        [
            r"long-term illness",
            r"no cuts, rash or cream",
            r"while you sit upright",
            "HOLD",
            r"Take the wrap off",
        ],
    ),
    ("heat-move-ice", [r"Switch your pad on", "HOLD", r"no ice touches your bare skin", r"stomach", "HOLD"]),
    (
        "before-you-start",
        [r"For every yes", r"injured recently", r"injured your back", r"although you have treated"],
    ),
    ("before-you-start", [r"tingling", r"bowel", r"get help today, as an emergency", r"information only"]),
    ("mindfulness-meditation", [r"Welcome", r"Mindfulness", "HOLD", r"halfway", r"breathe more deeply"]),
    (
        "bedtime",
        [r"Good evening", r"never strain", r"dark and quiet", r"Lie down in your bed", r"Let them rest"],
    ),
    ("lower-back", [r"Knee to chest", r"halfway", r"Open your eyes", r"one side", r"stand up", r"chair"]),
    ("lower-back", [r"last exercise", r"down to your knees", r"hands and knees", r"round"]),
    ("unwind", [r"heels", r"onto one side", r"onto your back", r"left thigh with both hands"]),
    ("morning-ten", [r"heels", r"kneel upright", r"stand up", r"feet as wide", r"eyes open"]),
    ("desk-break", [r"eyes open", r"stand up from your chair", r"Sit down again", r"within the hour"]),
    ("back-relaxation", [r"listen to your body, and never strain", r"Keep breathing", r"a little longer"]),
    ("back-relaxation", [r"Your neck|your neck be long", r"Breathe into your ribs", r"neck be long", "HOLD"]),
    ("back-relaxation", [r"hands pressing, slowly lift", "HOLD", r"shoulder blades together", "HOLD"]),
    ("unwind", [r"after a workout or a stressful day", r"breaths", r"right thigh"]),
    ("relax-the-back", [r"Follow your breath", r"lower back", r"upper back", r"shoulders", r"whole back"]),
    ("childs-pose", [r"sit back on your heels", r"forehead will rest", r"fold forward", "HOLD"]),
    ("cat-cow", [r"As you breathe in", r"As you breathe out", r"slow breaths", "BREATHS"]),
    (
        "back-care-habits",
        [r"water", r"inflamed back recover", r"sleep", r"posture", r"breaks", r"core strength"],
    ),
    ("back-care-habits", [r"meditation", r"stress", r"After a back injury", r"physical therapist"]),
    ("before-you-start", [r"older adult.*arthritis", r"physician", r"chiropractor", r"Adapt each movement"]),
    ("desk-break", [r"walk on the spot", "HOLD", r"raise both arms", r"Sit up tall", r"Get up again"]),
    (
        "heating-pad",
        [r"heart disease, diabetes", r"high blood pressure", r"Heat can harm", r"Heat brings blood"],
    ),
    (
        "warm-towel",
        [r"heart disease, diabetes", r"high blood pressure", r"Heat can harm", r"Heat brings blood"],
    ),
    ("hot-shower", [r"Heat brings blood", r"run down your back", r"about 10 minutes", "HOLD", r"warm towel"]),
    ("hot-water-bottle", [r"Heat can harm", r"about 10 minutes", "HOLD", r"Take the bottle off"]),
    (
        "cold-compress",
        [r"fresh strain.*stiffness after exercise", r"about 20 minutes", "HOLD", r"Take the pack"],
    ),
    ("ice-massage", [r"rub gently, in slow circles", r"Keep the ice moving", "HOLD", r"Take the ice off"]),
    ("heat-move-ice", [r"for 10 minutes", "HOLD", r"Diaphragmatic", r"for 10 minutes and no longer", "HOLD"]),
    ("neutral-spine", [r"flat on the floor", r"tailbone rises slightly", r"both ways", "BREATHS"]),
    ("diaphragmatic-breathing", [r"flat on the floor", r"hands on your belly", r"nose", r"hands will rise"]),
    (
        "upper-arm-raise",
        [r"at your sides", r"comfortable", "HOLD", r"Breathe easily, and slowly raise", "HOLD"],
    ),
    ("upper-arm-raise", [r"Second time", "HOLD", r"Last time", "HOLD"]),
    ("knee-to-chest", [r"left leg, then the right, then both", r"20 seconds"]),
    (
        "seated-hamstring-stretch",
        [r"edge of the chair", r"mild stretch behind your left thigh", "HOLD", r"sit up"],
    ),
    ("cat-stretch", [r"5 times", r"Second", r"Third", r"Fourth", r"Last time"]),
    (
        "thread-the-needle",
        [r"Keep your right hand where", "HOLD", r"left shoulder", r"right side of your head"],
    ),
    ("bridge-pose", [r"palms down", r"feet press into the floor", "HOLD", r"Last bridge"]),
    ("cobra-pose", [r"palms.*under your shoulders", r"elbows close", r"hands only help", "HOLD"]),
    (
        "foam-roller-release",
        [r"ball", r"3 times", r"another spot", r"30 seconds", "HOLD", r"Last spot"],
    ),
    ("core-and-back", [r"Neutral spine", r"6 slow breaths", "BREATHS", r"halfway", r"8 lifts", r"5 times"]),
    ("full-back-care", [r"against a wall", r"3 raises", r"halfway", r"5 times", r"last exercise"]),
    ("upper-and-mid-back", [r"3 raises", r"30 seconds", "HOLD", r"last exercise"]),
    ("neck-and-back", [r"2 bridges", r"slow breaths", r"last exercise"]),
    (
        "bedtime",
        [r"12 slow breaths", "BREATHS", r"last breath", r"halfway|last exercise", r"Let sleep come", "HOLD"],
    ),
]


@every(("name", "wanted"), TABLE)
def test_what_the_sources_ask_for_is_heard_in_its_order(name: str, wanted: list[str]) -> None:
    said = iter(heard(name))
    for pattern in wanted:
        assert any(re.search(pattern, text) for text in said), pattern


NEVER = (
    r"Breathe on, neck",
    r"arch your back",
    r"^(?:Lift|Raise|Bend) \d of \d",
    r"ever injured\.$",
    r"That is all",
)


@every("name", first(50, NAMES))
def test_words_that_confused_listeners_are_gone(name: str) -> None:
    assert [text for text in heard(name) for pattern in NEVER if re.search(pattern, text)] == []


@every("name", first(50, NAMES))
def test_nobody_who_lies_is_asked_to_lie_down(name: str) -> None:
    lies = ""
    for text in heard(name):
        if match := re.match(r"(?:Slowly )?[Ll]ie (?:down )?on your (back|stomach)", text):
            assert match[1] != lies, text
            lies = match[1]
        elif re.search(r"stand up|hands and knees|kneel|heels|one side|roll|[Ss]it", text):
            lies = ""


@every("name", ["bedtime", "unwind"])
def test_many_breaths_within_a_session_have_a_word_in_their_middle(name: str) -> None:
    words = [cue.text for cue in compiled(name).cues if cue.kind == "breath"]
    spoken = [at for at, word in enumerate(words) if word]
    assert (
        max(after - before for before, after in pairwise(spoken)) * 5 <= 60
    )  # seconds, a breath in and out takes 10
    assert "You are halfway." not in words  # of the session
