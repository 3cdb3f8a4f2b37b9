"""What is heard, as lines to read along: each phrase, and each hold as a line in parentheses. Pure."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from audioguide.export.spoken import spoken
from audioguide.script.layout import Timed, Timeline
from audioguide.units import amount

_SIDES = {"left": "left side", "right": "right side", "both": "both sides", None: ""}


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that is shown from the tick `start` up to `end`."""

    start: int
    end: int
    text: str


def captions(timeline: Timeline) -> list[Caption]:
    """Return what is said and held, sorted; no two are shown at once.

    The line of a hold ends where a mark is said in it. Texts are single lines without control
    characters.
    """
    said = [Caption(phrase.start, phrase.end, phrase.text) for phrase in spoken(timeline)]
    starts = [each.start for each in said]
    for held in [timed for timed in timeline.cues if timed.cue.kind == "hold"]:
        later = starts[bisect_right(starts, held.start - 1) :][:1]
        said.append(Caption(held.start, min([held.end, *later]), held_line(held)))
    ordered = sorted((each for each in said if each.end > each.start), key=lambda each: each.start)
    ends = [min(each.end, behind.start) for each, behind in itertools.pairwise(ordered)]
    shown = zip(ordered, [*ends, timeline.length], strict=False)
    return [Caption(each.start, min(each.end, end), each.text) for each, end in shown if end > each.start]


def held_line(held: Timed) -> str:
    """Return the line that stands for a hold: "(hold 20 s, left side)"."""
    words = [f"hold {amount(held.length)}", _SIDES.get(held.cue.side, held.cue.side or "")]
    return f"({', '.join(word for word in words if word)})"
