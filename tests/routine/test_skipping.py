"""Parts are left out by name, and what belongs to them goes with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load, load_text
from audioguide.routine.names import read_name, slug
from audioguide.routine.parts import fingerprint, parts_of
from audioguide.routine.skipping import left_out, names_to_skip
from audioguide.script.script import Script
from tests.conftest import Write
from tests.shipped import compiled, shipped
from tests.slow import first
from tests.tables import every

MakeRoutine = Callable[..., Routine]

POSES = """
  - say: Good morning.
  - say: Lie on your back.
  - say: Slowly lift your hips.
  - hold: 20s
    id: bridge
  - say: Slowly lower your hips.
  - say: Pull your knee to your chest.
  - hold: 15s
    id: knee
  - say: Put your foot down.
  - rest: 10s
  - say: Come onto your hands and knees.
  - say: Let your back hang.
  - hold: 10s
    id: cat
  - say: Round your back.
"""


def heard(made: Script) -> list[str]:
    return [f"{cue.text or cue.length}" for cue in made.cues if cue.kind in ("say", "hold", "rest")]


def without(routine: Routine, *skip: str) -> list[str]:
    return heard(compile(routine, Options(skip=skip)))


def test_what_is_said_for_a_pose_goes_with_it_and_the_start_stays(routine: MakeRoutine) -> None:
    made = routine(POSES)
    assert without(made, "bridge") == [
        "Good morning.", "Lie on your back.", "Pull your knee to your chest.", "3750", "Put your foot down.",
        "2500", "Come onto your hands and knees.", "Let your back hang.", "2500", "Round your back.",
    ]  # fmt: skip
    assert without(made, "knee") == [
        "Good morning.", "Lie on your back.", "Slowly lift your hips.", "5000", "Slowly lower your hips.",
        "2500", "Come onto your hands and knees.", "Let your back hang.", "2500", "Round your back.",
    ]  # fmt: skip
    assert without(made, "bridge", "knee")[-4:] == [
        "Come onto your hands and knees.", "Let your back hang.", "2500", "Round your back.",
    ]  # fmt: skip
    assert not {"Let your back hang.", "Round your back.", "2500"} & set(without(made, "cat"))


def test_the_way_into_an_included_routine_stays_too(write: Write) -> None:
    write(f"title: Inner\nsteps:{POSES}", "inner.yaml")
    outer = load(write("title: Outer\nsteps:\n  - include: inner.yaml\n  - say: Sit up.\n  - hold: 7s\n"))
    said = without(outer, "bridge")
    assert "Slowly lift your hips." not in said
    assert said.index("Lie on your back.") + 1 == said.index("Pull your knee to your chest.")
    assert "Lie on your back." not in without(outer, "inner")


def test_a_note_lists_the_words_that_went_and_texts_that_still_speak_of_it(routine: MakeRoutine) -> None:
    made = routine(POSES + "  - rest: 10s\n  - say: Rest, as you did before the bridge.\n  - hold: 5s\n")
    gone, named = compile(made, Options(skip=("bridge",))).notes
    assert gone == (
        "left out with it: “Slowly lift your hips.” (line 8), “Slowly lower your hips.” (line 11)"
    )
    assert (
        "Bridge is left out, but the words still mention it: “Rest, as you did before the bridge.”" in named
    )
    assert compile(routine(POSES), Options(skip=("bridge",))).notes == (gone,)


def test_names_survive_an_edit_above_them(routine: MakeRoutine) -> None:
    before = without(routine(POSES), "knee", "cat")
    after = without(
        routine("  - say: Have water within reach.\n  - hold: 5s\n  - rest: 5s\n" + POSES), "knee", "cat"
    )
    assert after[:3] == ["Have water within reach.", "1250", "1250"]
    assert after[3:] == before


@every(
    ("between", "first", "second"),
    [
        ("{say: One.}, {say: Two.}", ["1250", "One."], ["Two.", "2500"]),
        ("{say: One.}, {say: Two., release: true}", ["1250", "One.", "Two."], ["2500"]),
        ("{say: One., enter: true}, {say: Two.}", ["1250"], ["One.", "Two.", "2500"]),
        ("{say: One.}, {rest: 5s}, {say: Two.}", ["1250", "One."], ["Two.", "2500"]),
        ("{say: One., id: b}, {say: Two., id: a}", ["1250", "Two."], ["One.", "2500"]),
        ("{rest: 5s}, {say: One.}, {say: Two.}", ["1250"], ["One.", "Two.", "2500"]),
    ],
)
def test_words_between_two_holds_belong_to_one_of_them(
    routine: MakeRoutine, between: str, first: list[str], second: list[str]
) -> None:
    made = routine(f"  [{{hold: 5s, id: a}}, {between}, {{hold: 10s, id: b}}]")
    assert without(made, "b") == first
    assert without(made, "a") == second


@pytest.mark.parametrize("skip", ["a", "b"])
def test_words_that_may_speak_of_both_are_a_fault_in_their_place(routine: MakeRoutine, skip: str) -> None:
    steps = "  - hold: 5s\n    id: a\n  - say: Now the other leg.\n  - hold: 10s\n    id: b\n"
    with pytest.raises(
        RoutineError, match=r"“Now the other leg[.]” may refer to what is skipped"
    ) as reported:
        compile(routine(steps), Options(skip=(skip,)))
    assert [fault.line for fault in reported.value.faults] == [7]
    assert "give it the `id` of the part" in reported.value.faults[0].allowed
    named = routine(steps.replace("leg.", "leg.\n    id: turn"))
    assert "Now the other leg." in without(named, skip)


def test_a_hold_whose_words_are_left_out_does_not_stay_in_silence(routine: MakeRoutine) -> None:
    steps = "  - say: Lift.\n    id: bridge\n  - hold: 5s\n  - say: Lower.\n  - rest: 5s\n  - hold: 6s\n"
    with pytest.raises(RoutineError, match="words that lead to this hold are skipped, but the hold is not"):
        compile(routine(steps), Options(skip=("bridge",)))


BLOCKS = """
  - say: Lie down.
    into: back
  - say: Your hips will rise.
  - repeat: 2
    id: bridges
    steps:
      - say: Lift.
      - hold: 5s
      - say: Lower.
  - say: Next, the sides.
  - sides: [left, right]
    id: sides
    steps:
      - say: Lean {side}.
      - hold: 6s
      - say: Come back.
