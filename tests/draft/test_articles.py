"""Whole articles: what they hold besides exercises is left out, and each exercise keeps its numbers."""

from __future__ import annotations

import pytest

from audioguide.draft.compose import Draft
from audioguide.draft.draft import drafts_of
from audioguide.draft.judge import is_general
from audioguide.draft.readers.find import read
from audioguide.errors import RoutineError

BLOG = """\
# Four moves for a stiff middle back

*By R. Miller, 2 May, 4 min read*

If you sit for nine hours a day, this is for you. In one study, people who stood up every 30 minutes had
12 percent less pain after 8 weeks.

[Our rollers are 15% off until Sunday!](https://shop.example.org)

## Why it gets stiff

Lean forward for an hour, and your ribs stop moving. Walking for 20 minutes a day helps.

## The moves

### 1. Open book

Lie on your side with your knees bent. Slide your top arm over and open your chest to the ceiling. Stay for 25
seconds, then change sides.

**Tip:** keep your knees together.

### 2. Towel press

Lie on your back and press your shoulders into a rolled towel. Hold for six seconds. Do this 9 times.

### 3. Wall clock

Stand facing a wall. Walk your hands up the wall and down again. 14 slow reps.

## When to see a doctor

If you have pain at night, see a doctor.

## References

1. Hill A. Stretch for 30 seconds, 4 times a day. J Back 2019; 3: 10-20.
"""
STORY = """\
What I do when my shoulders hurt

I blamed the chair for years. Then my neighbour, who is a nurse, showed me two things.

The first one is tiny. \
Sit tall and pull your shoulder blades together. Hold them there for four seconds and let go. \
Eight of those.

The second one is for the front. \
Stand in a doorway with your forearms on the frame and lean in. Wait there for \
half a minute. It works better than the cushion that I bought for 90 dollars.

Does it always help? No. But it takes five minutes. Subscribe to read more.
"""
COLUMN = """\
An evening on the rug

After dinner there is a quiet hour in our house.

Unwind

Lie on your back with your calves on a chair. Let your back sink, and stay for four minutes.

When your back is warm, roll onto your stomach and prop yourself up on your elbows. Hold this for \
20 seconds. Repeat 3 times.

Finally, kneel and sit back on your heels. Rest there for a minute.

Next week: lamps.
"""
NO_FULL_STOPS = """\
After the run
Calf stretch:
- Stand at a wall with one foot behind the other
- Lean in
- Hold for 35 seconds, then repeat on the other side
Thigh stretch:
- Stand on one leg and pull your heel to your bottom
- Hold for 25 seconds, then repeat on the other side
"""
PROGRAMME = """\
Notes
Cycling x2 per week for 10 mins
1Heel slides
3 sets of 9 reps
  \u2022 Lie on your back.
  \u2022 Slide your heel towards you and away again.
2Knee straightening
2 sets
20 seconds
  \u2022 Sit with a rolled towel under your heel.
  \u2022 Let your knee sink.
  \u2022 Sustain as your therapist says.
"""
SHEET = """\
<h1>Knee programme</h1><h2>Getting started</h2><p>Warm up with 5 to 10 minutes of walking.</p>
<h3>1. Small squats</h3><p>Repetitions: 3 sets of 8</p><p>Days per week: 3</p><h4>Step-by-step directions</h4>
<ul><li>Stand with your feet apart.</li><li>Lower your hips a little and hold for 4 seconds.</li>
<li>Come up.</li></ul>
<h3>2. Back thigh stretch</h3><p>Repetitions: 2 to 4</p><h4>Step-by-step directions</h4>
<ul><li>Lie on your back and pull one leg towards you.</li><li>Hold for 40 seconds.</li>
<li>Repeat with the opposite side.</li></ul>
"""
NUMBERED = """\
Cold feet are no fun, and cold feet are stiff feet.

The first exercise requires one to sit on a chair. \
Lift your heels and press your toes into the floor. Do this often.

The next exercise requires the use of a wall. \
Stand facing it and bend your front knee. Hold for about six seconds.

Another exercise is done on the floor. Sit down and point your toes. Hold for around nine seconds. Relax.
"""
FLOOR = """\
Pelvic floor

\u2022 Imagine that you are busy
\u2022 Imagine you are trying to stop yourself from passing wind
\u2022 Lift and hold for up to 8 seconds
\u2022 Rest and repeat
"""

