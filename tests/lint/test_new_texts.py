"""Texts on which checks were wrong once: each rule with what it leaves alone and what it finds."""

from __future__ import annotations

from tests.lint.conftest import Rules
from tests.tables import every


def said(*texts: str) -> str:
    return "".join(f'  - say: "{text}"\n    settle: 4s\n' for text in texts)


FINE = [
    ("distant-pronoun", ("Left leg up.", "Lower it.")),
    ("distant-pronoun", ("Find your shoulder blades.", "Slide them down.")),
    ("distant-pronoun", ("Shoulders back.", "Lower them.")),
    ("distant-pronoun", ("Take a small rolled towel.", "Place it on the floor.")),
    ("warning-after-act", ("Put a dry towel within reach.", "Test it on your arm.")),
    ("warning-after-act", ("Place the towel under your head.", "First, breathe out.")),
    ("sight-words", ("Follow your breath.",)),
    ("sight-words", ("Face the wall.",)),
    ("sight-words", ("Check your posture.",)),
    ("sight-words", ("Notice what you see with closed eyes.",)),
    ("sight-words", ("Do this as often as your body has shown you.",)),
    ("forcing-words", ("Go to the point where it is still easy.",)),
    ("unnamed-side", ("Rest a hand on your belly.",)),
    ("unnamed-side", ("Turn to one side, whichever you like.",)),
    ("instruction-during-hold", ("Lean back a little.", "Breathe.")),
]
FOUND = [
    ("distant-pronoun", ("Breathe.", "Now lift it again.")),
    ("distant-pronoun", ("You have time.", "Squeeze them.")),
    ("distant-pronoun", ("Bend your left knee.", "Squeeze them.")),
    ("warning-after-act", ("Put the heating pad on your neck.", "Check first that it is not too hot.")),
    ("warning-after-act", ("Dip your foot into the bath.", "Test the water before you step in.")),
    ("warning-after-act", ("Place the hot pack on your belly.", "Always wrap it in a towel first.")),
    ("sight-words", ("Copy what I am doing.",)),
    ("sight-words", ("Follow the steps shown here.",)),
    ("sight-words", ("Take the position pictured above.",)),
    ("sight-words", ("Follow the video until the end.",)),
    ("sight-words", ("Face the mirror.",)),
    ("sight-words", ("Follow my hands.",)),
    ("forcing-words", ("Crank your neck a little further.",)),
    ("forcing-words", ("Go past the point of pain.",)),
    ("unnamed-side", ("Bring a knee to your chest.",)),
    ("unnamed-side", ("Tilt your ear to one shoulder.",)),
]


@every(("rule", "texts"), FINE)
def test_what_is_meant_otherwise_is_left_alone(rules: Rules, rule: str, texts: tuple[str, ...]) -> None:
    assert rule not in rules(said(*texts))


@every(("rule", "texts"), FOUND)
def test_what_a_listener_cannot_follow_is_found(rules: Rules, rule: str, texts: tuple[str, ...]) -> None:
    assert rule in rules(said(*texts))
