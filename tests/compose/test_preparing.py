"""What a session asks for at its start, and what it says once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.compose.preparing import prepared
from audioguide.compose.stock import Stock, facts_of
from audioguide.compose.wishes import Wishes
from audioguide.compose.writing import session_text
from audioguide.routine.language.document import Document
from audioguide.routine.load import Routine, load_text
from audioguide.vocabulary.vocabulary import vocabulary
from tests.tables import every

CHAIR = "You will need a firm chair that cannot roll."
TABLE = "You will need a table that cannot move, and beside the table, a chair that cannot roll."
DESK = "You will need a table and a firm chair."
BACK = "If your lower back is often sore, lay a cushion on the floor beside you."
CUSHION = "If your wrists or your knees are sore, bring a cushion."
BESIDE = "If getting up is hard, put a firm chair beside you."
BAREFOOT = "Take off your shoes and your socks."
UNDER = "Or slide a cushion under your knees."
NEAR = "Keep a cushion for your knees within reach."
KNEES = "Lay a cushion on the floor within reach, for your wrists or your knees."
HIP = "If you have an artificial hip, ask your doctor first."


@every(
    ("names", "said", "not_said"),
    [
        (("chin-tuck", "eye-rest"), [CHAIR, "Pause me until the chair is ready."], []),
        (("eye-rest",), [CHAIR], []),
        (("one-leg-stand", "chin-tuck", "prayer-stretch"), [TABLE], [CHAIR, DESK]),
        (("corner-chest-stretch",), ["You will need a free corner of a room."], []),
        (("chair-hip-flexor", "chin-tuck"), [f"{CHAIR[:-1]}, without arms."], [CHAIR]),
        (("figure-four", "lying-twist"), [HIP], []),
        (("cat-cow", "corpse-pose"), [CUSHION], [BACK, UNDER]),
        (("corpse-pose",), [BACK], [UNDER]),
        (("childs-pose",), [NEAR, "Pause me until the cushion is there."], []),
        (("cat-cow", "childs-pose"), [NEAR], [CUSHION]),
        (("cat-cow", "kneeling-arm-reach"), [KNEES], [CUSHION]),
        (("cat-cow", "guided-rest"), [f"{BACK} Lay a blanket there, too."], [CUSHION]),
        (("chin-tuck", "kneeling-arm-reach"), [CHAIR], [BESIDE]),
        (("foam-roller-release",), ["Lay the roller on the floor, crosswise to your back."], []),
        (("arch-lift", "sole-stretch"), [BAREFOOT, CHAIR], ["Take off your shoes."]),
    ],
)  # fmt: skip
def test_each_thing_is_asked_for_once(
    names: tuple[str, ...], said: list[str], not_said: list[str], library: dict[str, Routine]
) -> None:
    sentences = prepared([facts_of(library[name]) for name in names])
    assert all(sentences.count(each) == 1 for each in said)
    assert not {*not_said} & {*sentences}


def test_no_thing_is_first_named_when_the_session_has_begun(
    whole: Stock, library: dict[str, Routine], tmp_path: Path
) -> None:
    late = {}
    for facts in whole.facts:
        if facts.excluded or not facts.equipment or "bed" in facts.equipment:
            continue
        text = session_text([facts], Wishes(body=("back",), length=150_000), "for your back")
        cues = compile(load_text(text, tmp_path / "session.yaml")).cues
        begins = next(at for at, cue in enumerate(cues) if cue.kind == "chapter")
        named = vocabulary().kinds_of("equipment", " ".join(cue.text or "" for cue in cues[:begins]))
        # The walls of a corner are there with it.
        if missing := {*facts.equipment} - {*named, "wall" if "corner" in facts.equipment else ""}:
            late[facts.name] = missing
    assert late == {}


def test_a_thing_that_an_exercise_does_not_ask_for_is_asked_for(library: dict[str, Routine]) -> None:
    bare = replace(library["seated-hamstring-stretch"], document=_with_equipment(library, ["towel", "chair"]))
    assert prepared([facts_of(bare)])[:2] == ["You will need a towel.", CHAIR]


def _with_equipment(library: dict[str, Routine], equipment: list[str]) -> Document:
    document = library["seated-hamstring-stretch"].document
    steps = [step for step in document.steps if not getattr(step, "alone", False)]
    return document.model_copy(update={"equipment": equipment, "steps": steps})


def test_much_to_prepare_is_said_in_several_steps(library: dict[str, Routine], tmp_path: Path) -> None:
    names = (
        "chair-hip-flexor", "chair-arch", "hands-behind-back", "foot-roll", "wall-sit", "towel-scrunch",
        "heel-to-toe-stand", "lying-chin-tuck", "short-knee-lift", "bird-dog", "front-plank-on-the-knees",
    )  # fmt: skip
    parts = [facts_of(library[name]) for name in names]
    text = session_text(parts, Wishes(body=("legs",), length=900_000), "for your legs")
    session = load_text(text, tmp_path / "session.yaml")
    heard = " ".join(cue.text or "" for cue in compile(session).cues)
    assert all(sentence in heard for sentence in prepared(parts))


def test_who_minds_dizziness_hears_when_to_stop(library: dict[str, Routine]) -> None:
    facts = [facts_of(library["chin-tuck"])]
    assert "Stop if you feel dizzy." in prepared(facts, ("vertigo",))
    assert "Stop if you feel dizzy." not in prepared(facts, ("knee injury",))


def test_whom_to_ask_is_said_once_at_the_start(library: dict[str, Routine], tmp_path: Path) -> None:
    parts = [facts_of(library[name]) for name in ("figure-four", "lying-twist")]
    text = session_text(parts, Wishes(body=("hips",), length=150_000, mind=("pregnant",)), "for hips")
    session = load_text(text, tmp_path / "session.yaml")
    assert session.document.safety.avoid_with[0] == "pregnancy, unless your midwife or doctor agrees"
    said = [(cue.step, cue.text) for cue in compile(session).cues if cue.text == HIP]
    assert said == [("steps[0]", HIP)]


@every(
    ("minded", "said"),
    [
        ("pregnant", [
            "You are pregnant, so ask your midwife or doctor before you begin.",
            "Stop and get help if you bleed, or feel contractions.",
        ]),
        ("knee injury", ["You named a condition, so ask your doctor before you begin."]),
        ("high blood pressure", [
            "Never hold your breath.", "If you feel dizzy, sit down.",
            "Stop and get help if your chest hurts, or you are short of breath.",
        ]),
        ("vertigo", ["Stop if you feel dizzy."]),
    ],
)  # fmt: skip
def test_who_minds_a_condition_hears_it_before_the_first_exercise(
    minded: str, said: list[str], library: dict[str, Routine], tmp_path: Path
) -> None:
    parts = [facts_of(library["shoulder-rolls"])]
    text = session_text(parts, Wishes(body=("neck",), length=150_000, mind=(minded,)), "for your neck")
    cues = compile(load_text(text, tmp_path / "session.yaml")).cues
    chapter = next(at for at, cue in enumerate(cues) if cue.kind == "chapter")
    assert {*said} <= {cue.text for cue in cues[:chapter]}


def test_what_two_conditions_have_in_common_is_said_once(library: dict[str, Routine]) -> None:
    said = prepared([facts_of(library["shoulder-rolls"])], ("pregnant", "high blood pressure"))
    assert len(said) == len(set(said))
