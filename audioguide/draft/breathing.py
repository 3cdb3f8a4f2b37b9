"""Breath that a text counts: "in for four seconds and out for six" can be guided, and not only said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioguide.draft.numbers import NUMBER, value
from audioguide.draft.text import Sentence
from audioguide.draft.vocabulary import is_action, position_of

SHORTEST, LONGEST = 2.0, 10.0  # seconds that a phase of the breath may take; ours

_COUNT = (
    rf"(?:(?!\b(?:hold|pause|keep|retain|inhale|exhale|breathe|out)\b)[^.;]){{0,40}}?"
    rf"\b(?:for|to|over)(?: (?:a|the))?(?: slow)?(?: count of| counts of)?(?: about)? "
    rf"(?P<length>{NUMBER})\b(?! ?(?:times|breaths?|minutes?|mins?|reps?))"
)
_IN = re.compile(rf"\b(?:breathe in|inhale){_COUNT}", re.IGNORECASE)
_OUT = re.compile(rf"\b(?:breathe out|exhale|(?:and|then) (?:slowly )?out){_COUNT}", re.IGNORECASE)
_KEPT = re.compile(
    rf"\b(?:hold|pause|retain|keep it|stay empty|wait)\b(?: (?:your|the) breath| it| again)?"
    rf"{_COUNT}",
    re.IGNORECASE,
)
_PHASES = {"in": _IN, "kept": _KEPT, "out": _OUT}
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
    """How long each phase of a breath takes, in seconds, and the sentences that say so."""

    seconds_in: float
    seconds_out: float
    said: tuple[Sentence, ...]
    seconds_full: float = 0.0
    seconds_empty: float = 0.0

    @property
    def lengths(self) -> tuple[tuple[str, float], ...]:
        """Return the phases that take time, in their order, by the keys of the step `breathe`."""
        phases = (
            ("in", self.seconds_in), ("full", self.seconds_full),
            ("out", self.seconds_out), ("empty", self.seconds_empty),
        )  # fmt: skip
        return tuple((name, length) for name, length in phases if length)


def breathing(sentences: Sequence[Sentence]) -> Breathing | None:
    """Return the breath that a text counts; None unless it is all that the exercise does.

    Where the body moves as well, or the breath is held for a time that the text doesn't count, only a
    person can decide what goes with what.
    """
    if not any(_IN.search(each.text) for each in sentences):
        return None
    if any(_HELD.search(_without(each.text)) or _moves(each.text) for each in sentences):
        return None
    lengths: dict[str, float] = {}
    said = []
    for each in sentences:
        found = sorted(
            (match.start(), kind, value(match["length"]))
            for kind, pattern in _PHASES.items()
            for match in pattern.finditer(each.text)
        )
        for _, kind, length in found:
            lengths.setdefault(_phase(kind, lengths), length)
        said += [each] if found else []
    if not {"in", "out"} <= set(lengths) or not all(SHORTEST <= each <= LONGEST for each in lengths.values()):
        return None
    return Breathing(
        lengths["in"], lengths["out"], tuple(said), lengths.get("full", 0.0), lengths.get("empty", 0.0)
    )


def _phase(kind: str, before: Mapping[str, float]) -> str:
    """Return the phase that a match stands for: the breath is kept full, or empty once it is out."""
    return kind if kind != "kept" else "empty" if "out" in before else "full"


def _without(text: str) -> str:
    """Return a text without the lengths of the breath that it counts."""
    for pattern in _PHASES.values():
        text = pattern.sub("", text)
    return text


def _moves(text: str) -> bool:
    """Return whether a sentence asks for more than a position, a hand on the belly, or a breath."""
    rest = _without(text)
    rest = re.sub(r"^\W*(?:seconds?|secs?|counts?)?\W*(?:and|then|as you)*\W*", "", rest, flags=re.IGNORECASE)
    if _STILL.match(rest) or not is_action(rest):
        return False
    return position_of((rest,)) is None or bool(_BREATH.search(text))
