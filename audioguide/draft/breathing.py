"""Breath that a text counts: "in for four seconds and out for six" can be guided, and not only said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.draft.numbers import NUMBER, value
from audioguide.draft.text import Sentence
from audioguide.draft.vocabulary import is_action, position_of

SHORTEST, LONGEST = 2.0, 10.0  # seconds that a phase of the breath may take; ours

_LENGTH = (
    rf"[^.;]{{0,40}}?\b(?:for|to|over)(?: (?:a|the))?(?: slow)?(?: count of| counts of)?(?: about)? "
    rf"(?P<length>{NUMBER})\b(?! ?(?:times|breaths?|minutes?|mins?|reps?))"
)
_IN = re.compile(rf"\b(?:breathe in|inhale){_LENGTH}", re.IGNORECASE)
_OUT = re.compile(rf"\b(?:breathe out|exhale|(?:and|then) (?:slowly )?out){_LENGTH}", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:hold|keep|pause|retain)\w*\b[^.;]{0,20}\b(?:breath|it|for)\b|\bbox breath", re.IGNORECASE
)
_BREATH = re.compile(r"\b(?:breath|inhal|exhal)", re.IGNORECASE)
_STILL = re.compile(
    r"^\W*(?:\w+ly )?(?:place|put|rest|relax|close|let|keep|notice|feel|allow|soften|drop|breathe|"
    r"inhale|exhale|"
    r"repeat|continue)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Breathing:
    """How long to breathe in and out, in seconds, and the sentences that say so."""

    seconds_in: float
    seconds_out: float
    said: tuple[Sentence, ...]


def breathing(sentences: Sequence[Sentence]) -> Breathing | None:
    """Return the breath that a text counts; None unless it is all that the exercise does.

    Where the body moves as well, or the breath is held, only a person can tell what goes with what.
    """
    if any(_HELD.search(each.text) for each in sentences) or any(_moves(each.text) for each in sentences):
        return None
    found = [
        (each, match) for pattern in (_IN, _OUT) for each in sentences if (match := pattern.search(each.text))
    ]
    lengths = {match.re: value(match["length"]) for _, match in reversed(found)}
    if set(lengths) != {_IN, _OUT} or not all(SHORTEST <= each <= LONGEST for each in lengths.values()):
        return None
    said = tuple(each for each in sentences if any(each is one for one, _ in found))
    return Breathing(lengths[_IN], lengths[_OUT], said)


def _moves(text: str) -> bool:
    """Tell whether a sentence asks for more than a position, a hand on the belly, or a breath."""
    rest = _OUT.sub("", _IN.sub("", text))
    rest = re.sub(r"^\W*(?:seconds?|secs?|counts?)?\W*(?:and|then|as you)*\W*", "", rest, flags=re.IGNORECASE)
    if _STILL.match(rest) or not is_action(rest):
        return False
    return position_of((rest,)) is None or bool(_BREATH.search(text))
