"""What was understood of one exercise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audioguide.draft.numbers import Range
from audioguide.draft.sides import Sides
from audioguide.draft.text import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the text leaves open: `what` it is, the `value` that was chosen, and the `reason`."""

    what: str
    value: str
    reason: str
    line: int = 0
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "what": self.what,
            "value": self.value,
            "reason": self.reason,
            "line": self.line,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a text states: None where it gives no number. Lengths are in seconds.

    `hold_asked` says that it asks to hold without a number, `reps_asked` that it speaks of a count
    without one.
    """

    hold: Range | None = None
    duration: Range | None = None
    rest: Range | None = None
    reps: Range | None = None
    sets: Range | None = None
    breaths: int | None = None
    sides: Sides = "none"
    hold_asked: bool = False
    reps_asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise: its passage, what the text states, and what was read of its surroundings."""

    passage: Passage
    stated: Stated
    position: str | None
    equipment: tuple[str, ...]
    partner: bool
    body: tuple[str, ...]
    one_sided: bool
    moving: bool
    steps: tuple[Sentence, ...]
    tips: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    avoid_with: tuple[str, ...]
    known: str = ""  # the routine of the library that is the same exercise

    @property
    def title(self) -> str:
        """Return its title."""
        return self.passage.title
