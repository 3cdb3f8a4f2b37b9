"""What a body can follow: five texts that are found, and five that are fine, for each of these checks."""

from __future__ import annotations

from tests.lint.conftest import Rules
from tests.tables import every

SPOKEN = "safety: {notice: general, closing: gentle}"
SILENT = f"{SPOKEN}\nchimes: {{explain: false}}"


def held(*said: str, hold: str = "10s", settle: str = "3s") -> str:
    """Return steps that say each of these and then hold, with a way out."""
    first = "".join(f"  - say: {text}\n    settle: {settle}\n" for text in said)
    return f"{first}  - hold: {hold}\n  - say: Let go.\n    settle: 4s\n"


def load_of(bounds: str, settle: str, hold: str = "10s") -> str:
    return held("Lift your chest.", settle=settle).replace(
        "- hold: 10s", f"- hold: {hold}\n    load: {bounds}"
    )


LATE = "instruction-during-hold"
WAY = "missing-transition"
BELL = "unexplained-chime"
WARNED = "warning-after-act"
FAR = "distant-pronoun"
FLOOR = "Lie on your back."

CASES: list[tuple[str, str, str, bool]] = [
    ("load-time", SPOKEN, load_of("{max: 12s}", "3s"), True),
    ("load-time", SPOKEN, load_of("{min: 10s, max: 15s}", "6s"), True),
    ("load-time", SPOKEN, load_of("{min: 20s}", "3s"), True),
    ("load-time", SPOKEN, load_of("{max: 10s}", "2s"), True),
    ("load-time", SPOKEN, load_of("{max: 20s}", "3s", "18s"), True),
    ("load-time", SPOKEN, load_of("{max: 14s}", "3s"), False),
    ("load-time", SPOKEN, load_of("{min: 10s, max: 15s}", "4s"), False),
    ("load-time", SPOKEN, load_of("{min: 10s}", "3s"), False),
    ("load-time", SPOKEN, load_of("{max: 1m}", "8s", "50s"), False),
    ("load-time", SPOKEN, held("Lift your chest."), False),
    (LATE, SPOKEN, held("Slowly lift your chest.", "Squeeze your shoulder blades together."), True),
    (LATE, SPOKEN, held("Lift your hips.", "Grow long for ten seconds."), True),
    (LATE, SPOKEN, held("Lean to your left side.", "Go only as far as is comfortable."), True),
    (LATE, SPOKEN, held("Pull both knees to your chest.", "Press your back into the floor."), True),
    (LATE, SPOKEN, held("Fold forward.", "Never strain your neck."), True),
    (LATE, SPOKEN, held("Your shoulder blades will draw together.", "Slowly lift your chest."), False),
    (LATE, SPOKEN, held("Lift your hips.", "Keep breathing."), False),
    (LATE, SPOKEN, held("Press your palms together.", "Slowly raise both arms."), False),
    (LATE, SPOKEN, held("Lift your chest.", "Feel your back."), False),
    (LATE, SPOKEN, held("Sit tall.", "Let your hands rest."), False),
    (WAY, SPOKEN, held(FLOOR) + held("Stand tall."), True),
    (WAY, SPOKEN, held(FLOOR) + held("Sit on the edge of a chair."), True),
    (WAY, SPOKEN, held("Sit on a chair.") + held(FLOOR), True),
    (WAY, SPOKEN, held("Come onto your hands and knees.") + held("Lie still on your stomach."), True),
    (WAY, SPOKEN, held(FLOOR) + held("Slowly stand up.", settle="2s"), True),
    (WAY, SPOKEN, held(FLOOR) + held("Push up.", "Stand up.", settle="9s"), False),
    (WAY, SPOKEN, held(FLOOR) + held("Roll over, and lie on your stomach."), False),
    (WAY, SPOKEN, held("Sit on a chair.") + held("Stand up."), False),
    (WAY, SPOKEN, held("Stand tall.") + held("Come down to your knees.", FLOOR, settle="9s"), False),
    (WAY, SPOKEN, held("Kneel.") + held("Come onto your hands and knees."), False),
    (BELL, SILENT, held("Lift your chest."), True),
    (BELL, SILENT, held("Breathe softly."), True),
    (BELL, SILENT, held("Lift your chest.").replace("10s", "10s\n    chime: tick"), True),
    (BELL, SILENT, held("Rest.") + "  - say: That was the bell.\n    settle: 2s\n", True),
    (BELL, SILENT, held("Rest.", hold="40s"), True),
    (BELL, SPOKEN, held("Lift your chest."), False),
    (BELL, SILENT, held("A bell starts the hold.", "Lift your chest."), False),
    (BELL, SILENT, held("Hold until the gong.", "Lift your chest."), False),
    (BELL, SILENT, held("Lift your chest.").replace("10s", "10s\n    chime: none"), False),
    (BELL, SILENT, "  - say: Rest.\n    settle: 5s\n", False),
    (WARNED, SPOKEN, held("Fill the bottle with water.", "Use only water that you can bear."), True),
    (WARNED, SPOKEN, held("Lay the towel on your back.", "Make sure that the towel is not too hot."), True),
    (WARNED, SPOKEN, held("Sit on the ball.", "Never use a ball that is soft."), True),
    (WARNED, SPOKEN, held("Step onto the mat.", "Do not use a mat that slips."), True),
    (WARNED, SPOKEN, held("Place the pack on your knee.", "Never lie on the pack."), True),
    (WARNED, SPOKEN, held("Use only water that you can bear.", "Fill the bottle with warm water."), False),
    (WARNED, SPOKEN, held("Never lie on the pad.", "Lay the pad on your back."), False),
    (WARNED, SPOKEN, held("Wrap the pack in a towel.", "Never put the pack on bare skin."), False),
    (WARNED, SPOKEN, held("Lay the pad on your back.", "Never strain."), False),
    (WARNED, SPOKEN, held("Lay the pad down.", "Take the pad off.", "Never lie on the pad."), False),
    (FAR, SPOKEN, held("Take a band.", "Sit tall.", "Breathe.", "Be patient.", "Pull it slowly."), True),
    (FAR, SPOKEN, held("Sit tall.", "Wring it out."), True),
    (FAR, SPOKEN, held("Rest both feet.", "Sit tall.", "Smile.", "Breathe softly.", "Lift them."), True),
    (FAR, SPOKEN, held("Listen to your body.", "Lower it slowly."), True),
    (FAR, SPOKEN, held("Breathe softly.", "Press it to the floor."), True),
    (FAR, SPOKEN, held("Take a band.", "Pull it slowly."), False),
    (FAR, SPOKEN, held("Hold your left knee with both hands.", "Pull it to your chest."), False),
    (FAR, SPOKEN, held("Straighten both arms.", "Raise them slowly."), False),
    (FAR, SPOKEN, held("Take some ice.", "Wrap it in a towel."), False),
    (FAR, SPOKEN, held("Breathe softly.", "Let it be easy."), False),
]  # fmt: skip