"""


def test_blocks_bring_their_own_words(routine: MakeRoutine) -> None:
    with pytest.raises(RoutineError, match=r"“Next, the sides[.]” may refer to"):
        compile(routine(BLOCKS), Options(skip=("bridges",)))
    made = routine(BLOCKS.replace("sides.", "sides.\n    id: sides"))
    assert without(made, "bridges")[:3] == ["Lie down.", "Next, the sides.", "Lean left."]
    assert without(made, "sides") == ["Lie down.", "Your hips will rise.", *["Lift.", "1250", "Lower."] * 2]


def test_a_block_and_a_chapter_go_with_their_last_exercise(routine: MakeRoutine) -> None:
    steps = """
  - chapter: Floor
  - say: Roll out your mat.
  - rest: 5s
  - repeat: 2
    steps: [{say: Lift.}, {hold: 5s, id: bridge}, {say: Lower.}]
  - rest: 5s
  - say: Well done on the floor.
  - chapter: Chair
  - say: Sit down.
  - hold: 6s
"""
    made = compile(routine(steps), Options(skip=("bridge",)))
    assert heard(made) == ["Sit down.", "1500"]
    assert [cue.text for cue in made.cues if cue.kind == "chapter"] == ["Chair"]


def test_a_chapter_reaches_to_the_next_one_or_to_a_routine_after_its_own_exercises(
    routine: MakeRoutine,
) -> None:
    made = routine("""
  - chapter: Warm up
  - say: Walk.
  - hold: 5s
  - include: cat-stretch
  - chapter: On the floor
  - include: bridge-pose
  - include: knee-to-chest
  - chapter: Close
  - say: Stay.
  - hold: 6s
