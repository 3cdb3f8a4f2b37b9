"""A timeline for the screen of a phone: what is said when, the chapters, and a strip of colours."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from audioguide.script.chapters import chapters_of
from audioguide.script.layout import Timed, Timeline
from audioguide.units import TICKS_PER_SECOND, amount, clock, seconds

WIDE, HIGH = 1000, 60
LONG = 6 * TICKS_PER_SECOND  # a quiet time that is worth a line
SIDES = {"left": "left side", "right": "right side", "both": "both sides"}
QUIET = {"rest": "Rest", "settle": "Settle", "switch": "Change sides", "breath": "Breathe"}


def outline(timeline: Timeline) -> dict[str, Any]:
    """Return length, chapters, what is heard and the strip, as JSON data; times in seconds.

    The chapters are those of the file: each starts with its first words, so going back to it repeats them.
    """
    script = timeline.script
    return {
        "title": script.title, "length": seconds(timeline.length), "clock": clock(timeline.length),
        "chapters": [
            {"start": seconds(each.start), "title": each.title} for each in chapters_of(timeline)
        ],
        "lines": list(lines(timeline)), "strip": strip(timeline),
        "settings": dict(script.settings), "fit": str(script.fit) if script.fit else "",
    }  # fmt: skip


def lines(timeline: Timeline) -> Iterator[dict[str, Any]]:
    """Yield what is said and held, in order: start and end in seconds, kind, text."""
    for timed in timeline.cues:
        cue = timed.cue
        if cue.kind in ("say", "mark", "breath") and cue.text:
            text = cue.text
        elif cue.kind == "hold":
            side = SIDES.get(cue.side or "", cue.side or "")
            text = f"Hold {amount(timed.length)}" + (f", {side}" if side else "")
        elif cue.kind in QUIET and timed.length >= LONG:
            text = f"{QUIET[cue.kind]} {amount(round(seconds(timed.length)) * TICKS_PER_SECOND)}"
        else:
            continue
        kind = "say" if cue.text else cue.kind
        yield {"start": seconds(timed.start), "end": seconds(timed.end), "kind": kind, "text": text}


def strip(timeline: Timeline) -> str:
    """Draw the timeline as a strip that is as wide as it has room for. Colours come from the style sheet."""
    scale = WIDE / max(1, timeline.length)
    parts = [_block(timed, scale) for timed in timeline.cues if timed.length]
    parts += [
        f'<rect class="s-chapter" x="{each.start * scale:.2f}" y="0" width="2" height="{HIGH}"/>'
        for each in chapters_of(timeline)
        if each.start
    ]
    holds = sum(timed.cue.kind == "hold" for timed in timeline.cues)
    name = escape(f"Timeline: {clock(timeline.length)}, {holds} hold{'s' * (holds != 1)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strip" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        f'preserveAspectRatio="none" aria-label="{name}"><rect class="s-base" width="{WIDE}" '
        f'height="{HIGH}" rx="0"/>{"".join(parts)}</svg>'
    )


def _block(timed: Timed, scale: float) -> str:
    cue = timed.cue
    if cue.kind == "hold":
        kind, top, high = f"s-hold s-{cue.side if cue.side in SIDES else 'none'}", 6, HIGH - 12
    elif cue.kind == "breath":
        kind, top, high = "s-breath", 18, HIGH - 36
    elif cue.kind == "say":
        kind, top, high = "s-say", 22, HIGH - 44
    else:
        return ""
    left, wide = timed.start * scale, max(1.0, timed.length * scale)
    return f'<rect class="{kind}" x="{left:.2f}" y="{top}" width="{wide:.2f}" height="{high}"/>'