@every(("rule", "head", "steps", "found"), CASES)
def test_what_a_body_cannot_follow_is_found(
    rule: str, head: str, steps: str, found: bool, rules: Rules
) -> None:
    assert (rule in rules(steps, head)) == found


def test_each_check_has_five_texts_of_either_kind() -> None:
    counts = {(rule, found) for rule, _, _, found in CASES}
    assert len(counts) == 12
    for each in counts:
        assert sum((rule, found) == each for rule, _, _, found in CASES) == 5


def test_a_warning_is_late_only_in_the_exercise_that_it_belongs_to(rules: Rules) -> None:
    leaning, warned = held("Lean against the wall."), held("Lean on a wall, never on the ball.")
    assert WARNED in rules(leaning + warned, SPOKEN)
    assert WARNED not in rules(f"{leaning}  - chapter: Ball\n{warned}", SPOKEN)


def test_to_roll_onto_the_back_is_to_lie_on_it(rules: Rules) -> None:
    rolled = held("Lie on your side.") + held("Roll onto your back.")
    assert WAY not in rules(rolled + held("Roll onto one side."), SPOKEN)
    assert WAY in rules(rolled + held("Rest, lying on your stomach."), SPOKEN)


def test_the_ways_that_are_spoken_between_exercises_end_where_they_lead(rules: Rules) -> None:
    up = held("Kneel.") + held("When you are ready, slowly stand up.", settle="9s")
    assert WAY not in rules(up + held("Stand tall."), SPOKEN)
    down = held("Slowly stand up.") + held("Sit down beside your heels.")
    assert WAY not in rules(down + held("Come onto your hands and knees."), SPOKEN)
    assert WAY in rules(down + held(FLOOR), SPOKEN)


def test_who_may_hold_on_while_standing_up_stands(rules: Rules) -> None:
    up = held("Kneel.") + held("Hold on to something firm, if you like, and slowly stand up.", settle="9s")
    assert WAY not in rules(up + held("Lean back a little.") + held("Sit back in your chair."), SPOKEN)
    assert WAY in rules(
        held("Kneel.") + held("If your knees hurt, stand up.") + held("Sit on the chair."), SPOKEN
    )


def test_the_name_of_an_exercise_is_no_movement(rules: Rules) -> None:
    steps = held("Chair arch.", "Place your feet flat on the floor.", "Slowly lean back.")
    assert LATE not in rules(steps, SPOKEN, "Chair arch")
    assert LATE in rules(steps.replace("Chair arch.", "Arch your back."), SPOKEN, "Chair arch")


def test_to_stand_beside_something_is_to_stay(rules: Rules) -> None:
    assert WAY not in rules(held("Stand tall.") + held("Stand with your left side to a wall."), SPOKEN)


def test_who_sits_down_again_is_led_up_without_a_false_alarm(rules: Rules) -> None:
    sat = "  - include: standing-back-bend\n  - include: desk-break\n  - include: shoulder-blade-squeeze\n"
    assert WAY not in rules(f"{sat}  - include: standing-knee-raise\n", SPOKEN)


def test_the_position_to_stay_out_of_leads_nowhere(rules: Rules) -> None:
    stood = held("Stand tall.")
    for words in ("instead of lying on your back", "rather than lying on your back", "not on your back"):
        assert WAY not in rules(stood + held(f"Late in pregnancy, rest on your side {words}."), SPOKEN)
    assert WAY in rules(stood + held("Rest, lying on your back."), SPOKEN)