""")

    def chapters(*skip: str) -> list[str | None]:
        return [cue.text for cue in compile(made, Options(skip=skip)).cues if cue.kind == "chapter"]

    assert chapters("Warm up") == ["Cat stretch", "On the floor", "Bridge pose", "Knee to chest", "Close"]
    assert chapters("on-the-floor") == ["Warm up", "Cat stretch", "Close"]
    assert chapters("bridge", "knee to chest") == ["Warm up", "Cat stretch", "Close"]
    assert names_to_skip(made) == [
        "warm-up", "cat-stretch", "on-the-floor", "bridge-pose", "knee-to-chest", "close",
    ]  # fmt: skip


@every("skip", ["bridge", "bridge-pose", "Bridge pose", "BRIDGE", "bridge pose"])
def test_a_session_without_one_of_its_routines(skip: str) -> None:
    session = load(SHIPPED_LIBRARY.find("full-back-care"))
    whole, made = (compile(session, Options(skip=each)) for each in ((), (skip,)))
    assert {cue.text for cue in whole.cues if cue.kind == "chapter"} - {
        cue.text for cue in made.cues if cue.kind == "chapter"
    } == {"Bridge pose"}
    assert not any("bridge" in (cue.text or "").lower() for cue in made.cues)
    assert made.notes == (() if skip.lower().startswith("bridge") and len(skip) > 6 else (
        f"{skip} is read as bridge-pose",
    ))  # fmt: skip


@every(
    ("session", "skip", "gone"),
    [
        ("full-back-care", "relax-the-back", "Gently move your fingers and your toes."),
        (
            "full-back-care",
            "seated-hamstring-stretch",
            "You will need a firm chair that cannot roll, with its back against a wall.",
        ),
        (
            "lower-back",
            "hamstring",
            "You will need a firm chair that cannot roll, with its back against a wall.",
        ),
        ("heat-move-ice", "heat", "Touch your skin once more."),
        ("heat-move-ice", "ice", "Take the pack off now."),
    ],
)
def test_a_shipped_session_says_nothing_for_a_part_that_is_left_out(
    session: str, skip: str, gone: str
) -> None:
    routine = shipped(session)
    assert gone in heard(compile(routine))
    assert gone not in without(routine, skip)


@every("name", first(50, SHIPPED_LIBRARY.shipped))
def test_every_part_of_every_routine_that_ships_can_be_left_out(name: str) -> None:
    routine = shipped(name)
    names = [part.whole for part in parts_of(routine) if not part.within]
    for each in names if len(names) > 1 else ():
        assert without(routine, each) != heard(compiled(name))


def test_parts_inside_of_an_included_routine_have_names_too(write: Write) -> None:
    write(
        "title: Inner\nsteps:\n  - chapter: One\n  - hold: 5s\n  - chapter: Two\n  - hold: 6s\n", "inner.yaml"
    )
    outer = load(write("title: Outer\nsteps:\n  - include: inner.yaml\n  - chapter: Two\n  - hold: 7s\n"))
    assert names_to_skip(outer) == ["inner", "two", "inner/one", "inner/two"]
    assert [text for text in without(outer, "inner/two") if text.isdigit()] == ["1250", "1750"]
    assert [text for text in without(outer, "one") if text.isdigit()] == ["1500", "1750"]
    assert [text for text in without(outer, "two") if text.isdigit()] == ["1250"]  # where it is
    assert [text for text in without(outer, "inner.yaml") if text.isdigit()] == ["1750"]
    assert [text for text in without(outer, "one", "inner/two") if text.isdigit()] == ["1750"]


@every(
    ("skip", "reported"),
    [
        ("bridg", "there is no 'bridg' to skip; did you mean 'bridge'?"),
        ("3", "there is no '3' to skip: a step number is written steps[3] (here are: "),
        ("steps[99]", "there is no steps[99] in 'routine'"),
        ("", "there is no '' to skip"),
        ("pose", "'pose' may be cat-pose or cow-pose: write the whole name"),
    ],
)
def test_a_name_that_stands_for_no_part_or_for_several_is_an_error(
    routine: MakeRoutine, skip: str, reported: str
) -> None:
    made = routine(
        POSES + "  - rest: 5s\n  - hold: 5s\n    id: cat-pose\n  - rest: 5s\n  - hold: 5s\n    id: Cow pose\n"
    )
    with pytest.raises(RoutineError) as raised:
        left_out(made, [skip])
    assert reported in str(raised.value)


def test_all_that_there_is_cannot_be_left_out(routine: MakeRoutine) -> None:
    with pytest.raises(RoutineError, match="without bridge, knee, cat, no steps are left"):
        compile(routine(POSES), Options(skip=("bridge", "knee", "cat")))
    with pytest.raises(RoutineError, match=r"has a name \(give a step `id: NAME` in routine.yaml"):
        compile(routine("  - hold: 5s\n  - hold: 6s\n"), Options(skip=("bridge",)))


@every(
    "name", ["3", "", "steps[1]", "a/b", "{side}", "…", 65 * "x", 3, None, "a, b", "a\x1b[31m", "a\u202eb"]
)
def test_a_name_cannot_be_taken_for_a_number_or_for_two(name: object) -> None:
    with pytest.raises(ValueError, match="is not a name"):
        read_name(name)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Z", "M")), max_size=30))
def test_a_name_is_found_as_it_is_written(name: str) -> None:
    try:
        read_name(name)
    except ValueError:
        return
    assert slug(slug(name)) == slug(name) != ""


def test_a_fingerprint_stands_for_the_exact_text_and_for_what_is_included(write: Write) -> None:
    inner = "title: Inner\nsteps:\n  - hold: 5s\n"
    write(inner, "inner.yaml")
    path = write("title: Outer\nsteps:\n  - include: inner.yaml\n")
    first = fingerprint(load(path))
    assert first == fingerprint(load(path))
    write(inner + "  - hold: 6s\n", "inner.yaml")
    assert fingerprint(load(path)) != first
    write(inner, "inner.yaml")
    assert fingerprint(load_text(path.read_text() + "# a line more\n", path)) != first
