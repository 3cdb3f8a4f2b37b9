"""Leaflets and pages as people copy them: titles, what belongs to which exercise, what is of the page."""

from __future__ import annotations

import pytest

from audioguide.draft.compose import Draft
from audioguide.draft.draft import drafts_of
from audioguide.draft.readers.find import read
from audioguide.errors import RoutineError


def _drafts(text: str, name: str = "leaflet.txt") -> tuple[Draft, ...]:
    return drafts_of(read(text.encode(), name))


def _titles(text: str) -> list[str]:
    return [each.exercise.title for each in _drafts(text)]


def _only(text: str) -> Draft:
    (found,) = _drafts(text)
    return found


@pytest.mark.parametrize(
    "lead", ["Bridge. ", "Bridge - ", "Bridge: ", "Bridge\n", "BRIDGE ", "The bridge: ", "Bridge, 4 times: "]
)
def test_a_name_that_leads_the_text_is_the_title(lead: str) -> None:
    text = "Lie on your back with bent knees. Lift your hips and stay up for 7 seconds. Repeat 4 times.\n"
    found = _only(lead + text)
    assert found.exercise.title == "Bridge"
    assert found.summary == "hold 7 s, 4 times"


def test_a_movement_without_a_name_keeps_its_first_words() -> None:
    assert _titles("Lie on your back. Lift your hips and hold for 7 seconds.\n") == ["Lift your hips"]


def test_an_email_names_each_exercise_with_its_count() -> None:
    text = """Dear Mia,

Bridge, 2 x 9. Lie on your back with your knees bent and lift your hips for 4 seconds.

Clam, 3 x 11 each side. Lie on your side with your knees bent. Lift the top knee.
"""
    first, second = _drafts(text)
    assert (first.exercise.title, first.summary) == ("Bridge", "hold 4 s, 9 times, 2 sets")
    assert (second.exercise.title, second.summary) == ("Clam", "11 times, 3 sets, left and right")


def test_a_count_in_brackets_belongs_to_its_title() -> None:
    found = _only("Heel raise (14 reps)\nStand behind a chair. Rise onto your toes and lower your heels.\n")
    assert found.exercise.stated.reps is not None
    assert found.exercise.stated.reps.low == 14


def test_titles_between_lists_without_empty_lines() -> None:
    text = """Exercise 1: Wall slide
How to Do It
- Stand with your back against a wall
- Slide your arms up
- Repeat 6 times
Benefits
- Opens the chest
- Gentle on the shoulders
Exercise 2: Heel dig
How to Do It
- Sit on a chair
- Dig your heels into the floor
- Hold for 9 seconds
Common Mistakes
- Lifting the toes too high
"""
    first, second = _drafts(text)
    assert (first.exercise.title, second.exercise.title) == ("Wall slide", "Heel dig")
    assert first.exercise.stated.reps is not None
    assert first.exercise.stated.hold is None
    assert second.exercise.stated.hold is not None


def test_a_name_may_run_into_the_text() -> None:
    text = """Exercise #3: wrist bend Place your forearm on a table. Bend your wrist up. Repeat 8 times.

Exercise #4: Finger spread finger spread Lay your hand flat. Spread your fingers and hold for 6 seconds.
"""
    assert [each.lower() for each in _titles(text)] == ["wrist bend", "finger spread"]


def test_an_exercise_named_in_running_text_begins_there() -> None:
    text = (
        "You can start today. In the Heel Press exercise, sit on the bed with your legs out. Press "
        "your heels into the bed. Hold for four seconds. To do the Knee Squeeze exercise you need to sit "
        "on the bed and press your knees together. Hold for six seconds and relax.\n"
    )
    assert _titles(text) == ["Heel Press", "Knee Squeeze"]


def test_the_caption_below_a_title_is_no_title() -> None:
    text = """Knee Roll Stretch

Knee Roll StretchKnee Roll

1. Lie on your back with your knees bent.
2. Let both knees roll to the left and hold for 8 seconds.
"""
    assert _titles(text) == ["Knee Roll Stretch"]


def test_instructions_below_a_paragraph_are_those_of_the_exercise_it_names() -> None:
    text = """A stiff neck has many causes. One movement to try is the chin tuck.
Instructions:
Lie on your back with your knees bent.
Nod your chin to your chest without lifting your head.
Hold for 4 seconds, repeat 7 times.
"""
    assert _titles(text) == ["Chin tuck"]


