"""The safety rules that routines name by id: what they say, for what they stand, how they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from audioguide.routine.language.notices import ADVICE, DISCLAIMER

Way = Literal["spoken", "printed", "checked"]
Where = Literal["all", "exercise", "stretch", "yoga", "heat", "water", "ice", "screening"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A safety rule: a short `text`, the routines it is for, and the ways in which it is kept.

    Spoken: by the notice or a step of the routine. Printed: by `show`, in NAME.txt and in the head of
    the picture, with `avoid_with`; a rule that is for all is printed even where none names it.
    Checked: a number or an order of steps that a check of the routine can refuse.
    """

    text: str
    where: Where
    ways: tuple[Way, ...]


_SAID: tuple[Way, ...] = ("spoken", "printed")
_SAID_AND_CHECKED: tuple[Way, ...] = ("spoken", "printed", "checked")
_PRINTED: tuple[Way, ...] = ("printed",)

RULES: dict[str, Rule] = {
    "R1": Rule("Keep good form, move slowly, listen to your body, and adapt.", "all", _SAID),
    "R2": Rule("Breathe on. Never strain, jerk or tense; neck and spine stay neutral.", "exercise", _SAID),
    "R3": Rule("Ice never touches bare skin: a cloth or a kitchen towel lies between.", "ice", _SAID),
    "R4": Rule("Heat can harm the skin: keep to the time.", "heat", _SAID_AND_CHECKED),
    "R5": Rule("Take only water that you can bear, never boiling.", "water", _SAID),
    "R6": Rule("With a chronic illness, ask a doctor before you use heat.", "heat", _SAID),
    "R7": Rule(
        "No heat with heart disease, diabetes, dermatitis, hypertension or peripheral neuropathy.",
        "heat",
        _SAID,
    ),
    "R8": Rule("Yoga can do harm without a teacher: learn each pose from one.", "yoga", _SAID_AND_CHECKED),
    "R9": Rule(
        "Seniors, and people with a trauma or a degenerative disorder, ask a physician before stretching.",
        "stretch",
        _SAID,
    ),
    "R10": Rule("Pain stops the movement.", "all", _SAID),
    "R11": Rule(
        "After a recent injury or trauma, or with an old back injury, a physician agrees first.", "all", _SAID
    ),
    "R12": Rule("Pain that lasts over a week, for all the care at home: see a doctor.", "screening", _SAID),
    "R13": Rule("Low back pain that has become chronic: seek medical help.", "screening", _SAID),
    "R14": Rule("Older, with a degenerative disorder such as arthritis: seek help.", "screening", _SAID),
    "R15": Rule("Tingling or numbness: seek help.", "screening", _SAID),
    "R16": Rule("Pain that gets in the way of daily life: seek help.", "screening", _SAID),
    "R17": Rule(
        "Fever or weight loss that nothing explains, or trouble with bowel, bladder or digestion: seek help.",
        "screening",
        _SAID,
    ),
    "R18": Rule(ADVICE, "all", _PRINTED),
    "R19": Rule(DISCLAIMER, "all", _PRINTED),
}
