"""Whether the parts of a composed session last as long as docs/compose.md says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from audioguide.compose.wishes import Wishes
from audioguide.routine.language import model
from audioguide.routine.load import Routine
from audioguide.script.layout import Timeline
from audioguide.script.script import Cue, Script
from audioguide.units import parse_duration
from tests.compose.checker import MINUTE, Part, is_free


def long_parts(session: Routine, laid: Timeline, wishes: Wishes) -> list[str]:
    """Return the exercises that take more than a third of a session, and the way to them."""
    starts = [
        next(timed.start for timed in laid.cues if timed.cue.step.startswith(f"steps[{index}]"))
        for index, _ in enumerate(session.document.steps)
    ]
    most = wishes.length // 3 + MINUTE
    return [
        f"a third at most: {step.include}"
        for step, (start, end) in zip(session.document.steps, pairwise([*starts, laid.length]), strict=True)
        if isinstance(step, model.Include) and is_free(wishes)
        if Part(session.includes[step.include]).stage in (1, 2) and end - start > most
    ]


def long_on_hands(session: Routine, laid: Timeline, wishes: Wishes) -> list[str]:
    """Return where somebody is on hands and knees for longer than may be before another position comes.

    That is 2 minutes; 2 minutes and 40 seconds in an exercise that cannot be shorter.

    The time begins when the words that lead there have been said, and ends with the first that lead away.
    """
    found, since, last = [], None, ""
    there = {f"steps[{index}]": step for index, step in enumerate(session.document.steps)}
    for timed in laid.cues:
        step = timed.cue.step
        include = there.get(step.partition(".")[0])
        into = _into(session.includes[include.include], step) if isinstance(include, model.Include) else ""
        if since is not None and into != HANDS and (into or include is None):
            most = 160 * MINUTE // 60 if last in LONG else 2 * MINUTE
            if timed.start - since > most and last not in wishes.like:
                found.append(f"on hands and knees: {last} for {(timed.start - since) / MINUTE:.2f} minutes")
            since = None
        if into == HANDS:
            since, last = timed.end, include.include if isinstance(include, model.Include) else ""
    return found


HANDS = "hands and knees"
LONG = ("bird-dog", "cat-stretch", "front-plank-on-the-knees", "thread-the-needle")  # at their shortest


def _into(part: Routine, step: str) -> str:
    """Return the position that a step of an included routine leads to."""
    numbers = [int(each) for each in re.findall(r"steps\[(\d+)\]", step.partition(".include.")[2])]
    steps: Sequence[object] = part.document.steps
    here: object = None
    for number in numbers:
        here = steps[number]
        steps = getattr(here, "steps", ())
    return (here.into or "") if isinstance(here, model.Say) and not here.alone else ""


def odd_times(script: Script) -> list[str]:
    """Return the times that a length has turned to no whole 5 seconds, but for rests between exercises."""
    changed = script.fit.changed if script.fit else {}
    return [
        f"whole 5 seconds: {name}"
        for name, (_, now) in changed.items()
        if name != "rest" and str(now)[-1] in "ms" and parse_duration(str(now)) % (5 * 250)
    ]


def long_rests(session: Routine, cues: Sequence[Cue], wishes: Wishes) -> list[str]:
    """Return what rests or breathes for longer than it should: the holds and breaths of each such part."""
    if wishes.aim in ("sleep", "unwind") or {"mind", "breath"} & {*wishes.body}:
        return []
    found = []
    for index, step in enumerate(session.document.steps):
        if not isinstance(step, model.Include) or step.include in wishes.like:
            continue
        part = Part(session.includes[step.include])
        if part.stage not in (0, 3):
            continue
        still = sum(
            cue.length or 0
            for cue in cues
            if cue.kind in ("hold", "breath") and cue.step.startswith(f"steps[{index}].")
        )
        first = any(part.is_mainly_for(wish) for wish in wishes.body)
        most = min(wishes.length // (3 if first else 4), max(5 * MINUTE, wishes.length // 8))
        if part.body[:1] == ["breath"]:
            most = min(most, 5 * MINUTE // 2)
        if still > most:
            found.append(f"rests: {step.include} for {still} of {most}")
    return found
