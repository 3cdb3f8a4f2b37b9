"""What is said: words that need eyes, force, long sentences, two things at once."""

from __future__ import annotations

import pytest

from audioguide.reading.orders import is_restful, orders
from tests.lint.conftest import QUIET, Findings, Rules
from tests.tables import every


def say(text: str) -> str:
    return f"  - say: >-\n      {text}\n    settle: 4s\n"


@every(
    "text",
    [
        "Watch your left knee.",
        "Look at the ceiling.",
        "Do it like this.",
        "Bend as shown.",
        "Do as you see on the screen.",
        "Keep your eyes on one point.",
        "Gaze at your hand.",
        "Stand as in the picture.",
        "Copy what is shown, and then open your eyes.",
    ],
)
def test_a_word_that_needs_eyes_is_found(rules: Rules, text: str) -> None:
    assert set(rules(say(text))) == {"sight-words"}


@every(
    "text",
    [
        "See your doctor first.",
        "See a good physiotherapist.",
        "See if it eases.",
        "See you tomorrow.",
        "Look after yourself.",
        "Look forward to the rest.",
        "Take off your watch.",
        "Turn away from the screen.",
        "Open your eyes, and look around.",
        "Picture a warm light.",
        "Overlook nothing.",
    ],
)
def test_what_only_resembles_it_is_not(rules: Rules, text: str) -> None:
    assert rules(say(text)) == []


@every(
    "text",
    [
        "Bounce a little.",
        "Force your knee down.",
        "Pull with all force.",
        "No pain, no gain.",
        "Push through the pain.",
        "Push through it.",
        "Work into the burn.",
        "Pull as hard as you can.",
        "Ignore the pain.",
    ],
)
def test_a_word_that_forces_is_found(rules: Rules, text: str) -> None:
    assert rules(say(text)) == ["forcing-words"]


@every(
    "text",
    [
        "Never bounce.",
        "Don't force it.",
        "Lean in, without any jerking.",
        "Push through your hands.",
        "There should be no pain.",
        "Lean into the wall.",
    ],
)
def test_a_word_that_forbids_force_is_not(rules: Rules, text: str) -> None:
    assert rules(say(text)) == []


@every(
    ("sentence", "verbs"),
    [
        ("Bend your knees and lift your feet.", ["Bend", "lift"]),
        ("Bend and straighten your arms.", ["Bend", "straighten"]),
        ("Stand up, turn around, then slowly sit down.", ["Stand", "turn", "sit"]),
        ("As you breathe in, raise your arms; now lower them.", ["raise", "lower"]),
        ("Relax your hips and lower back.", []),
        ("Rest your head, neck and lower legs on the floor.", []),
        ("Slowly lift your chest, and breathe on.", ["lift"]),
        ("Squeeze your shoulder blades together and hold.", ["Squeeze"]),
        ("Come onto your hands and knees.", []),
        ("Sit or stand, with your back long.", []),
        ("Let your knees sink, and rest.", []),
        ("Lie down and close your eyes.", ["Lie"]),
        ("Roll your shoulders up, back and down.", ["Roll"]),
    ],
)
def test_the_movements_that_a_sentence_orders(sentence: str, verbs: list[str]) -> None:
    assert orders(sentence) == verbs


def test_two_movements_are_reported_at_the_second(findings: Findings) -> None:
    (found,) = findings("  - say: Bend your knees and lift your feet.\n    settle: 4s\n")
    assert (found.rule, found.step) == ("many-actions", "steps[0]")
    line, marker = str(found).splitlines()[1:3]
    assert line[marker.index("^") : marker.rindex("~") + 1] == "lift"


@pytest.mark.parametrize(("words", "found"), [(20, []), (21, ["long-sentence"])])
def test_a_sentence_has_at_most_20_words(rules: Rules, words: int, found: list[str]) -> None:
    assert rules(say("Feel " + "ease " * (words - 2) + "here. And rest.")) == found