def test_lines_of_the_page_are_neither_steps_nor_titles() -> None:
    text = """Heel Press

Sit on your bed with your legs out. Press your heels into the bed. Hold for 4 seconds.

Watch a short video of this exercise

Download the sheet for your fridge

Knee Squeeze

Sit on your bed. Press your knees together. Hold for 6 seconds.
"""
    assert _titles(text) == ["Heel Press", "Knee Squeeze"]
    assert "video" not in " ".join(each.text for each in _drafts(text)[0].exercise.steps).lower()


def test_blanks_for_the_therapist_are_a_count_without_a_number() -> None:
    text = "Knee lift\n\nSit on a chair. Lift your knee. Hold for ____ seconds. Repeat ____ times.\n"
    stated = _only(text).exercise.stated
    assert stated.hold is None
    assert stated.hold_asked
    assert stated.reps_asked


def test_a_list_below_its_own_count_begins_again() -> None:
    text = """- Soft collars are rarely used.
- Take it off at night.

Do each movement 4 times.

1. Sit tall and turn your head to the left, then turn it to the right.
2. Tip your left ear to your left shoulder. Repeat to the right.
"""
    reps = [each.exercise.stated.reps for each in _drafts(text)]
    assert [each and each.low for each in reps] == [4, 4]


@pytest.mark.parametrize(
    "words",
    [
        "Bend your knee and hold for 9 seconds. Repeat for both legs.",
        "Roll a ball under each foot for at least 40 seconds.",
        "Lie on your right side and lift your hips for 9 seconds. Roll onto the other side and repeat.",
    ],
)
def test_each_foot_and_the_other_side_ask_for_both_sides(words: str) -> None:
    assert _only(f"Foot care stretch\n\nSit on a chair. {words}\n").exercise.stated.sides == "left_right"


@pytest.mark.parametrize(
    "words",
    [
        "Stand with both feet together. Rise onto your toes 8 times.",
        "Lean forward and let your arm swing side to side 8 times.",
        "Round your back up, then curve it down to move your hips in the opposite direction. Repeat 8 times.",
    ],
)
def test_a_way_there_and_back_is_no_side(words: str) -> None:
    assert _only(f"Calm movement exercise\n\n{words}\n").exercise.stated.sides == "none"


def test_both_feet_together_at_the_start_is_no_third_side() -> None:
    text = "Lunge\n\nStart standing with both feet together. Step back, hold for 9 seconds. Switch legs.\n"
    assert _only(text).exercise.stated.sides == "left_right"


def test_an_easier_way_changes_no_number() -> None:
    text = """Side plank

Lie on your side. Lift your hips and hold for 33 seconds.

Make It Easier If you cannot hold for so long, hold for 6 seconds and rest for 4 seconds.
"""
    hold = _only(text).exercise.stated.hold
    assert hold is not None
    assert hold.low == 33


def test_repeat_takes_any_word_for_what_is_counted() -> None:
    text = (
        "Weight shifts\n\nStand with your feet apart. Shift your weight forward and back. Repeat 7 shifts.\n"
    )
    reps = _only(text).exercise.stated.reps
    assert reps is not None
    assert reps.low == 7


@pytest.mark.parametrize(
    "text",
    [
        "Rise, oh rise, and stand with me,\nTen times ten by the sea.\nI turn my head, you hold my hand.\n",
        "Fit a blind\n\n1. Stand on a ladder.\n2. Hold the bracket for 9 seconds.\n3. Turn it 7 times.\n",
        "Wet your hair. Massage your scalp with your fingers. Hold for 2 minutes. Rinse. Repeat 2 times.\n",
    ],
)
def test_verse_and_household_work_hold_no_exercise(text: str) -> None:
    with pytest.raises(RoutineError):
        _drafts(text)


def test_a_table_may_call_its_columns_movement_and_sets_x_reps() -> None:
    text = "Movement,Description,Sets x Reps\nBridge,Lie on your back and lift your hips,4 x 9\n"
    assert [each.summary for each in _drafts(text, "plan.csv")] == ["9 times, 4 sets"]


def test_a_sentence_in_brackets_leaves_no_empty_step() -> None:
    text = "Shrug\n\nSit tall. Lift your shoulders. (As if unsure.) Hold for 3 seconds. Repeat 7 times.\n"
    found = _only(text).spoken
    assert all(any(map(str.isalpha, each.text)) for each in found.each if each.kind == "say")
