"""What a listener may see at each moment of a timeline: words, holds, breaths, rests. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import PLAYER_CHECK
from audioguide.script.text import one_line
from audioguide.units import TICKS_PER_SECOND, amount, seconds

WORTH_A_LINE = 3 * TICKS_PER_SECOND  # a shorter rest is not shown
SIDES = {"left": "left side", "right": "right side", "both": "both sides"}
QUIET = {"rest": "Rest", "settle": "Get ready", "switch": "Change sides"}
PHASES = {"in": "Breathe in", "out": "Breathe out", "full": "Hold the breath", "empty": "Wait"}


@dataclass(frozen=True, slots=True)
class Moment:
    """What is shown from the tick `start` up to `end`.

    `kind` is say, hold, rest, or the phase of a breath: in, out, full or empty. `about` names the side of a
    hold.
    """

    start: int
    end: int
    kind: str
    text: str
    about: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for the script of the page; times in seconds."""
        shown = {"s": seconds(self.start), "e": seconds(self.end), "k": self.kind, "t": self.text}
        return {**shown, **({"a": self.about} if self.about else {})}


def moments(timeline: Timeline) -> Iterator[Moment]:
    """Yield what is shown, in order of its start; words may be said during a hold."""
    for timed in sorted(timeline.cues, key=lambda each: (each.start, each.end)):
        cue = timed.cue
        if cue.kind == "chapter" or cue.step == PLAYER_CHECK:
            continue
        if cue.text and one_line(cue.text):
            yield Moment(timed.start, timed.end, "say", one_line(cue.text))
        if found := _shown(timed):
            yield found


def _shown(timed: Timed) -> Moment | None:
    cue = timed.cue
    if cue.kind == "hold":
        side = SIDES.get(cue.side or "", one_line(cue.side or ""))
        return Moment(timed.start, timed.end, "hold", f"Hold {amount(timed.length)}", side)
    if cue.tone:
        return Moment(timed.start, timed.end, cue.tone.phase, PHASES[cue.tone.phase])
    if cue.kind in QUIET and timed.length >= WORTH_A_LINE:
        whole = round(seconds(timed.length)) * TICKS_PER_SECOND
        return Moment(timed.start, timed.end, "rest", f"{QUIET[cue.kind]} {amount(whole)}")
    return None
