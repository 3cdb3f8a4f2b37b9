"""Words after a hold that lead out of it, and words inside it that lead elsewhere."""

from __future__ import annotations

from tests.lint.conftest import Rules

HOLD = "  - say: {before}\n    settle: 4s\n  - hold: {length}\n"
END, REST, SWITCH = "", "  - rest: 10s\n", "  - switch: 8s\n"
KNEE = "  - say: Pull your knee to your chest.\n    settle: 4s\n"


def held(behind: str, before: str = "Lift your hips.", length: str = "20s") -> str:
    return HOLD.format(before=before, length=length) + behind


def said(text: str, then: str = END) -> str:
    return f'  - say: "{text}"\n    settle: 4s\n{then}'


STUCK = [  # nothing says how to leave the posture
    *(held(said(text)) for text in ("Well done.", "Great job, everyone.", "Keep breathing.", "That is all.")),
    *(held(said(text, REST)) for text in ("Two more to go.", "Notice how your back feels.", "Time is up.")),
    *(held(said(text, SWITCH)) for text in ("You are strong.", "Breathe. Smile.", "That was one.")),
    held("  - chapter: Knees\n" + KNEE),
    held("  - chapter: Knees\n" + KNEE + "  - hold: 20s\n" + said("Let go.")),
    held(said("Well done.") + "  - chapter: Knees\n" + KNEE),
    held(END, length="90s"),
    held(REST + said("Lower them."), "Lean forward. Breathe.", "2m"),
]  # fmt: skip
LED = [
    *(held(said(text)) for text in ("Lower.", "And down.", "Let go.", "Stop.", "Well done. Come up.")),
    *(held(said(text, REST)) for text in ("Release.", "Breathe out, and come down.", "You can rest now.")),
    *(held(said(text, SWITCH)) for text in ("Change sides.", "Now the other leg.", "Feel your hips sink.")),
    held("  - chapter: Knees\n" + said("Slowly lower your hips.") + KNEE),
    held("  - chapter: Knees\n" + said("Lie flat.") + KNEE),
    held(said("Lower them.") + "  - chapter: Knees\n" + KNEE),
    held("  - say: Good.\n    release: true\n    settle: 4s\n"),
    held(END, "Rest on your back.", "90s"),
    held("  - rest: 10s\n    marks: {at: {1s: Lower your hips.}}\n"),
    held(said("Well done.") + "  - hold: 20s\n" + said("Lower.")),
]  # fmt: skip


def test_what_is_said_after_a_hold_leads_out_of_it(rules: Rules) -> None:
    assert [each for each in STUCK if "no-way-out" not in rules(each)] == []
    assert [each for each in LED if "no-way-out" in rules(each)] == []


def marked(before: str, mark: str, length: str = "20s") -> str:
    return held(f"    marks: {mark}\n" + said("Lower slowly."), before, length)


def half(text: str) -> str:
    return f'{{halfway: "{text}"}}'


ASKED = [
    ("Lift your left arm.", half("Bend your elbow.")),
    ("Lift your hips.", half("Straighten one leg.")),
    ("Stand tall.", half("Now bend your knees.")),
    ("Lean back.", half("Cross your arms.")),
    ("Kneel down.", half("Step your left foot forward.")),
    ("Reach up.", half("Turn your palms forward.")),
    ("Lift your chest.", half("Put your hands on the floor.")),
    ("Lie on your back.", half("Extend your right leg.")),
    ("Lie down.", half("Sit up.")),
    ("Stand tall.", "{at: {8s: Swing your arms.}}"),
]
LEFT = [
    ("Lift your arm.", half("Keep your elbow bent.")),
    ("Lift your arm.", half("Do not bend your elbow.")),
    ("Lift your arm.", half("Feel how your elbow bends.")),
    ("Lift your heel.", half("Press your heel away.")),
    ("Lift your chest.", half("Stand tall.")),
    ("March on the spot.", half("Turn the other way.")),
    ("Walk around the room.", half("Turn around.")),
    ("Rock to and fro.", half("Cross your arms.")),
    ("Lift your hips.", "{before_end: {4s: Put your hips down.}}"),
    ("Rest on your back.", half("You may bend your knees.")),
]


def test_words_inside_a_hold_ask_for_no_other_posture(rules: Rules) -> None:
    late = "instruction-during-hold"
    assert [each for each in ASKED if late not in rules(marked(*each))] == []
    assert [each for each in LEFT if late in rules(marked(*each))] == []
    assert late not in rules(marked("Lie down.", half("Bend your knees."), "90s"))
    rest = held(said("Let go.") + "  - rest: 20s\n    marks: {at: {5s: Then bend your elbow.}}\n")
    assert late not in rules(rest)
