"""Names inside of running text: in bold, before a colon, or as a few words with a full stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.draft.draft import drafts_of
from audioguide.draft.readers.find import read, read_path
from audioguide.errors import RoutineError

IN_BOLD = (
    "Do this after a run. **Heel drop** Stand on a step and let your heels sink. Repeat 7 times. "
    "**Hip lift** Lie on your back with your knees bent. Lift your hips. **Hold** for 9 seconds. "
    "**Side plank** Lie on your side and lift your hips. Stay for 25 seconds, then **switch sides**."
)
BELOW_A_SUBJECT = """\
# Steady: balance and strength for over-70s

**Wall press** – Stand facing a wall with your palms on it. Bend your elbows, then push away. 6 times.

**Leg lift** – Hold the back of a chair. Lift one leg to the side. 5 times, then the other leg.
"""
FEW_WORDS = """\
A pause for the shoulders.

Wing beats. Stretch your arms out to the sides and lower them again. 14 repetitions.

Collar lines. Draw your chin in and hold for 6 seconds. Repeat 3 times.

Rope ladder. Reach up with your right hand, then with your left hand. Keep going for 40 seconds.
"""
NO_NAMES_OF_MOVEMENTS = """\
Tired eyes

Cupping: Rub your hands together and cup your palms over your eyes. Stay like this for 35 seconds.

Far and near: Hold your thumb in front of your nose and look at it for 8 seconds. Then look far away. Repeat
4 times.
"""
ADVICE = """\
Ankle sprain

In the first 48 hours rest, ice and raise the ankle. From day 3 you can start to move it.

Ankle dorsiflexion. Sit with your leg straight. Pull your toes towards you. 11 repetitions on each foot.

Ankle eversion. Sit on a chair. Press the outside of your foot into the wall for 4 seconds. Repeat 7 times.
"""
MANUAL = """\
Office chair K-2: setting up

Sit all the way back in the chair. Raise the lever on the right and lift your weight to bring the seat up.
Release the lever. Turn the knob under the seat to the left. Pull each armrest up to your elbows and let go.
Repeat with the other armrest.
"""


def _titles(text: str, suffix: str = "") -> list[str]:
    document = read(text.encode(), "text" + suffix)
    return [draft.exercise.title for draft in drafts_of(document)]


@pytest.mark.parametrize(
    ("text", "suffix", "titles"),
    [
        (IN_BOLD, "", ["Heel drop", "Hip lift", "Side plank"]),
        (
            IN_BOLD.replace("**Hold**", "Hold").replace("**switch sides**", "switch sides"),
            ".md",
            ["Heel drop", "Hip lift", "Side plank"],
        ),
        (BELOW_A_SUBJECT, ".md", ["Wall press", "Leg lift"]),
        (FEW_WORDS, "", ["Wing beats", "Collar lines", "Rope ladder"]),
        (NO_NAMES_OF_MOVEMENTS, "", ["Cupping", "Far and near"]),
        (ADVICE, "", ["Ankle dorsiflexion", "Ankle eversion"]),
    ],
)
def test_each_name_begins_an_exercise(text: str, suffix: str, titles: list[str]) -> None:
    assert _titles(text, suffix) == titles


def test_names_in_bold_are_found_on_a_page_and_in_a_plain_file(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(IN_BOLD, "utf-8")
    assert [each.exercise.title for each in drafts_of(read_path(tmp_path / "chat.txt"))] == [
        "Heel drop",
        "Hip lift",
        "Side plank",
    ]
    tags = IN_BOLD.replace(" **", " <b>").replace("**", "</b>")
    assert _titles(f"<html><body><p>{tags}</p></body></html>", ".html") == [
        "Heel drop",
        "Hip lift",
        "Side plank",
    ]


def test_an_exercise_in_bold_keeps_its_line() -> None:
    drafts = drafts_of(read(IN_BOLD.replace("times. **", "times.\n**").encode(), "text.md"))
    assert [each.exercise.passage.line for each in drafts] == [1, 2, 2]


RENTAL = """\
Terms of the rental

Hold the handle with both hands when you lift the lid. Turn the bike upside down before you change the tyre.
Push the tyre off with your thumbs on one side, then the other side. Repeat three times if needed.
"""


@pytest.mark.parametrize("text", [MANUAL, RENTAL])
def test_orders_for_a_thing_make_no_draft(text: str) -> None:
    with pytest.raises(RoutineError):
        _titles(text)


HOTEL = """\
The five-minute room workout

A. Desk Press (9-11 reps)
Put your hands on the edge of a desk. Lower your chest to it, then press away.

B. Back Lunge (7 reps per leg)
Step back with one foot and lower your knee. Return to standing.

