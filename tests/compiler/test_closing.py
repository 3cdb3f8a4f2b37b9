"""The end of a file: time to feel, eyes opened only where they were closed, and a way up."""

from __future__ import annotations

import re
from itertools import pairwise

from audioguide.compiler.compile import compile
from audioguide.routine.language.positions import POSITIONS, Position, up_from
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.script import Cue, Script
from audioguide.units import TICKS_PER_SECOND
from tests.conftest import Write
from tests.shipped import compiled
from tests.slow import first
from tests.tables import every


def ending(write: Write, steps: str) -> list[Cue]:
    made = compile(load(write(f"title: T\nsteps:\n{steps}")))
    return [cue for cue in made.cues if cue.step == "closing"]


def said(cues: list[Cue]) -> list[str]:
    return [cue.text for cue in cues if cue.text]


def test_there_is_time_to_feel_before_the_end(write: Write) -> None:
    cues = ending(write, "  - say: Lie down.\n")
    notice, gap = cues[:2]
    assert notice.text == "Notice how your back feels now."
    assert gap.length == 5 * TICKS_PER_SECOND


@every(
    ("body", "noticed"),
    [
        ("[lower back, hips]", "Notice how your back feels now."),
        ("[wrists, hands]", "Notice how you feel now."),
        ("[neck]", "Notice how you feel now."),
    ],
)
def test_what_is_noticed_is_what_the_routine_is_for(body: str, noticed: str, write: Write) -> None:
    made = compile(load(write(f"title: T\nbody: {body}\nsteps:\n  - say: Rest.\n")))
    assert noticed in said(list(made.cues))


@every(
    ("words", "opened"),
    [
        ("Close your eyes.", True),
        ("Let your eyes close, if you like.", True),
        ("Let your eyes gently close.", True),
        ("Lie down.", False),
        ("Keep your eyes open.", False),
        ("Close your eyes. Open your eyes.", False),
        ("Open your eyes. Close your eyes.", True),
    ],
)
def test_eyes_are_opened_only_where_they_were_closed(words: str, opened: bool, write: Write) -> None:
    assert ("Open your eyes." in said(ending(write, f"  - say: {words}\n"))) is opened


@every(
    ("position", "first"),
    [
        ("back", "Bend your knees."),
        ("back, knees bent", "Roll onto one side."),
        ("side", "Push up with your hands, until you sit."),
        ("stomach", "Reach one arm past your head, and roll onto that side."),
        ("hands and knees", "Take your time getting up."),
        ("chair", "Take your time getting up."),
    ],
)
def test_the_way_up_begins_where_the_listener_is(position: str, first: str, write: Write) -> None:
    words = said(ending(write, f"  - say: Be there.\n    into: {position}\n"))
    assert words[1] == first
    assert words[-2:] == ["Take your time getting up.", "You have finished."]


def test_out_of_bed_the_feet_go_over_the_edge_before_the_listener_sits_up(write: Write) -> None:
    made = compile(load(write("title: T\nequipment: [bed]\nsteps:\n  - say: Be there.\n    into: back\n")))
    words = said([cue for cue in made.cues if cue.step == "closing"])
    way = [
        "Bend your knees.",
        "Roll onto your side, towards the edge of the bed.",
        "Let your feet slide over the edge.",
        "Push up with your hands, until you sit.",
    ]
    assert [each for each in words if each in way] == way


def test_a_listener_who_stands_is_not_asked_to_get_up(write: Write) -> None:
    assert said(ending(write, "  - say: Stand.\n    into: standing\n"))[1:] == ["You have finished."]


def test_without_a_position_the_way_up_is_for_all(write: Write) -> None:
    words = said(ending(write, "  - say: Rest.\n"))
    assert words[1:-1] == [text for text, _ in up_from(None)]


@every("position", POSITIONS)
def test_each_movement_of_the_way_up_has_its_time(position: Position) -> None:
    assert all(seconds >= 3 for (_, seconds), _ in pairwise(up_from(position)))


@every("name", first(50, SHIPPED_LIBRARY.shipped))
def test_no_routine_opens_eyes_at_its_end_that_it_never_closed(name: str) -> None:
    made: Script = compiled(name)
    before = " ".join(cue.text or "" for cue in made.cues if cue.step != "closing")
    end = said([cue for cue in made.cues if cue.step == "closing"])
    assert "Open your eyes." not in end or re.search(r"eyes close|[Cc]lose your eyes", before)


@every(
    ("last", "closing", "wakes"),
    [
        ("corpse-pose", "sleep", False),
        ("body-scan-short", "sleep", False),
        ("corpse-pose", "gentle", True),
        ("corpse-pose}\n  - {say: There is nothing more to do.", "sleep", True),
    ],
)
def test_nothing_wakes_a_listener_who_is_to_fall_asleep(
    last: str, closing: str, wakes: bool, write: Write
) -> None:
    steps = f"  - {{include: knee-to-chest}}\n  - {{include: {last}}}\n"
    made = compile(load(write(f"title: T\nsafety: {{closing: {closing}}}\nsteps:\n{steps}")))
    words = said(list(made.cues))
    assert ("Slowly breathe more deeply." in words) == wakes
    assert ("Gently move your fingers and your toes." in words) == wakes
    assert "Let your eyes close, if you like." in words  # what comes before stays