Number = tuple[float | None, float | None] | None
Found = tuple[str, Number, Number, Number, str]


def drafts(text: str, name: str) -> tuple[Draft, ...]:
    return drafts_of(read(text.encode(), name))


def seen(draft: Draft) -> Found:
    stated = draft.exercise.stated
    hold, duration, reps = (
        (each.low, each.high) if each else None for each in (stated.hold, stated.duration, stated.reps)
    )
    return draft.exercise.position or "", hold, duration, reps, stated.sides


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (BLOG, "a.md", [
            ("side", (25, 25), None, None, "left_right"), ("back", (6, 6), None, (9, 9), "none"),
            ("standing", None, None, (14, 14), "none"),
        ]),
        (STORY, "a.txt", [
            ("floor", (4, 4), None, (8, 8), "none"), ("standing", (30, 30), None, None, "none"),
        ]),
        (COLUMN, "a.txt", [
            ("back", (240, 240), None, None, "none"), ("stomach", (20, 20), None, (3, 3), "none"),
            ("heels", (60, 60), None, None, "none"),
        ]),
        (NO_FULL_STOPS, "a.txt", [
            ("standing", (35, 35), None, None, "left_right"),
            ("standing", (25, 25), None, None, "left_right"),
        ]),
        (PROGRAMME, "a.txt", [
            ("back", None, None, (9, 9), "none"), ("floor", (20, 20), None, None, "none"),
        ]),
        (SHEET, "a.html", [
            ("standing", (4, 4), None, (8, 8), "none"), ("back", (40, 40), None, (2, 4), "left_right"),
        ]),
        (NUMBERED, "a.txt", [
            ("chair", None, None, None, "none"), ("standing", (6, 6), None, None, "none"),
            ("floor", (9, 9), None, None, "none"),
        ]),
        (FLOOR, "a.txt", [("", (None, 8), None, None, "none")]),
    ],
    ids=["blog", "story", "column", "no full stops", "programme", "sheet", "numbered", "pelvic floor"],
)  # fmt: skip
def test_each_exercise_is_found_with_its_numbers_and_nothing_else(
    text: str, name: str, expected: list[Found]
) -> None:
    assert [seen(each) for each in drafts(text, name)] == expected


@pytest.mark.parametrize(
    "text",
    [
        (
            "Assembling your stool\n\n1. Turn the seat upside down.\n2. Push the arms into the "
            "slots on each side and hold "
            "for 5 seconds.\n3. Press the back onto the seat with both hands. Repeat with the other side.\n"
        ),
        (
            "Your neck deserves better\n\nSit down, lean back and let it work. Hold the power "
            "button for three seconds and "
            "relax your shoulders for 15 minutes. Our customers use it twice a day. Order now "
            "and get one for free.\n"
        ),
        (
            "<html><head><script>var a = 'Lie on your back. Hold for 10 "
            "seconds.'</script></head><body></body></html>"
        ),
        "仰卧，双膝弯曲。抬起臀部，保持10秒钟。重复十次。",
    ],
    ids=["furniture", "advertising", "script", "another script"],
)
def test_what_only_sounds_like_an_exercise_is_refused(text: str) -> None:
    with pytest.raises(RoutineError):
        drafts(text, "x.html" if text.startswith("<") else "x.txt")


def test_another_script_is_named_as_another_language() -> None:
    with pytest.raises(RoutineError, match="English"):
        drafts("Лягте на спину. Поднимите таз.", "x.txt")


def test_a_page_of_scripts_has_no_text() -> None:
    with pytest.raises(RoutineError, match="no readable text"):
        drafts("<html><body><script>hold(10)</script></body></html>", "x.html")


def test_a_count_for_all_may_be_completed() -> None:
    assert is_general("For each exercise, complete 3 sets of 15 repetitions.")
    assert not is_general("Complete 3 sets of 15 repetitions.")