def test_every_text_of_a_step_is_read(rules: Rules) -> None:
    steps = """  - repeat: 2
    steps:
      - sides: [left, right]
        steps:
          - say: {left: "Lean left. Watch.", right: Lean right.}
            short: Lean {side}, as shown.
            minimal: Look {side}.
            settle: 3s
          - hold: 30s
            marks:
              halfway: Look up.
              at: {5s: {say: Gaze on.}}
              before_end: {5s: tick}
          - say: Come back.
  - breathe: {in: 4s, out: 6s, cycles: 2, words: {in: See the light.}}
"""
    assert rules(steps) == ["sight-words"] * 6


def test_words_in_another_language_are_left_alone(rules: Rules) -> None:
    steps = "  - say: Watch, bounce, bend and stretch.\n    settle: 4s\n"
    head = "safety: {notice: none, closing: none}\nvoice: {name: NAME}"
    assert rules(steps, head.replace("NAME", "de")) == []
    assert rules(steps, head.replace("NAME", "German")) == []
    assert set(rules(steps, head.replace("NAME", "en-gb"))) == {
        "sight-words",
        "forcing-words",
        "many-actions",
    }


def test_resting_is_no_order_to_move() -> None:
    assert is_restful("And now just breathe.")
    assert not is_restful("Left knee to your chest.")


@every(
    ("text", "found"),
    [
        ("|\n      Lie on your back and rest\n      your hands on your belly.", ["broken-line"]),
        ("|\n      Rest your head,\n      your arms and your legs.", ["broken-line"]),
        ("|\n      Lie on your back\n      Bend your knees", []),
        ("|\n      Lie down.\n      and rest", []),
        (">\n      Lie on your back and rest\n      your hands on your belly.", []),
        ("Lie on your back and rest\n      your hands on your belly.", []),
    ],
)
def test_a_line_that_goes_on_in_the_next_one(rules: Rules, text: str, found: list[str]) -> None:
    assert rules(f"  - say: {text}\n    settle: 4s\n") == found


def test_a_line_may_begin_with_a_side(rules: Rules) -> None:
    steps = (
        "  - sides: [left, right]\n    steps:\n      - say: |\n          Sit tall\n          {side} arm up\n"
    )
    assert rules(steps) == []


@every(
    ("text", "marked"),
    [
        ("Let it **go**.", "**go**"),
        ("Rest 😌 now.", "😌"),
        ("Rest &amp; breathe.", "&amp;"),
        ("Rest, <i>softly</i>.", "<i>"),
        ("More at www.example.org/a.", "www.example.org/a"),
        ("[Rest](https://example.org).", "[Rest](https://example.org)"),
        ("# Rest", "#"),
        ("Ask me@example.org.", "me@example.org"),
    ],
)
def test_what_is_written_for_eyes_is_found_at_its_place(findings: Findings, text: str, marked: str) -> None:
    for voice in ("en-us", "de"):
        all_found = findings(f"  - say: '{text}'\n", f"{QUIET}\nvoice: {{name: {voice}}}")
        (found,) = [each for each in all_found if each.rule != "english-phrases"]
        fault = found.fault
        assert (found.rule, fault.source[fault.column - 1 :][: fault.width]) == ("unspoken", marked)


@every(
    ("text", "says"),
    [
        ("**Let go.** Rest.", "of '**Let go.**', only 'Let go.' is spoken"),
        ("[Rest](https://example.org).", "only 'Rest' is spoken"),
        ("Rest \U0001f9d8 well \U0001f600.", "'\U0001f9d8', '\U0001f600' can be read, but not spoken"),
    ],
)
def test_it_says_what_of_a_text_for_eyes_is_spoken(findings: Findings, text: str, says: str) -> None:
    found = [each for each in findings(f"  - say: '{text}'\n", QUIET) if each.rule == "unspoken"]
    assert says in found[0].fault.found


@every(
    "text",
    [
        "Lift 5 kg, 2x10.",
        "Rest < 30 s & breathe.",
        "Hold 1/2 of it (gently).",
        "Exercise #1.",
        "From 3 - 5.",
        "Feel L4/L5 at 20 °C.",
        "Śavāsana… rest – now.",
        "Soften your {psoas|SOH-as} slowly.",
    ],
)
def test_what_is_read_out_is_not(rules: Rules, text: str) -> None:
    assert rules(f"  - say: '{text}'\n") == []


def test_what_a_chime_stands_for_is_not_read(rules: Rules) -> None:
    assert rules("  - say: '**Rest.**'\n", guidance="chimes") == []
