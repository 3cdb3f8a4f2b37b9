"""From every position to every other: words that lead there, and time to do what they say."""

from __future__ import annotations

from itertools import product

from audioguide.compiler.compile import compile
from audioguide.routine.language.positions import POSITIONS, way
from audioguide.routine.load import load
from audioguide.script.script import Script
from tests.conftest import Write
from tests.tables import every

LYING = {"back", "back, knees bent", "stomach"}
UPRIGHT = {"chair", "standing"}


@every(("start", "end"), list(product(POSITIONS, POSITIONS)))
def test_there_is_a_way_from_each_position_to_every_other(start: str, end: str) -> None:
    moves = way(start, end)  # type: ignore[arg-type]
    assert bool(moves) == (start != end and (start, end) != ("back, knees bent", "back"))
    assert all(2 <= seconds <= 12 for _, seconds in moves)
    if {start, end} & LYING and {start, end} & UPRIGHT:
        assert sum(seconds for _, seconds in moves) >= 20
        assert (
            start == "standing" or moves[0][0] == "Open your eyes."
        )  # those of a person who stands are open
    if start in ("heels", "kneeling", "hands and knees") and end in UPRIGHT:
        words = " ".join(text for text, _ in moves)
        assert "hands on that thigh" in words or (end == "chair" and "hands on the seat" in words)


def test_straight_legs_bend_before_the_body_rolls_onto_its_side() -> None:
    words = [text for text, _ in way("back", "floor")]
    assert words.index("Bend your knees.") < words.index("Slowly roll onto one side.")


def test_from_the_stomach_the_way_up_goes_by_hands_and_knees() -> None:
    # A roll onto the side would trap an arm.
    for end in ("side", "floor", "chair", "standing"):
        assert "Slowly roll onto one side." not in [text for text, _ in way("stomach", end)][:1]
    assert "Push back, onto your hands and knees." in [text for text, _ in way("stomach", "floor")]


def test_from_a_chair_to_the_floor_the_listener_holds_on_to_it() -> None:
    # Kneeling straight in front of it, you have it at your heels, and nothing to hold.
    for end in ("kneeling", "hands and knees", "heels"):
        words = [text for text, _ in way("chair", end)]
        assert "Hold on to the chair, and slowly come down to your knees." in words, end


def session(write: Write, first: str, second: str) -> Script:
    text = "title: {}\nsteps:\n  - say: Take it.\n    into: {}\n    settle: 8s\n  - say: Go on.\n"
    write(text.format("One", first), "one.yaml")
    write(text.format("Two", second), "two.yaml")
    head = "title: Both\nsafety: {notice: none, closing: none}\n"
    return compile(load(write(f"{head}steps:\n  - include: one.yaml\n  - include: two.yaml\n")))


def said(script: Script) -> list[str]:
    return [cue.text or "" for cue in script.cues if cue.kind == "say"]


def test_who_lies_already_is_not_asked_to_lie_down(write: Write) -> None:
    assert said(session(write, "back", "back")) == ["Take it.", "Go on.", "Go on."]


def test_an_included_routine_leads_there_from_where_the_body_is(write: Write) -> None:
    words = said(session(write, "chair", "back"))
    assert words[:2] == ["Take it.", "Go on."]
    assert words[2:-1] == [text for text, _ in way("chair", "back")]


def test_alone_its_own_words_are_said(write: Write) -> None:
    path = write(
        "title: T\nsafety: {notice: none, closing: none}\nsteps:\n  - say: Take it.\n    into: back\n"
    )
    assert said(compile(load(path))) == ["Take it."]
