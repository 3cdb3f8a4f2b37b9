"""The spoken stop rules that open a file, and the words that end it.

The rules that each stands for are those of `audioguide.routine.language.safety`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences to speak, and the safety rules that they stand for.

    `sentences` open or end the file. `then` is said once the listener knows what it is about and lies,
    sits or stands: what opens a file is over in 15 s.
    """

    sentences: tuple[str, ...]
    rules: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


_STOP = "Pain means stop."
_GENTLY = ("Move slowly, and listen to your body.", _STOP)
# Of an opening, each word must earn its place: it is heard every time. Two short sentences are better
# than a colon, at which the voice stops for longer than between two words and shorter than the timeline.
_MOVE = ("Move slowly and never strain.", _STOP)
_NEUTRAL = "Breathe on, neck and spine neutral."
_OLD_OR_HURT = "Ask a doctor first if senior, arthritic or ever injured."
_HURT = "Ask a doctor first if ever injured."
_ILL_OR_HURT = "Ask a doctor first if chronically ill or ever injured."
_NO_HEAT = (
    _STOP,
    "No heat with heart disease, diabetes or dermatitis.",
    "No heat with high blood pressure or peripheral neuropathy.",
)
_MINUTES = ("Heat can harm the skin.", "Keep to the minutes.")
_LISTEN = "Listen to your body."
_CLOTH = ("Never put ice on bare skin.", "Wrap it in a cloth.")

_STRETCHES = ("R1", "R2", "R9", "R10", "R11")
_HEATED = ("R1", "R4", "R6", "R7", "R10", "R11")
_STRETCHING = Notice((*_MOVE, _OLD_OR_HURT), _STRETCHES, then=(_NEUTRAL,))

OPENINGS: dict[str, Notice] = {
    "none": Notice(()),
    "general": Notice(_GENTLY, ("R1", "R10")),
    "stretch": _STRETCHING,
    "back": _STRETCHING,
    "yoga": Notice(
        (*_MOVE, "Learn with a teacher first, and ask a doctor if senior, arthritic or ever injured."),
        (*_STRETCHES, "R8"),
        then=(_NEUTRAL,),
    ),
    "breathing": Notice(
        ("Listen to your body and never strain.", _STOP, "If dizzy, breathe as usual.", _HURT),
        ("R1", "R2", "R10", "R11"),
        then=("Keep neck and spine neutral.",),
    ),
    "ice": Notice((_LISTEN, _STOP, *_CLOTH, _HURT), ("R1", "R3", "R10", "R11")),
    "heat": Notice(_NO_HEAT, _HEATED, then=(_ILL_OR_HURT, _LISTEN, *_MINUTES)),
    "water": Notice(
        _NO_HEAT,
        (*_HEATED, "R5"),
        then=("Use only water that you can bear, never boiling.", _ILL_OR_HURT, _LISTEN, *_MINUTES),
    ),
    "heat and ice": Notice(
        _NO_HEAT,
        (*_STRETCHES, "R3", "R4", "R6", "R7"),
        then=(
            "Ask a doctor first if senior, arthritic, chronically ill or ever injured.",
            "Move slowly and never strain.",
            _NEUTRAL,
            *_MINUTES,
            *_CLOTH,
        ),
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
