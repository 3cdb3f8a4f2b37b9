"""What both sources ask for, line by line, in the compiled scripts: words and their order.

S0 is the exercise page "Back Relaxation", S3 the article "How To Relax Back Muscles"; L is the line in it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tests.shipped import NAMES, compiled, heard
from tests.slow import first
from tests.tables import every

# Each row: the lines of a source that it settles, a routine, and what must be heard in this order.
TABLE: list[tuple[str, str, list[str]]] = [
    (
        "S0 L8–11",
        "back-relaxation",
        [r"stomach", r"neck be long, in line with your back", r"palms.*ribs", r"legs relax"],
    ),
    (
        "S0 L12",
        "back-relaxation",
        [r"hands press", r"shoulder blades", r"slowly lift", "HOLD", r"Slowly lower.*forehead"],
    ),
    (
        "S0 L14–16",
        "back-relaxation",
        [r"navel to your spine", "HOLD", r"Keep breathing|top of your head", r"Second lift", r"Last lift"],
    ),
    (
        "S3 L70–71",
        "diaphragmatic-breathing",
        [r"breathe in deeply", r"ribs", r"gently through your mouth", r"press slightly"],
    ),
    ("S3 L72", "diaphragmatic-breathing", [r"muscles of your back relax", "BREATHS", r"eased"]),
    (
        "S3 L77–82",
        "neutral-spine",
        [r"lower back lifts", r"other way", r"rises slightly", r"deeply", r"belly will draw in", "BREATHS"],
    ),
    (
        "S3 L89–95",
        "upper-arm-raise",
        [r"[Oo]nly your arms", r"arms be long.*elbows soft", r"point to the ceiling.*comfortable"],
    ),
    ("S3 L91", "upper-arm-raise", [r"Breathe easily", r"raise both arms", "HOLD", r"Slowly lower both arms"]),
    ("S3 L128–131", "knee-to-chest", [r"left thigh with both hands", "HOLD", r"left foot down"]),
    (
        "S3 L132–133",
        "knee-to-chest",
        [r"right thigh with both hands", "HOLD", r"thigh with your right hand", "HOLD", r"[Oo]ne foot"],
    ),
    (
        "S3 L139–142",
        "seated-hamstring-stretch",
        [r"cannot roll", r"right knee bent", r"back straight", r"Lean", "HOLD"],
    ),
    (
        "S3 L144",
        "seated-hamstring-stretch",
        [r"Bend your left knee", r"Stretch your right leg", r"back straight", "HOLD"],
    ),
    (
        "S3 L150–152",
        "cat-stretch",
        [r"sink", r"belly in", r"round your back up", "HOLD", r"sink", r"Belly in.*round", "HOLD"],
    ),
    ("S3 L174", "thread-the-needle", [r"never overstretch", "HOLD", r"[Nn]ever overstretch", "HOLD"]),
    (
        "S3 L108–116",
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
    (
        "S3 L108–116",
        "bridge-pose",
        [r"neck in line", r"buttocks", r"lift your hips", "HOLD", r"bone by bone"],
    ),
    (
        "S0 L22",
        "forward-bend",
        [r"eyes open", r"dizzy", r"reach towards your toes", "HOLD", r"hands on your thighs"],
    ),
    (
        "S0 L24",
        "foam-roller-release",
        [r"Never go to your neck or your lower back", r"lean back", r"behind your head"],
    ),
    ("S0 L24", "foam-roller-release", [r"roll to and fro", "HOLD", r"Lower your hips", r"push yourself up"]),
    (
        "S3 L18, L21",
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
        "S3 L19, L21",
        "cold-compress",
        [r"bare skin", r"frozen peas or a gel pack", r"stay awake", r"lay the wrapped pack", "HOLD"],
    ),
    (
        "S3 L30–31",
        "hot-water-bottle",
        [r"never boiling", r"Never lie on the bottle", r"Fill", r"air out", r"Lie on your side"],
    ),
    (
        "S0 L29, S3 L31",
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
        "S3 L28, L31",
        "hot-shower",
        [r"eyes open", r"does not slip", r"faint", r"never boiling|warm", r"Test the water", "HOLD"],
    ),
    (
        "S3 L27",
        "heating-pad",
        [r"Never lie on the pad", r"Switch your pad on", r"cushion", "HOLD", r"Switch the pad off"],
    ),
    (
        "S3 L29",
        "heat-wrap",
        [
            r"long-term illness",
            r"no cuts, rash or cream",
            r"while you sit upright",
            "HOLD",
            r"Take the wrap off",
        ],
    ),
    (
        "S3 L37",
        "heat-move-ice",
        [r"Switch your pad on", "HOLD", r"no ice touches your bare skin", r"stomach", "HOLD"],
    ),
    (
        "S3 L165, L170",
        "before-you-start",
        [r"For every yes", r"injured recently", r"injured your back", r"although you have treated"],
    ),
    (
        "S3 L162–164, L190",
        "before-you-start",
        [r"tingling", r"bowel", r"get help today, as an emergency", r"information only"],
    ),
    (
        "S0 L25–28, S3 L49–51",
        "mindfulness-meditation",
        [r"Welcome", r"Mindfulness", "HOLD", r"halfway", r"breathe more deeply"],
    ),
    (
        "S3 L64",
        "bedtime",
        [r"Good evening", r"never strain", r"dark and quiet", r"Lie down in your bed", r"Let them rest"],
    ),
    (
        "S3 L128–140",
        "lower-back",
        [r"Knee to chest", r"halfway", r"Open your eyes", r"one side", r"stand up", r"chair"],
    ),
    ("S3 L150–152", "lower-back", [r"last exercise", r"down to your knees", r"hands and knees", r"round"]),
    (
        "S0 L5, S3 L128–129",
        "unwind",
        [r"heels", r"onto one side", r"onto your back", r"left thigh with both hands"],
    ),
    ("S0 L22", "morning-ten", [r"heels", r"kneel upright", r"stand up", r"feet as wide", r"eyes open"]),
    (
        "S0 L25–28",
        "desk-break",
        [r"eyes open", r"stand up from your chair", r"Sit down again", r"within the hour"],
    ),
    (
        "S0 L5, L16–17",
        "back-relaxation",
        [r"listen to your body, and never strain", r"Keep breathing", r"a little longer"],
    ),
    (
        "S0 L13",
        "back-relaxation",
        [r"Your neck|your neck be long", r"Breathe into your ribs", r"neck be long", "HOLD"],
    ),
    (
        "S0 L12",
        "back-relaxation",
        [r"hands pressing, slowly lift", "HOLD", r"shoulder blades together", "HOLD"],
    ),
    ("S0 L5", "unwind", [r"after a workout or a stressful day", r"breaths", r"right thigh"]),
    (
        "S0 L21",
        "relax-the-back",
        [r"Follow your breath", r"lower back", r"upper back", r"shoulders", r"whole back"],
    ),
    (
        "S0 L23, S3 L178",
        "childs-pose",
        [r"sit back on your heels", r"forehead will rest", r"fold forward", "HOLD"],
    ),
    ("S0 L23", "cat-cow", [r"As you breathe in", r"As you breathe out", r"slow breaths", "BREATHS"]),
    (
        "S0 L25–28, S3 L49–51",
        "back-care-habits",
        [r"water", r"inflamed back recover", r"sleep", r"posture", r"breaks", r"core strength"],
    ),
    ("S0 L30", "back-care-habits", [r"meditation", r"stress", r"After a back injury", r"physical therapist"]),
    (
        "S0 L30, S3 L161",
        "before-you-start",
        [r"older adult.*arthritis", r"physician", r"chiropractor", r"Adapt each movement"],
    ),
    (
        "S0 L25–28",
        "desk-break",
        [r"walk on the spot", "HOLD", r"raise both arms", r"Sit up tall", r"Get up again"],
    ),
    (
        "S3 L31–33",
        "heating-pad",
        [r"heart disease, diabetes", r"high blood pressure", r"Heat can harm", r"Heat brings blood"],
    ),
    (
        "S3 L31–33",
        "warm-towel",
        [r"heart disease, diabetes", r"high blood pressure", r"Heat can harm", r"Heat brings blood"],
    ),
    (
        "S0 L29, S3 L28",
        "hot-shower",
        [r"Heat brings blood", r"run down your back", r"about 10 minutes", "HOLD", r"warm towel"],
    ),
    (
        "S3 L30–31",
        "hot-water-bottle",
        [r"Heat can harm", r"about 10 minutes", "HOLD", r"Take the bottle off"],
    ),
    (
        "S3 L12, L19",
        "cold-compress",
        [r"fresh strain.*stiffness after exercise", r"about 20 minutes", "HOLD", r"Take the pack"],
    ),
    (
        "S3 L18",
        "ice-massage",
        [r"rub gently, in slow circles", r"Keep the ice moving", "HOLD", r"Take the ice off"],
    ),
    (
        "S3 L37",
        "heat-move-ice",
        [r"for 10 minutes", "HOLD", r"Diaphragmatic", r"for 10 minutes and no longer", "HOLD"],
    ),
    (
        "S3 L77–82",
        "neutral-spine",
        [r"flat on the floor", r"tailbone rises slightly", r"both ways", "BREATHS"],
    ),
    (
        "S3 L67–70",
        "diaphragmatic-breathing",
        [r"flat on the floor", r"hands on your belly", r"nose", r"hands will rise"],
    ),
    (
        "S3 L89–94",
        "upper-arm-raise",
        [r"at your sides", r"comfortable", "HOLD", r"Breathe easily, and slowly raise", "HOLD"],
    ),
    ("S3 L96–97", "upper-arm-raise", [r"Second time", "HOLD", r"Last time", "HOLD"]),
    ("S3 L128–133", "knee-to-chest", [r"left leg, then the right, then both", r"20 seconds"]),
    (
        "S3 L141–144",
        "seated-hamstring-stretch",
        [r"edge of the chair", r"mild stretch behind your left thigh", "HOLD", r"sit up"],
    ),
    ("S3 L153", "cat-stretch", [r"5 times", r"Second", r"Third", r"Fourth", r"Last time"]),
    (
        "S3 L174",
        "thread-the-needle",
        [r"Keep your right hand where", "HOLD", r"left shoulder", r"right side of your head"],
    ),
    ("S3 L108–116", "bridge-pose", [r"palms down", r"feet press into the floor", "HOLD", r"Last bridge"]),
    (
        "S3 L108–116",
        "cobra-pose",
        [r"palms.*under your shoulders", r"elbows close", r"hands only help", "HOLD"],
    ),
    (
        "S0 L24",
        "foam-roller-release",
        [r"ball", r"3 times", r"another spot", r"30 seconds", "HOLD", r"Last spot"],
    ),
    (
        "S3 L82, L153",
        "core-and-back",
        [r"Neutral spine", r"6 slow breaths", "BREATHS", r"halfway", r"8 lifts", r"5 times"],
    ),
    (
        "S3 L96–97, L153",
        "full-back-care",
        [r"against a wall", r"3 raises", r"halfway", r"5 times", r"last exercise"],
    ),
    ("S3 L96–97", "upper-and-mid-back", [r"3 raises", r"30 seconds", "HOLD", r"last exercise"]),
    ("S3 L108–116", "neck-and-back", [r"2 bridges", r"slow breaths", r"last exercise"]),
    (
        "S3 L64",
        "bedtime",
        [r"12 slow breaths", "BREATHS", r"last breath", r"halfway|last exercise", r"Let sleep come", "HOLD"],
    ),
    (
        "S3 L159–164",
        "before-you-start",
        [
            r"than a week",
            r"a long time",
            r"daily life",
            r"arthritis",
            r"tingling",
            r"fever or weight",
            r"bowel",
        ],
    ),
    ("S3 L100", "seated-hamstring-stretch", [r"older adult, have arthritis or ever hurt your back", r"Lean"]),
    ("S3 L104", "cobra-pose", [r"Learn yoga poses from a teacher first", "HOLD"]),
    ("S3 L33", "heat-move-ice", [r"heart disease, diabetes", r"high blood pressure", r"Switch your pad on"]),
    ("S3 L27", "heating-pad", [r"about 10 minutes", "HOLD"]),
    ("S3 L29", "heat-wrap", [r"over a thin shirt", "HOLD"]),
]


@every(("source", "name", "wanted"), TABLE)
def test_what_the_sources_ask_for_is_heard_in_its_order(source: str, name: str, wanted: list[str]) -> None:
    said = iter(heard(name))
    for pattern in wanted:
        assert any(re.search(pattern, text) for text in said), f"{source}: {pattern}"


@every("name", first(50, NAMES))
def test_every_routine_asks_to_listen_to_the_body(name: str) -> None:  # S0 L5
    assert any("isten to your body" in text for text in heard(name))


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
