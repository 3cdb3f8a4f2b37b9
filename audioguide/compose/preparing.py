"""What a session asks for at its start: each thing once, one pause for all of it, and when to stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audioguide.compose.facts import Facts, is_warning
from audioguide.vocabulary.vocabulary import vocabulary

ALL_READY = "Pause me until everything is ready."
CHAIR, CHAIR_READY = "You will need a firm chair that cannot roll.", "Pause me until the chair is ready."
_TABLE = "You will need a table that cannot move, and beside the table, a chair that cannot roll."
# What is asked for as well by sentences that begin so.
_AS_WELL: dict[str, tuple[str, ...]] = {"Wear shoes that grip, or go barefoot.": ("Take off your shoes",)}
_BESIDE_YOU = "If getting up is hard, put a firm chair beside you."
_DESK = "You will need a table and a firm chair."
DIZZY = "Stop if you feel dizzy."
# Conditions that may make somebody dizzy, so that every session for them says when to stop.
_FAINT = frozenset({"vertigo", "fainting", "low blood pressure"})
_DIZZY = "If you feel dizzy, sit down."
# A held breath drives the pressure up, says "Exercise: A drug-free approach to lowering high blood pressure"
# (Mayo Clinic).
_PRESSED = frozenset({"high blood pressure", "heart disease", "stroke"})
_BREATH = "Never hold your breath."
_MIDWIFE = "You are pregnant, so ask your midwife or doctor before you begin."
_DOCTOR = "You named a condition, so ask your doctor before you begin."
# When to stop: "Physical Activity and Exercise During Pregnancy" (ACOG, Committee Opinion 804), and the signs
# of a heart attack that the American Heart Association lists.
_BLEEDS = "Stop and get help if you bleed, or feel contractions."
_CHEST = "Stop and get help if your chest hurts, or you are short of breath."
SAID_OF_CONDITIONS = (DIZZY, _DIZZY, _BREATH, _MIDWIFE, _DOCTOR, _BLEEDS, _CHEST)
_PAUSE = re.compile(r"Pause me\b")
_UPRIGHT = re.compile(r"Pause me until you stand\b")
_IN_CASE = re.compile(r"If your .*\bcushion\b")
_FOR_KNEES = re.compile(r"If your .*\bknees\b")
# Said for several exercises on the knees, in place of what each of them says.
_KNEES = "Lay a cushion on the floor within reach, for your wrists or your knees."
# What the first says, the second says, too.
_BOTH: dict[frozenset[str], str] = {
    frozenset({"You will need a free wall.", CHAIR}):
        "You will need a free wall and a firm chair that cannot roll.",
}  # fmt: skip


def prepared(parts: Sequence[Facts], minded: Sequence[str] = ()) -> list[str]:
    """Return what is said at the start, in order: things, what to have in case, a pause, when to stop.

    `minded` are the conditions that the session minds.
    """
    own = [sentence for each in parts for sentence in each.prepares]
    said = list(dict.fromkeys([*own, *_minded(minded)]))
    warnings = [each for each in said if is_warning(each)]
    pauses = [each for each in said if _PAUSE.match(each)]
    things = [each for each in said if each not in warnings and each not in pauses]
    return [*_things(things), *_pause(parts, pauses, things), *_warnings(warnings)]


def _minded(conditions: Sequence[str]) -> list[str]:
    """Return what a session says of the conditions that it minds: whom to ask, and what to do then."""
    named = {*conditions}
    said = [_MIDWIFE, _BLEEDS, _CHEST] if "pregnant" in named else []
    said += [_DOCTOR] if named - {"pregnant"} else []
    said += [_BREATH, _DIZZY, _CHEST] if _PRESSED & named else []
    return [*said, DIZZY] if _FAINT & named else said


@cache
def brings(sentence: str) -> bool:
    """Return whether a sentence of the preparation is about a thing."""
    return not is_warning(sentence) and not _PAUSE.match(sentence)


def _things(said: Sequence[str]) -> list[str]:
    """Leave out what another sentence asks for as well, and say in one what belongs together."""
    in_case = [each for each in said if _IN_CASE.match(each)]
    needed = [each for each in said if each not in in_case]
    needed = [each for each in needed if not any(_says_more(other, each) for other in needed)]
    for both, one in _BOTH.items():
        if both <= set(needed):
            needed = [one, *(each for each in needed if each not in both)]
    also = [each for each in in_case if len(_named(each)) > 1]  # a blanket, too
    needed += also
    if any("cushion" in each for each in needed):
        return needed  # it is there already
    knees = [each for each in in_case if _FOR_KNEES.match(each)]
    back = [each for each in in_case if each not in knees]
    # One cushion serves for both.
    return [*needed, *(([_KNEES] if len(knees) > 1 else knees) or back[:1])]


def _named(sentence: str) -> tuple[str, ...]:
    return vocabulary().kinds_of("equipment", sentence)


def _says_more(sentence: str, other: str) -> bool:
    """Return whether a sentence asks for all that `other` asks for, and for more."""
    if sentence == other:
        return False
    if sentence.startswith((other.removesuffix("."), *_AS_WELL.get(other, ()))):
        return True
    if other == _BESIDE_YOU and "chair" in sentence and sentence.startswith("You will need"):
        return True
    if other == CHAIR:
        # A chair with its back against a wall cannot roll, and one beside a table serves for all.
        return sentence.startswith("You will need a firm chair,") or sentence in (_TABLE, _DESK)
    return (sentence, other) == (_TABLE, _DESK)


def _pause(parts: Sequence[Facts], pauses: Sequence[str], things: Sequence[str]) -> list[str]:
    """Return the words that stop the player: once, for everything."""
    if not pauses or (not things and not any(each in parts[0].prepares for each in pauses)):
        return []
    others = [each for each in pauses if not _UPRIGHT.match(each)]
    if len(pauses) == 1 and (others or pauses[0] in parts[0].prepares):
        return list(pauses)
    return others if len(others) == 1 and not _more_than_one(things) else [ALL_READY]


def _more_than_one(things: Sequence[str]) -> bool:
    return len(_things(things)) > 1


def _warnings(said: Sequence[str]) -> list[str]:
    """Leave out a warning of dizziness where another one says what to do then."""
    dizzy = [each for each in said if "dizzy" in each]
    kept = _DIZZY if _DIZZY in dizzy else dizzy[0] if dizzy else ""
    return [each for each in said if each not in dizzy or each == kept]