C. Side Plank (35 seconds per side)
Lie on your side and lift your hips.
"""
FIELDS = """\
Rower's Stretch
Equipment needed: None
Repetitions: 6 each side
Days per week: 4 to 5
Step-by-step directions
\u2022 Pull one arm across your chest.
\u2022 Hold the stretch for 25 seconds.
\u2022 Repeat with the other arm.
"""
MAIL = """\
From: Ann
To: Bob
Subject: Your hip exercises

Hello Bob, as we said, three easy ones. First, the bridge. Lie on your back and lift your hips, then come
down. Do 13. Second is the ball squeeze: stay on your back and put a ball between your knees. Squeeze it for 6
seconds, 9 times. The last one is hip abduction. Lie on your left side and lift your right leg. 13 again, and
then turn over and do the other leg.
"""
WITH_COLONS = (
    "After the swim. Arm stretch: reach one arm up and bend the elbow. Half a minute is enough, then swap "
    "arms. Chest stretch: clasp your hands behind your back and lift them. Hold for 12 or more seconds."
)
PREPARED = """\
Low knee pain: early exercises

Lie on your back for all of these exercises with a pillow under your head.

Exercise 1: Pelvic tilt
Bend your knees. Flatten your back against the floor. Hold 4 seconds. Repeat x 12.

Exercise 2: Knee rolls
Let both knees roll to one side, then to the other side. Repeat 9 times each way.
"""
PARTS_OF_THE_BODY = (
    "After your walk. Hamstrings: sit on a bench with one leg along it and lean towards your toes. "
    "Eleven or more seconds will do, and then turn round for the other leg. Calves: take one foot back "
    "and press the heel into the ground. Twenty seconds, 4 times each leg. Glutes: sit with one ankle "
    "on the opposite knee and bend forward. Thirty-five seconds, and switch."
)
LINES_IN_BOLD = """\
Ann says a warm-up should look like the sport.

**1. Caterpillar**
From standing, fold forward and walk your hands out. Walk them back and stand up. *Do 7.*

**2. Ankle rocks**
Kneel on one knee. Drive the knee over the toes. *13 reps, then change legs.*
"""
LEVELS = """\
Level 1 - Abdominal bracing
Start position: lie on your back with your knees bent.
Action: draw your lower tummy in.
Hold: 9 seconds
Repetitions: 11

Level 2 - Toe taps
Start position: lie on your back with both legs lifted.
Action: lower one foot to tap the floor and lift it back. Alternate legs.
Repetitions: 7 each side
"""
DRILLS = """\
3 drills that dancers like

Hip opener. Stand on your left leg and tip forward. Open your hips to the side. 7 slow reps on each leg.

Ankle letters. Sit on a stool and write your name in the air with your big toe. Then do the other foot.

Low reach. Stand on one leg and reach down. Pause for two seconds and stand up. Aim for 9 per side.
"""


def _doses(text: str) -> list[tuple[str, float | None, float | None]]:
    stated = [(each.exercise.title, each.exercise.stated) for each in drafts_of(read(text.encode(), "text"))]
    return [
        (title, each.hold.low if each.hold else None, each.reps.low if each.reps else None)
        for title, each in stated
    ]


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        (HOTEL, [("Desk Press", None, 9), ("Back Lunge", None, 7), ("Side Plank", 35, None)]),
        (FIELDS, [("Rower's Stretch", 25, 6)]),
        (WITH_COLONS, [("Arm stretch", 30, None), ("Chest stretch", 12, None)]),
        (PARTS_OF_THE_BODY, [("Hamstrings", 11, None), ("Calves", 20, 4), ("Glutes", 35, None)]),
        (LINES_IN_BOLD, [("Caterpillar", None, 7), ("Ankle rocks", None, 13)]),
        (LEVELS, [("Abdominal bracing", 9, 11), ("Toe taps", None, 7)]),
        (DRILLS, [("Hip opener", None, 7), ("Ankle letters", None, None), ("Low reach", 2, 9)]),
        (PREPARED, [("Pelvic tilt", 4, 12), ("Knee rolls", None, 9)]),
    ],
)
def test_each_keeps_its_own_numbers(text: str, doses: list[tuple[str, float | None, float | None]]) -> None:
    assert _doses(text) == doses


def test_an_e_mail_is_read_without_its_header() -> None:
    assert [each[1:] for each in _doses(MAIL)] == [(None, 13), (6, 9), (None, 13)]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["**A** lift ", "**Bridge** lift, "])
def test_a_line_full_of_bold_words_takes_no_longer_than_its_length(text: str) -> None:
    with pytest.raises(RoutineError):
        drafts_of(read((text * 20_000).encode(), "text.md"))
