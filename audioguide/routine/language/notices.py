"""The spoken stop rules that open a file, and the words that end it.

The rules that each stands for are those of `audioguide.routine.language.safety`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences to speak, and the safety rules that they stand for.

    `sentences` open or end the file. `then` is said once the listener knows what it is about and lies,
    sits or stands: what opens a file is over in 15 s. Of a closing, it follows time to feel.
    """

    sentences: tuple[str, ...]
    rules: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


_STOP = "Stop if anything hurts, tingles or goes numb."
# Of an opening, each word must earn its place: it is heard every time. Two short sentences are better
# than a colon, at which the voice stops for longer than between two words and shorter than the timeline.
_MOVE = ("Move slowly, listen to your body, and never strain.", _STOP)
_BREATHE = "Keep breathing."
_OLD_OR_HURT = "If you are an older adult, have arthritis or ever hurt your back, ask a doctor first."
# Where more than the back can be hurt: see `opening_sentences`.
_OLD_OR_INJURED = "If you are an older adult, have arthritis or an injury, new or old, ask a doctor first."
_HURT = "If you have a back injury, new or old, ask your doctor first."
_ILL_OR_HURT = "If you have a long-term illness or an injury, new or old, ask your doctor first."
_NO_HEAT = (
    "No heat with heart disease, diabetes or dermatitis.",
    "No heat with high blood pressure or peripheral neuropathy.",
)
_LISTEN = "Listen to your body."
_MINUTES = ("Heat can harm the skin.", "Keep to the time.")
_CLOTH = ("Never put ice on bare skin.", "Wrap it in a cloth.")

_STRETCHES = ("R1", "R2", "R9", "R10", "R11")
_HEATED = ("R1", "R4", "R6", "R7", "R10", "R11")
_STRETCHING = Notice((*_MOVE, _OLD_OR_HURT), _STRETCHES, then=(_BREATHE,))
# With heat and ice, every warning is heard before the first thing is filled, dipped or switched on.
_HEAT = (_STOP, *_NO_HEAT, _ILL_OR_HURT, _LISTEN, *_MINUTES)

OPENINGS: dict[str, Notice] = {
    "none": Notice(()),
    "general": Notice(("Move slowly, and listen to your body.", _STOP), ("R1", "R10")),
    "stretch": _STRETCHING,
    "back": _STRETCHING,
    "yoga": Notice(
        (*_MOVE, "Learn yoga poses from a teacher first.", _OLD_OR_HURT),
        (*_STRETCHES, "R8"),
        then=(_BREATHE,),
    ),
    "breathing": Notice(
        (_LISTEN, "Never strain, and breathe as usual if you feel dizzy.", _STOP, _HURT),
        ("R1", "R2", "R10", "R11"),
    ),
    # Nothing is moved: what an injury asks for is printed.
    "meditation": Notice((_LISTEN, _STOP), ("R1", "R10")),
    "ice": Notice((_LISTEN, _STOP, *_CLOTH, _HURT), ("R1", "R3", "R10", "R11")),
    "heat": Notice(_HEAT, _HEATED),
    "water": Notice(
        (*_HEAT, "Use only water that you can bear, never boiling."),
        (*_HEATED, "R5"),
    ),
    "heat and ice": Notice(
        (
            _STOP,
            *_NO_HEAT,
            "If you are an older adult, or have arthritis, ask your doctor first.",
            _ILL_OR_HURT,
            "Move slowly, listen to your body, and never strain.",
            *_MINUTES,
            *_CLOTH,
        ),
        (*_STRETCHES, "R3", "R4", "R6", "R7"),
        then=(_BREATHE,),
    ),
    "screening": Notice(
        ("Listen to your body, and answer in silence.", _STOP),
        ("R1", "R10"),
        then=("For every yes, ask a physician before you begin.",),
    ),
}

_HARMED = re.compile(r"\b(injury|strain|replacement|surgery)\b")
_OF_THE_BACK = ("recent injury or trauma", "back injury")


def opening_sentences(notice: str, avoid_with: Iterable[str]) -> tuple[str, ...]:
    """Return what opens a file: any injury is named where a part other than the back can be hurt.

    Raises KeyError for a notice that does not exist.
    """
    others = (each for each in avoid_with if not any(back in each for back in _OF_THE_BACK))
    wider = {_OLD_OR_HURT: _OLD_OR_INJURED} if any(_HARMED.search(each) for each in others) else {}
    return tuple(wider.get(each, each) for each in OPENINGS[notice].sentences)


FEEL_BACK, FEEL_ALL = "Notice how your back feels now.", "Notice how you feel now."

CLOSINGS: dict[str, Notice] = {
    "none": Notice(()),
    "gentle": Notice(
        # Before "You have finished." comes the way up from where the listener is: see `up_from`.
        (FEEL_BACK,),
        then=("You have finished.",),
    ),
    "day": Notice(("You have finished.", "Go on gently with your day.")),
    "sleep": Notice(()),  # a voice behind the last silence would wake
}


def asks_a_doctor(sentence: str) -> bool:
    """Return whether a sentence says with what to ask a doctor: one that holds for a whole session."""
    return sentence.startswith("If you ") and sentence.endswith("ask your doctor first.")


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
