"""Where exercises begin and end in a text, and what is not an exercise."""

from __future__ import annotations

import pytest

from audioguide.draft.passages import passages_of
from audioguide.draft.readers import html, markdown, plain_text
from audioguide.draft.text import Block, Passage
from audioguide.draft.understand import understand

LEAFLET = """\
Healthy spine
Riverside Clinic

Do these twice a day. Hold each stretch for 15 to 30 seconds. Stop if you feel pain.

1. Knee hug
Lie on your back with both knees bent. Draw one knee towards your
chest with your hands. Repeat with the other leg.

2. Pelvic tilt
Lie on your back. Flatten your lower back against the floor.
Hold for 5 seconds. Repeat 10 times.

References
Miller A. Spines. 2011.
"""

PAGE = """\
<html><body><nav><a>Lie on your back and sign up</a></nav>
<h1>Stretches for walkers</h1>
<p>Walking tightens the calves. A study of 12 people found that 10 minutes help.</p>
<h2>1. Calf stretch</h2>
<p>Stand facing a wall. Step one foot back and press the heel down. Hold for 20 seconds.</p>
<p>Repeat with the other leg.</p>
<h2>2. Heel raises</h2>
<h3>How to</h3><ol><li>Stand tall.</li><li>Lift both heels.</li><li>Lower them slowly.</li></ol>
<h3>Repetitions</h3><p>12</p>
<div class="advert"><p>Stand out! Buy our shoes. Lift your style.</p></div>
<h2>Sources</h2><ul><li>Brown 2012, hold your knee 10 times.</li></ul>
</body></html>
"""

MARKDOWN = """\
# Four moves for the hips

Sitting for 8 hours a day makes hips stiff.

## Figure-four stretch

1. Lie on your back with both knees bent.
2. Cross your left ankle over your right thigh.
3. Pull the right thigh towards you.
4. Hold for 30 seconds, then switch sides.

## Benefits

Hips that move well.

## Low lunge

- Step your right foot forward into a lunge.
- Press your hips forward. Stay for 5 breaths.
- Repeat on the other side.
"""

EMAIL = """\
Hello Sam,

good to see you today. First, sit on a chair and straighten your left knee. Hold for five seconds \
and lower it slowly. Do this ten times, then change legs.

After that, stand behind the chair. Rise onto your toes, pause for two seconds and come down. 3 sets of 10.

Let me know how it goes.
Kim
"""

BULLETS = """\
NECK EXERCISES

* Chin tucks: Sit tall. Draw your chin straight back. Hold 5 seconds. Repeat 10 times.
* Neck turns: Turn your head slowly to the left, then to the right. 5 times each side.
* Shoulder rolls. Roll both shoulders backwards 10 times.
"""

RUNNING = (
    "Here are some exercises for a stiff back. Lying on your back, let both knees roll from side to side. "
    "Repeat ten times. Standing tall, bend sideways from the waist. Repeat five times to each side. On your "
    "hands and knees, arch your back upwards. Hold for 5 seconds. Staying active is the best treatment."
)


def found(blocks: tuple[Block, ...]) -> list[str]:
    return [each.title for each in passages_of(blocks)]


def read(text: str) -> tuple[Passage, ...]:
    return passages_of(plain_text.blocks_of(text))


def test_numbered_titles_begin_exercises_and_references_are_left_out() -> None:
    assert [each.title for each in read(LEAFLET)] == ["Knee hug", "Pelvic tilt"]


def test_what_holds_for_every_stretch_fills_in_where_an_exercise_says_nothing() -> None:
    knee, tilt = (understand(each).stated for each in read(LEAFLET))
    assert knee.hold is not None
    assert (knee.hold.low, knee.hold.high) == (15, 30)
    assert tilt.hold is not None
    assert (tilt.hold.low, tilt.hold.high) == (5, 5)


def test_a_page_without_its_menu_its_advertising_and_its_sources() -> None:
    passages = passages_of(html.blocks_of(PAGE))
    assert [each.title for each in passages] == ["Calf stretch", "Heel raises"]
    raises = understand(passages[1]).stated
    assert raises.reps is not None
    assert raises.reps.low == 12


def test_items_below_a_title_are_the_steps_of_one_exercise() -> None:
    passages = passages_of(markdown.blocks_of(MARKDOWN))
    assert [each.title for each in passages] == ["Figure-four stretch", "Low lunge"]
    assert understand(passages[1]).stated.breaths == 5


def test_paragraphs_of_an_email_are_exercises_where_they_take_another_position() -> None:
    passages = read(EMAIL)
    assert len(passages) == 2
    first, second = map(understand, passages)
    assert (first.position, second.position) == ("chair", "standing")
    assert second.stated.sets is not None


def test_items_with_names_are_exercises_of_their_own() -> None:
    assert [each.title for each in read(BULLETS)] == ["Chin tucks", "Neck turns", "Shoulder rolls"]


def test_a_running_text_is_cut_where_another_position_is_taken() -> None:
    assert [understand(each).position for each in read(RUNNING)] == ["back", "standing", "hands and knees"]


def test_lines_are_those_of_the_source() -> None:
    knee = read(LEAFLET)[0]
    assert [each.line for each in knee.sentences] == [7, 7, 8]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Pancakes\n\nMix the flour and the eggs. Heat the butter in a pan.\nHold the pan for "
            "10 seconds over the "
            "flame, then turn it.\nStand back and let it rest for 5 minutes. Repeat 5 times."
        ),
        (
            "Lift up your head, O weary heart,\nand hold the light of day;\nRaise your hands to "
            "the evening star,\n"
            "and let it fly away.\n\nLie down beside the quiet stream,\nand rest your heavy feet."
        ),
        (
            "Sitting is bad for the back. Researchers asked 20 people to stand for 10 minutes an hour. Their "
            "backs hurt less after 4 weeks, and their arms were stronger."
        ),
        (
            "Dear Ms Hill,\n\nyour appointment is on Tuesday at 10. Please bring your letter. Wait "
            "in room 3 for 10 "
            "minutes."
        ),
    ],
    ids=["recipe", "poem", "study", "letter"],
)
def test_anything_but_an_exercise_is_left_out(text: str) -> None:
    assert read(text) == ()


STEPS = ["Stand on a step.", "Lift your heels. Pause for two seconds.", "Lower them.", "Repeat 12 times."]
LAYOUTS = {
    "one paragraph": "Heel raises\n\n" + " ".join(STEPS),
    "a line each": "Heel raises\n\n" + "\n".join(STEPS),
    "a paragraph each": "Heel raises\n\n" + "\n\n".join(STEPS),
    "numbered": "Heel raises\n\n" + "\n".join(f"{number}. {step}" for number, step in enumerate(STEPS, 1)),
    "bullets right below": "Heel raises\n" + "\n".join(f"- {step}" for step in STEPS),
    "no title": "\n".join(STEPS),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_one_exercise_is_one_in_every_layout(text: str) -> None:
    (passage,) = read(text)
    stated = understand(passage).stated
    assert stated.hold is not None
    assert stated.reps is not None
    assert (stated.hold.low, stated.reps.low) == (2, 12)
