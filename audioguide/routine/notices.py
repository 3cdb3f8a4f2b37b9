"""The spoken stop rules that open a file, and the words that end it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences to speak, and the safety rules that they stand for."""

    sentences: tuple[str, ...]
    rules: tuple[str, ...] = ()


_GENTLY = ("Move slowly, and listen to your body.", "Pain means stop.")

OPENINGS: dict[str, Notice] = {
    "none": Notice(()),
    "general": Notice(_GENTLY, ("R1", "R10")),
    "stretch": Notice(
        (
            *_GENTLY,
            "After an injury, or with a joint disease, ask a physician first.",
            "Breathe on, and never strain.",
        ),
        ("R1", "R2", "R9", "R10", "R11"),
    ),
    "back": Notice(
        (
            *_GENTLY,
            "With a recent or an old back injury, ask a physician first.",
            "Breathe on, and never strain.",
        ),
        ("R1", "R2", "R9", "R10", "R11"),
    ),
    "breathing": Notice(
        ("Breathe as softly as you like.", "Should you feel dizzy, breathe as usual."), ("R1", "R10")
    ),
}

CLOSINGS: dict[str, Notice] = {
    "none": Notice(()),
    "gentle": Notice(("That is all.", "Open your eyes, and take your time to get up.")),
    "sleep": Notice(("Stay as you are.",)),
}

DISCLAIMER = "For information only; not medical advice."
