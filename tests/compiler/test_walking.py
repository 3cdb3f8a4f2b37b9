"""Between exercises at different places, the listener is led from one to the next."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.compiler.walking import SECONDS, place_of
from audioguide.routine.load import load_text
from audioguide.units import TICKS_PER_SECOND
from tests.tables import every


def spoken(*parts: str) -> list[str]:
    text = "title: Legs\nsteps:\n" + "".join(f"  - include: {part}\n" for part in parts)
    script = compile(load_text(text, Path("legs.yaml")))
    return [cue.text for cue in script.cues if cue.text and cue.kind == "say"]


def test_from_the_wall_somebody_walks_to_the_chair_before_facing_it() -> None:
    words = spoken("wall-calf-stretch", "standing-quad-stretch")
    assert words.index("Slowly walk to the chair.") < words.index("Face the back of the chair.")
    assert "Slowly walk to the wall." not in words  # where the first begins, its own words lead


def test_from_the_floor_somebody_stands_up_first() -> None:
    words = spoken("clamshell", "wall-sit")
    assert words.index("Hold on to something firm, if you like, and slowly stand up.") < words.index(
        "Slowly walk to the wall."
    )


@every(
    "parts",
    [
        ("heel-raise", "standing-quad-stretch"),  # both at the chair
        ("wrist-stretch", "heel-raise"),  # on the chair, then behind it
        ("wall-calf-stretch", "clamshell"),  # down to the floor
        ("clamshell", "side-leg-lift"),
    ],
)
def test_nobody_walks_to_where_they_are(parts: tuple[str, ...]) -> None:
    assert [each for each in spoken(*parts) if each.startswith("Slowly walk to")] == []


def test_there_is_time_to_walk() -> None:
    text = "title: Legs\nsteps:\n  - include: wall-calf-stretch\n  - include: standing-quad-stretch\n"
    cues = compile(load_text(text, Path("legs.yaml"))).cues
    at = next(index for index, cue in enumerate(cues) if cue.text == "Slowly walk to the chair.")
    assert cues[at + 1].length == SECONDS * TICKS_PER_SECOND


@every(
    ("equipment", "place"),
    [
        (["wall", "corner"], "corner"),
        (["rail", "step"], "step"),
        (["desk", "chair"], "table"),
        (["cushion"], ""),
        ([], ""),
    ],
)
def test_of_two_things_the_exercise_is_done_at_one(equipment: list[str], place: str) -> None:
    assert place_of(equipment) == place
