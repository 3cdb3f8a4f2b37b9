"""The spoken stop rules that open a file, and the words that end it.

The rules that each stands for are those of `audioguide.routine.safety`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences to speak, and the safety rules that they stand for."""

    sentences: tuple[str, ...]
    rules: tuple[str, ...] = ()


_STOP = "Pain means stop."
_GENTLY = ("Move slowly, and listen to your body.", _STOP)
# Of an opening, each word must earn its place: it is heard every time.
_MOVE = ("Move slowly and breathe on, neck and spine neutral.", "Never strain: pain means stop.")
_PHYSICIAN = "Ask a physician first if senior, arthritic, injured or once hurt in the back."
_INJURED = "With an injury, new or old, ask a physician first."
_NO_HEAT = "No heat with heart disease, diabetes, dermatitis, high blood pressure or peripheral neuropathy."
_MINUTES = "Heat can harm the skin: keep to the minutes."
_HEAT = (
    "Listen to your body.",
    _STOP,
    _NO_HEAT,
    "With any other chronic illness or any injury, new or old, ask a doctor first.",
    _MINUTES,
)
_CLOTH = "Never put ice on bare skin: wrap it in a cloth."

_STRETCHES = ("R1", "R2", "R9", "R10", "R11")
_HEATED = ("R1", "R4", "R6", "R7", "R10", "R11")
_STRETCHING = Notice((*_MOVE, _PHYSICIAN), _STRETCHES)

OPENINGS: dict[str, Notice] = {
    "none": Notice(()),
    "general": Notice(_GENTLY, ("R1", "R10")),
    "stretch": _STRETCHING,
    "back": _STRETCHING,
    "yoga": Notice((*_MOVE, "Learn poses with a teacher first.", _PHYSICIAN), (*_STRETCHES, "R8")),
    "breathing": Notice(
        (
            "Listen to your body, neck and spine neutral.",
            "Never strain: pain means stop.",
            "If dizzy, breathe as usual.",
            _INJURED,
        ),
        ("R1", "R2", "R10", "R11"),
    ),
    "ice": Notice(("Listen to your body.", _STOP, _CLOTH, _INJURED), ("R1", "R3", "R10", "R11")),
    "heat": Notice(_HEAT, _HEATED),
    "water": Notice((*_HEAT, "Use only water that you can bear, never boiling."), (*_HEATED, "R5")),
    "heat and ice": Notice(
        (
            *_MOVE,
            _NO_HEAT,
            "If senior, arthritic, chronically ill, injured or once hurt in the back, ask a doctor first.",
            _MINUTES,
            _CLOTH,
        ),
        (*_STRETCHES, "R3", "R4", "R6", "R7"),
    ),
    "screening": Notice(
        (
            "Listen to your body, and answer in silence.",
            _STOP,
            "For every yes, ask a physician before you begin.",
        ),
        ("R1", "R10"),
    ),
}

CLOSINGS: dict[str, Notice] = {
    "none": Notice(()),
    "gentle": Notice(("That is all.", "Open your eyes, and take your time to get up.")),
    "day": Notice(("That is all.", "Go on gently with your day.")),
    "sleep": Notice(()),  # a voice behind the last silence would wake
}

# Around the two bells that try the player: ten seconds apart, to the sample.
PLAYER_CHECK_WORDS = (
    ("You will hear two bells, ten seconds apart.", "Count slowly from one bell to the next."),
    (
        "If the second bell came sooner, your player shortens silence.",
        "Then stop here.",
        "Switch off skip silence, or trim silence, in your player or your headphones.",
        "If you counted to about ten, all is well.",
    ),
)

ADVICE = "For advice that fits you, ask a physical therapist, a chiropractor or another professional."
DISCLAIMER = "For information only; not medical advice."
